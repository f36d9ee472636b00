import type { Account } from '#shared/contracts/account.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { defaultQueue } from '#shared/contracts/queue.ts';
import { toPayment } from '#shared/contracts/payment-request.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { recordPayment, type PaymentOutcome } from '#shared/usecases/record-payment.ts';
import { lateAccounts } from '../model/uci-outcomes.ts';
import { MemoryPeople } from './memory-people.ts';
import { uciMonths, type UciMonth, type UciRecord } from './uci-record.ts';
import { lastDayOf, uciPayments } from './uci-row.ts';

/** How the accounts that were late at the snapshot stand once the payments of some months are booked. */
export interface ReplayedMonth {
  /** The last month whose payments are booked. */
  readonly until: UciMonth;
  /** Nothing is past due any more. */
  readonly cured: number;
  /** Something was paid, and something is past due still. */
  readonly partlyPaid: number;
  /** Nothing was paid: the account rolls on. */
  readonly rolled: number;
  /** Payments booked in this month. */
  readonly payments: number;
  /** Sums of this month in New Taiwan dollars: all that was paid, and of it what no past due was left for, and what was more than the balance. */
  readonly paid: number;
  readonly beyondPastDue: number;
  readonly overpaid: number;
  /** Cured accounts whose record has a month's end in this month with nothing late either. */
  readonly curedInRecords: number;
}

/** What came of replaying the payments after a snapshot. */
export interface Replay {
  readonly snapshot: UciMonth;
  readonly late: number;
  readonly pastDue: number;
  readonly months: readonly ReplayedMonth[];
}

interface Late {
  readonly record: UciRecord;
  readonly account: Account;
}

/**
 * Books what the cardholders of the UCI data paid after a snapshot on the accounts that were late at it, in the order of
 * booking and through the use case that production uses. The snapshot is the last word of the feed: nothing falls due after
 * it, so that what is counted is what became of the debt of that day.
 */
export async function replayUci(
  records: readonly UciRecord[],
  snapshot: UciMonth,
  seed: number,
): Promise<Replay> {
  const late = (await lateAccounts(records, snapshot, seed)).map((one): Late => ({
    record: one.record,
    account: { ...one.account, feedHash: 'snapshot' },
  }));
  const people = new MemoryPeople();
  for (const { account } of late) people.add(account);
  const later = uciMonths.filter((month) => month > snapshot).reverse();
  const months: ReplayedMonth[] = [];
  for (const until of later) months.push(await replayMonth(late, people, { until, snapshot, seed }));
  const pastDue = sum(late.map(({ account }) => account.pastDue));
  return { snapshot, late: late.length, pastDue, months };
}

async function replayMonth(
  late: readonly Late[],
  people: MemoryPeople,
  { until, snapshot, seed }: { until: UciMonth; snapshot: UciMonth; seed: number },
): Promise<ReplayedMonth> {
  const requests = late
    .flatMap(({ record }) => uciPayments(record, { month: snapshot, seed, shiftDays: 0 }))
    .filter(({ paymentId }) => paymentId.endsWith(until))
    .sort((a, b) => (a.bookedAt < b.bookedAt ? -1 : 1));
  const money = { paid: 0, beyondPastDue: 0, overpaid: 0 };
  for (const request of requests) {
    const before = await pastDueOf(people, request.debtorId);
    const clock = { now: () => toInstant(Date.parse(request.bookedAt)) };
    const parts = { store: people, clock, parked: nothingParked, queue: () => Promise.resolve(defaultQueue) };
    const outcome = await recordPayment(toPayment(request, 'creditor'), parts);
    if (outcome.kind !== 'recorded') throw new Error(`payment ${request.paymentId}: ${outcome.kind}`);
    addMoney(money, request.amount, before, outcome);
  }
  return { until, ...(await standingOf(late, people, until)), payments: requests.length, ...money };
}

function addMoney(
  money: { paid: number; beyondPastDue: number; overpaid: number },
  amount: number,
  before: number,
  { overpaid }: Extract<PaymentOutcome, { kind: 'recorded' }>,
): void {
  money.paid += amount;
  money.beyondPastDue += Math.max(0, amount - before);
  money.overpaid += overpaid;
}

async function standingOf(late: readonly Late[], people: MemoryPeople, until: UciMonth) {
  const counts = { cured: 0, partlyPaid: 0, rolled: 0, curedInRecords: 0 };
  for (const { record, account } of late) {
    const standing = becameOf(account, await pastDueOf(people, account.debtorId));
    counts[standing] += 1;
    if (standing === 'cured' && record.months[until].status < 1) counts.curedInRecords += 1;
  }
  return counts;
}

function becameOf(start: Account, pastDue: number): 'cured' | 'partlyPaid' | 'rolled' {
  if (pastDue === 0) return 'cured';
  return pastDue < start.pastDue ? 'partlyPaid' : 'rolled';
}

async function pastDueOf(people: MemoryPeople, debtorId: string): Promise<number> {
  return (await people.load(debtorId))?.accounts[0]?.pastDue ?? 0;
}

/** Every payment finds its account here. */
const nothingParked: Pick<ParkedPayments, 'park' | 'about' | 'settle'> = {
  park: () => Promise.resolve('parked'),
  about: () => Promise.resolve([]),
  settle: () => Promise.resolve('conflict'),
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The counts as a table. */
export function replayText({ snapshot, late, pastDue, months }: Replay): string {
  const rows = months.map((one) => [
    one.until,
    ...[one.cured, one.partlyPaid, one.rolled, one.payments].map(String),
    ...[one.paid, one.beyondPastDue, one.overpaid].map(String),
    String(one.curedInRecords),
  ]);
  const header = [
    'until',
    'cured',
    'partly',
    'rolled',
    'payments',
    'paid',
    'beyond past due',
    'overpaid',
    'records agree',
  ];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ');
  return [
    `${String(late)} accounts were late on ${lastDayOf(snapshot)}, by ${String(pastDue)} TWD together`,
    line(header),
    ...rows.map(line),
    '',
  ].join('\n');
}
