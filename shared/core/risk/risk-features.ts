import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { RiskFeatureName } from '#shared/contracts/risk-model.ts';
import { addMonths } from '#shared/core/ageing/add-months.ts';

export type RiskFeatures = Readonly<Record<RiskFeatureName, number | null>>;

/** The part of an account that the features are made of. */
export type RiskSubject = Pick<Account, 'balance' | 'dueDate' | 'attributes'>;

/** Values beyond these count as the limit: the model has seen none, and a straight line must not run away. */
const monthsLateMax = 6;
const creditUseMax = 1.2;
const timesLateMax = 3;

/**
 * What the risk model looks at, of an account as the system stores it; null is unknown. Training and decisions both call
 * this function, so that a model never meets features that were made in another way.
 *
 * - `monthsLate`: months that the oldest unpaid instalment is late, begun ones counted, 1 to 6.
 * - `creditUse`: balance ÷ `x_credit_limit`, 0 to 1.2.
 * - `timesLate`: `x_times_late_3`, at how many of the last three month ends, the latest included, something was past due.
 * - `paidLastMonth`: 1 when `x_paid_last_month`, the amount paid in the last month, is above 0; else 0.
 *
 * Amounts enter only as ratios or signs, so that no feature depends on the currency.
 *
 * @param today the date where the person lives.
 */
export function riskFeatures(account: RiskSubject, today: LocalDate): RiskFeatures {
  const { balance, dueDate, attributes } = account;
  const creditLimit = amountOf(attributes['x_credit_limit']);
  const timesLate = amountOf(attributes['x_times_late_3']);
  const paid = amountOf(attributes['x_paid_last_month']);
  return {
    monthsLate: Math.min(Math.max(1, monthsBegun(dueDate, today)), monthsLateMax),
    creditUse:
      creditLimit === null || creditLimit === 0 ? null : Math.min(balance / creditLimit, creditUseMax),
    timesLate: timesLate === null ? null : Math.min(timesLate, timesLateMax),
    paidLastMonth: paid === null ? null : Math.sign(paid),
  };
}

/** Months of lateness that have begun: as many as monthly due dates from the first one on have come. */
function monthsBegun(dueDate: LocalDate, today: LocalDate): number {
  const years = Number(today.slice(0, 4)) - Number(dueDate.slice(0, 4));
  const months = years * 12 + Number(today.slice(5, 7)) - Number(dueDate.slice(5, 7));
  const hasCome = today.slice(8) >= dueDate.slice(8) || addMonths(dueDate, months) <= today;
  return hasCome ? months + 1 : months;
}

/** A number of a feed's free column; what is absent, no number, or negative is unknown. */
function amountOf(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
