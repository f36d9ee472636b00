import type { PaymentPlan } from '#shared/contracts/agreement.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { countsToward, type Receipt } from './counted-payments.ts';

/**
 * How a plan stands: `active` while it is kept, or within what is tolerated; `breached` after that, for as long as paying
 * what is due revives it; then `defaulted` for good. `completed` when all of it is paid.
 */
export type PlanState = 'active' | 'breached' | 'defaulted' | 'completed' | 'cancelled';

/** An instalment, and what of it is open; amounts in major units. */
export interface OpenInstalment {
  /** From 0. */
  readonly index: number;
  readonly dueDate: LocalDate;
  readonly settlesAt: number;
  readonly amount: number;
  readonly open: number;
}

export interface StandingPlan {
  readonly plan: PaymentPlan;
  readonly state: PlanState;
  /** All that has been paid toward it, in major units; never more than its sum. */
  readonly paid: number;
  /** The first instalment that is not wholly paid; null when all are. */
  readonly next: OpenInstalment | null;
  /** The first one whose day is still to come and that early money has not paid; null when there is none. */
  readonly upcoming: OpenInstalment | null;
  /** The last instalment whose day is over and that was not paid by then; null when there is none. */
  readonly missed: OpenInstalment | null;
  /** When it was breached, and until when paying revives it. */
  readonly breach: { readonly at: number; readonly revivableUntil: number } | null;
}

/**
 * Judges a plan by the payments that promises have left over. Money pays the oldest instalment first, early money the
 * later ones. As with promises only what was booked and what time it is decides.
 *
 *     instalment 1 due ── settles: missed ─▶ breached ── paid within `reviveWithinMs` ─▶ active again
 *                                                └────── not paid ─▶ defaulted
 *
 * @param curedAt when the feed told that nothing is past due any more: as if all had been paid then.
 */
export function judgePlan(
  plan: PaymentPlan,
  receipts: readonly Receipt[],
  { now, curedAt }: { readonly now: number; readonly curedAt?: number | undefined },
): StandingPlan {
  const digits = countedDigits(plan.currency);
  const dueMinor = cumulative(plan.instalments.map(({ amount }) => toMinor(amount, digits)));
  const totalMinor = dueMinor.at(-1) ?? 0;
  const income = receipts.filter((receipt) => countsToward(plan, receipt));
  if (curedAt !== undefined && curedAt >= plan.madeAt)
    income.push({ paymentId: '', at: curedAt, minor: totalMinor });
  income.sort((a, b) => a.at - b.at);
  const paidMinor = Math.min(totalMinor, sumOf(income));
  const course = courseOf(plan, { dueMinor, income, now });
  const instalmentAt = (index: number): OpenInstalment | null => {
    const instalment = plan.instalments[index];
    if (instalment === undefined) return null;
    const openMinor = Math.min(
      toMinor(instalment.amount, digits),
      Math.max(0, (dueMinor[index] ?? 0) - paidMinor),
    );
    return { index, ...instalment, open: fromMinor(openMinor, digits) };
  };
  const next = dueMinor.findIndex((due) => due > paidMinor);
  const upcoming = plan.instalments.findIndex(
    ({ settlesAt }, index) => settlesAt > now && (dueMinor[index] ?? 0) > paidMinor,
  );
  return {
    plan,
    state: stateOf(plan, course, paidMinor >= totalMinor),
    paid: fromMinor(paidMinor, digits),
    next: instalmentAt(next),
    upcoming: instalmentAt(upcoming),
    missed: course.missed === null ? null : instalmentAt(course.missed),
    breach: course.breach,
  };
}

interface Course {
  readonly breach: StandingPlan['breach'];
  readonly isOver: boolean;
  readonly missed: number | null;
}

/** Follows a plan instalment by instalment until now. */
function courseOf(
  plan: PaymentPlan,
  {
    dueMinor,
    income,
    now,
  }: { readonly dueMinor: readonly number[]; readonly income: readonly Receipt[]; readonly now: number },
): Course {
  const last = plan.instalments.length - 1;
  let misses = 0;
  let revivals = 0;
  let missed: number | null = null;
  for (const { index, at, due } of settledInstalments(plan, dueMinor, now)) {
    if (paidBy(income, at) >= due) continue;
    missed = index;
    misses += 1;
    // What is missing at the end will not come with a later instalment.
    if (misses <= plan.missedMax && index < last) continue;
    const revivableUntil = at + (revivals < plan.revivalsMax ? plan.reviveWithinMs : 0);
    if (paidBy(income, revivableUntil) < due)
      return { breach: { at, revivableUntil }, isOver: now >= revivableUntil, missed };
    revivals += 1;
    misses = 0;
  }
  return { breach: null, isOver: false, missed };
}

/** Instalments whose last day of booking is over, and what had to be paid by then in all. */
function settledInstalments({ instalments }: PaymentPlan, dueMinor: readonly number[], now: number) {
  return instalments
    .map(({ settlesAt }, index) => ({ index, at: settlesAt, due: dueMinor[index] ?? 0 }))
    .filter(({ at }) => at <= now);
}

function stateOf({ cancelled }: PaymentPlan, { breach, isOver }: Course, isPaid: boolean): PlanState {
  if (cancelled !== undefined) return 'cancelled';
  if (breach === null) return isPaid ? 'completed' : 'active';
  return isOver ? 'defaulted' : 'breached';
}

/** What had come in before an instant. */
function paidBy(income: readonly Receipt[], before: number): number {
  return sumOf(income.filter(({ at }) => at < before));
}

function sumOf(receipts: readonly Receipt[]): number {
  return receipts.reduce((sum, { minor }) => sum + minor, 0);
}

function cumulative(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
