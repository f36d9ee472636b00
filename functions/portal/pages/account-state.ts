import type { Account } from '#shared/contracts/account.ts';
import {
  activePlan,
  agreementsOn,
  openPromises,
  type AccountAgreements,
} from '#shared/core/agreements/account-agreements.ts';
import type { StandingPlan } from '#shared/core/agreements/plan-standing.ts';
import type { StandingPromise } from '#shared/core/agreements/promise-standing.ts';
import { holdsAbout, isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { html, type Content } from '../html.ts';
import { todayFor, type Visit } from '../visit.ts';
import type { TextKey } from '../words.ts';

/** What was agreed about an account and still runs. */
export function runningOn(account: Account, { view }: Visit): AccountAgreements {
  const agreements = agreementsOn(account, view.person, view.now);
  const plan = activePlan(agreements);
  return { promises: openPromises(agreements), plans: plan === null ? [] : [plan] };
}

/** An open promise in a sentence: what was promised by when, and what of it has arrived. */
export function promiseText({ promise, paid }: StandingPromise, { words }: Visit): string {
  const { amount, currency, dueDate } = promise;
  const values = {
    amount: words.money(amount, currency),
    date: words.date(dueDate),
    paid: words.money(paid, currency),
  };
  return words.say(paid > 0 ? 'state.promisePaid' : 'state.promise', values);
}

/** A running plan in a sentence: how much of it is paid, and what comes next. */
export function planText({ plan, paid, next }: StandingPlan, { words }: Visit): string {
  const values = {
    count: plan.instalments.length,
    paid: words.money(paid, plan.currency),
    amount: words.money(next?.open ?? 0, plan.currency),
    date: next === null ? '' : words.date(next.dueDate),
  };
  return words.say(next === null ? 'state.planPaid' : 'state.plan', values);
}

/** Holds that have a text of their own; what others mean for the person is for a person of the creditor's to say. */
const heldTexts: Readonly<Record<string, TextKey>> = {
  dispute: 'state.dispute',
  fraud: 'state.fraud',
  hardship: 'state.hardship',
};

/** Everything that holds of an account besides figures, each in a sentence. */
export function stateNotes(account: Account, visit: Visit): Content {
  const { promises, plans } = runningOn(account, visit);
  const today = todayFor(visit).date;
  const held = holdsAbout(account.accountId, visit.view.person.holds).filter((hold) => isHeldOn(hold, today));
  const heldNotes = [...new Set(held.map(({ kind }) => visit.words.say(heldTexts[kind] ?? 'state.held')))];
  const notes = [
    ...promises.map((promise) => promiseText(promise, visit)),
    ...plans.map((plan) => planText(plan, visit)),
    ...heldNotes,
  ];
  return notes.map((note) => html`<p class="note">${note}</p>`);
}
