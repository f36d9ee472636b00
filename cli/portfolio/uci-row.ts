import type { PaymentRequest } from '#shared/contracts/payment-request.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { addMonths } from '#shared/core/ageing/add-months.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { fictionalNumber } from './fictional-numbers.ts';
import { taiwan } from './place.ts';
import type { WrittenRow } from './row-text.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import { uciMonths, type UciMonth, type UciRecord } from './uci-record.ts';

/** Part of a bill that has to be paid each month, and the least of it in New Taiwan dollars: usual terms there in 2005. */
const minimumShare = 0.05;
const minimumLeast = 1_000;
/** Due days are spread over the month as banks spread them; every month has a 28th. */
const dueDayMax = 28;
const noPhoneShare = 0.05;
const noEmailShare = 0.12;
const landlineShare = 0.04;
/** Taiwan's time is 8 hours ahead of UTC, without summer time. */
const taiwanOffsetMs = 8 * hourMs;
const firstHour = 9;
const lastHour = 21;

/** Months whose ends a snapshot looks back on, its own included. */
const historyMonths = 3;

/** Columns that a row of the data has beyond those of every portfolio. */
export const uciColumns = [
  'x_credit_limit',
  'x_age',
  'x_months_late',
  'x_times_late_3',
  'x_paid_last_month',
] as const;

export interface UciSnapshot {
  readonly month: UciMonth;
  readonly seed: number;
  /** Days by which all dates are moved. */
  readonly shiftDays: number;
}

/** The last day of a month of the data: the day on which a snapshot is taken. */
export function lastDayOf(month: UciMonth): LocalDate {
  return addDays(addMonths(`${month}-01`, 1), -1);
}

/**
 * A cardholder of the UCI data as a portfolio row at the end of a month.
 *
 * The data says how many months late each one is, what was billed and what was paid; the rest is inferred or invented:
 * the n-th month late has begun on the due day n - 1 months before the snapshot's month; the minimum due is 5 % of the
 * bill (at least 1,000); past due are n of them, at most the bill. Names, numbers, addresses, consents and due days come
 * from the seed.
 */
export function uciRow(record: UciRecord, snapshot: UciSnapshot): WrittenRow {
  const random = seededRandom(`cardholder ${snapshot.seed} ${record.id}`);
  const { status } = record.months[snapshot.month];
  const monthsLate = Math.max(0, status);
  const balance = balanceOf(record, snapshot.month, monthsLate);
  const minimumDue = Math.min(balance, Math.max(minimumLeast, Math.round(balance * minimumShare)));
  const dueInMonth = `${snapshot.month}-${String(random.whole(1, dueDayMax)).padStart(2, '0')}`;
  const dueDate = addDays(addMonths(dueInMonth, 1 - monthsLate), snapshot.shiftDays);
  return {
    ...inventHolder(record, random),
    accountId: accountIdOf(record),
    currency: taiwan.currency,
    balance,
    pastDue: Math.min(balance, monthsLate * minimumDue),
    minimumDue,
    dueDate,
    product: 'card',
    extra: {
      x_credit_limit: record.creditLimit,
      x_age: record.age,
      x_months_late: monthsLate,
      ...timesLateOf(record, snapshot.month),
      x_paid_last_month: record.months[snapshot.month].paid,
    },
  };
}

/** What the cardholder paid in the months after the snapshot, on days and at hours drawn by the seed. */
export function uciPayments(record: UciRecord, snapshot: UciSnapshot): PaymentRequest[] {
  const random = seededRandom(`payments ${snapshot.seed} ${record.id}`);
  const later = uciMonths.filter((month) => month > snapshot.month).reverse();
  return later.flatMap((month) => {
    const { paid } = record.months[month];
    // Drawn also where nothing was paid, so that one month's day never depends on another month's payment.
    const bookedAt = drawInstant(month, random, snapshot.shiftDays);
    if (paid <= 0) return [];
    return {
      paymentId: `uci-${record.id}-${month}`,
      debtorId: debtorIdOf(record),
      accountId: accountIdOf(record),
      amount: paid,
      currency: taiwan.currency,
      bookedAt,
    };
  });
}

/** At how many of the last three month ends something was late; not told where the data does not reach back so far. */
function timesLateOf({ months }: UciRecord, month: UciMonth): { readonly x_times_late_3?: number } {
  const from = uciMonths.indexOf(month);
  const looked = uciMonths.slice(from, from + historyMonths);
  if (looked.length < historyMonths) return {};
  return { x_times_late_3: looked.filter((one) => months[one].status >= 1).length };
}

function drawInstant(month: UciMonth, random: SeededRandom, shiftDays: number): string {
  const days = Number(lastDayOf(month).slice(8));
  const date = addDays(`${month}-01`, random.whole(0, days - 1) + shiftDays);
  const hour = random.whole(firstHour, lastHour) + random.fraction();
  return new Date(Math.floor(Date.parse(date) + hour * hourMs - taiwanOffsetMs)).toISOString();
}

/** The month's bill; where it is not positive although payments are late, the newest of the late months that is. */
function balanceOf({ months }: UciRecord, month: UciMonth, monthsLate: number): number {
  const from = uciMonths.indexOf(month);
  const bills = uciMonths.slice(from, from + monthsLate + 1).map((one) => months[one].bill);
  return bills.find((bill) => bill > 0) ?? (monthsLate > 0 ? minimumLeast : 0);
}

function inventHolder(record: UciRecord, random: SeededRandom): WrittenRow {
  const { locale, country, region = '', postalCode = '', timeZone, creditor = '' } = taiwan;
  const hasPhone = !random.happens(noPhoneShare);
  const phoneKind = random.happens(landlineShare) ? 'landline' : 'mobile';
  return {
    debtorId: debtorIdOf(record),
    givenName: random.pick(taiwan.givenNames),
    familyName: random.pick(taiwan.familyNames),
    locale,
    country,
    region,
    postalCode,
    timeZone,
    creditor,
    ...(hasPhone && { phone: fictionalNumber('TW', record.id), phoneKind }),
    ...(!random.happens(noEmailShare) && { email: `cardholder-${record.id}@example.com` }),
    consents: 'sms:express;call:express',
  };
}

function accountIdOf({ id }: UciRecord): string {
  return `uci-${id}`;
}

function debtorIdOf({ id }: UciRecord): string {
  return `cardholder-${id}`;
}
