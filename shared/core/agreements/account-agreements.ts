import type { Account } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import { receiptsOn } from './counted-payments.ts';
import { judgePlan, type StandingPlan } from './plan-standing.ts';
import { judgePromises, type StandingPromise } from './promise-standing.ts';

/** What was agreed about one account, and how it stands at a moment; each list in the order in which it is settled. */
export interface AccountAgreements {
  readonly promises: readonly StandingPromise[];
  readonly plans: readonly StandingPlan[];
}

/** What stands on an account about which nothing was agreed, as on most. */
export const nothingAgreed: AccountAgreements = { promises: [], plans: [] };

/**
 * Judges everything that was agreed about an account. Promises take of the payments first, since they have a date of their
 * own; plans take what is left, the oldest plan first.
 */
export function agreementsOn(
  account: Pick<Account, 'accountId' | 'curedAt'>,
  person: Pick<Person, 'promises' | 'plans' | 'payments'>,
  now: number,
): AccountAgreements {
  const { accountId, curedAt } = account;
  const promises = person.promises.filter((one) => one.accountId === accountId);
  const plans = person.plans.filter((one) => one.accountId === accountId);
  if (promises.length === 0 && plans.length === 0) return nothingAgreed;
  const moment = { now, curedAt };
  const judged = judgePromises(promises, receiptsOn(accountId, person.payments), moment);
  return {
    promises: judged.promises,
    plans: plans
      .toSorted((a, b) => a.madeAt - b.madeAt || (a.planId < b.planId ? -1 : 1))
      .map((plan) => judgePlan(plan, judged.left, moment)),
  };
}

/** Promises that are open now: while there is one, nobody is reminded of the account but by its own reminder. */
export function openPromises({ promises }: AccountAgreements): readonly StandingPromise[] {
  return promises.filter(({ state }) => state === 'open');
}

/** The plan that is kept now; null when there is none. */
export function activePlan({ plans }: AccountAgreements): StandingPlan | null {
  return plans.find(({ state }) => state === 'active') ?? null;
}

/** Promises that were not paid at all, and plans that failed: what counts against a further promise. */
export function brokenCount({ promises, plans }: AccountAgreements): number {
  const broken = promises.filter(({ state }) => state === 'broken').length;
  return broken + plans.filter(({ state }) => state === 'defaulted').length;
}
