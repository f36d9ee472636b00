import type { Inbound } from '#shared/contracts/inbound.ts';
import type { Subject } from '#shared/contracts/ledger.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { answerContexts } from '#shared/core/decision/own-texts.ts';
import { planStep, type StepPlan, type StepScope } from '#shared/core/decision/plan-step.ts';
import { confirmationMs, replyMs } from '#shared/core/permission/purposes.ts';
import { toInstant } from '#shared/kernel/instant.ts';

/** An answer that could not go out while it was free is dropped, in milliseconds: it would only puzzle. */
const answerWithinMs = { reply_to_debtor: replyMs, optout_confirmation: confirmationMs } as const;

/** What answers are known by among contacts that a strategy asks for. */
const strategyName = 'reply';

type AnswerPlan = Extract<StepPlan, { kind: 'ready' | 'later' }>;

/** The answer that can be given now, else the one that can be given first; null when nobody waits for one. */
export function planAnswer(view: PersonView): AnswerPlan | null {
  const plans = awaited(view).flatMap((inbound) => planOf(inbound, view));
  return plans.find(({ kind }) => kind === 'ready') ?? plans.toSorted((a, b) => atOf(a) - atOf(b))[0] ?? null;
}

function atOf(plan: AnswerPlan): number {
  return plan.kind === 'later' ? plan.at : -Infinity;
}

/** When a message is answered; none when it has been, or cannot be while that is of use. */
function planOf(inbound: Inbound, view: PersonView): readonly AnswerPlan[] {
  const scope = scopeOf(inbound, view);
  const plan = scope === null ? null : planStep(scope);
  if (plan?.kind === 'ready') return [plan];
  return plan?.kind === 'later' && plan.at < endOf(inbound) ? [plan] : [];
}

/** Messages whose answer may still be due, oldest first. What was written after one and is answered takes its place. */
function awaited({ person, now }: PersonView): readonly Inbound[] {
  const answered = person.inbound.filter((one) => one.answer !== undefined && one.at <= now);
  return answered
    .filter((one) => endOf(one) > now && !answered.some((other) => isNewer(other, one)))
    .toSorted((a, b) => a.at - b.at || (a.inboundId < b.inboundId ? -1 : 1));
}

function isNewer(other: Inbound, one: Inbound): boolean {
  if (other.answer?.channel !== one.answer?.channel || other === one) return false;
  return other.at > one.at || (other.at === one.at && other.inboundId > one.inboundId);
}

function endOf({ at, answer }: Inbound): number {
  return answer === undefined ? at : at + answerWithinMs[answer.purpose];
}

/** An answer as a step that no strategy has, about the account that the message was about. */
function scopeOf({ inboundId, at, accountId, answer }: Inbound, view: PersonView): StepScope | null {
  const account = view.person.accounts.find((one) => one.accountId === accountId);
  if (answer === undefined || account === undefined || !view.rules.creditors.has(account.creditor))
    return null;
  const { text, channel, purpose, agreement = inboundId } = answer;
  const homeZone = view.homeZone ?? 'UTC';
  const subject: Subject = {
    accountId: account.accountId,
    strategy: `${strategyName}@1`,
    stage: 'reply',
    step: text,
    dueDate: account.dueDate,
    agreement,
  };
  return {
    ...{ account, view, homeZone, subject, strategyName },
    step: { purpose },
    legs: [{ channels: [channel], template: text, patienceMs: 0 }],
    gaps: {},
    preferred: null,
    context: answerContexts[text],
    date: localDateAt(homeZone, toInstant(at)),
  };
}
