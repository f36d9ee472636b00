import type { ActRefusal } from '#shared/contracts/act-request.ts';
import type { RefusalLimits } from './act-answer.ts';

const sentences: Readonly<Record<ActRefusal, string>> = {
  unknown_person: 'nobody is known by this id',
  unknown_account: 'this person has no such account',
  nothing_due: 'nothing is due on this account',
  wrong_currency: "is not the account's currency",
  too_many_decimals: 'has more decimals than the currency',
  amount_too_small: 'is less than what is taken',
  amount_too_large: 'is more than what is taken',
  date_past: 'is before the first day that is taken',
  date_too_late: 'is after the last day that is taken',
  too_many_open: 'as many promises are open as may be: let one be settled, or replace it',
  too_many_broken: 'more promises were broken than are allowed: a person has to decide',
  plan_running: 'a plan is running: withdraw it first',
  plan_not_offered: 'no plan is offered for this account',
  too_many_instalments: 'more instalments than are offered',
  first_amount_too_small: 'the first instalment is less than what is taken',
  extension_not_offered: 'no extension is offered for this account',
  used_up: 'was granted as often as it may be',
  day_not_offered: 'is no day that is offered',
  no_such_agreement: 'no such promise or plan is open on this account',
  no_such_hold: 'this person has no such hold in force',
  hold_too_long: 'is longer than a hold of this kind may be',
  act_id_reused: 'the idempotency key was used for another request: use a new one',
};

/** What is wrong with a request, in a sentence, and what would be taken. */
export function refusalText({
  problem,
  limits,
}: {
  readonly problem: ActRefusal;
  readonly limits: RefusalLimits;
}): string {
  const taken = Object.entries(limits).map(([name, value]) => `${name} ${String(value)}`);
  return taken.length === 0 ? sentences[problem] : `${sentences[problem]} (${taken.join(', ')})`;
}
