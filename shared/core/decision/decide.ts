import type { Person } from '#shared/contracts/person.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { byUrgency, nextActionFor, type AccountAction } from './account-action.ts';
import { casePriority } from './case-priority.ts';
import type { DecisionRules } from './compile-rules.ts';
import { planAnswer } from '#shared/core/inbound/answer-contacts.ts';
import type { Decision, PlannedContact } from './decision.ts';

import { joinable } from './join-accounts.ts';
import { viewOf, type PersonView } from './person-view.ts';

type AnswerPlan = ReturnType<typeof planAnswer>;
type Wait = Extract<Decision, { readonly kind: 'wait' }>;

/**
 * What to do about a person at an instant: the one decision that planning takes and sending takes again.
 *
 * Each account yields its own next action by its own ageing and strategy. An account that needs people or an agency comes first, then
 * the most urgent contact that is permitted now (others that are due travel with it), then the earliest moment at which
 * any of them wants to be looked at again. The order in which storage returns accounts makes no difference.
 *
 * @example decide(person, rules, now) // { kind: 'wait', until: 1790000000000, for: 'sms', because: [] }
 */
export function decide(person: Person, rules: DecisionRules, now: Instant): Decision {
  const view = viewOf(person, rules, now);
  if (view === null) return { kind: 'rest' };
  const accounts = person.accounts.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const actions = accounts.map((account) => nextActionFor(account, view));
  const answer = person.inbound.length === 0 ? null : planAnswer(view);
  return (
    firstHandOver(actions, view) ??
    answerNow(answer) ??
    mostUrgentContact(actions) ??
    earliestWait(actions, answer) ?? { kind: 'rest' }
  );
}

/** The answer to what the person wrote goes before whatever the machine had to say. */
function answerNow(answer: AnswerPlan): Decision | undefined {
  if (answer?.kind !== 'ready') return undefined;
  return { kind: 'contact', contact: { ...answer.contact, about: [answer.subject] } };
}

function firstHandOver(actions: readonly AccountAction[], view: PersonView): Decision | undefined {
  for (const action of actions) {
    if (action.kind !== 'case' && action.kind !== 'place') continue;
    const { accountId, dueDate } = action.account;
    const { queue, reason, because } = action;
    const handed = { accountId, dueDate, queue, reason, because };
    return action.kind === 'case'
      ? { kind: 'case', ...handed, priority: casePriority(action.account, view) }
      : { kind: 'place', ...handed, agency: action.agency };
  }
  return undefined;
}

function mostUrgentContact(actions: readonly AccountAction[]): Decision | undefined {
  const ready = actions.filter((action) => action.kind === 'contact').sort(byUrgency);
  const leading = ready[0];
  if (leading === undefined) return undefined;
  const about = [leading, ...joinable(leading, ready)].map((action) => action.subject);
  const contact: PlannedContact = { ...leading.contact, about };
  return { kind: 'contact', contact };
}

function earliestWait(actions: readonly AccountAction[], answer: AnswerPlan): Decision | undefined {
  let earliest = answer?.kind === 'later' ? waitFor(answer.at, answer) : undefined;
  for (const action of actions) {
    if (action.kind === 'wait' && (earliest === undefined || action.until < earliest.until))
      earliest = waitFor(action.until, action);
  }
  return earliest;
}

function waitFor(until: Instant, { for: wakeFor, because }: Pick<Wait, 'for' | 'because'>): Wait {
  return { kind: 'wait', until, for: wakeFor, because };
}
