import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { AnswerText, Proposal } from '#shared/contracts/inbound.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import { answerAct } from '#shared/core/acts/answer-act.ts';
import type { ReplySetting } from './reply-setting.ts';

/** What one of the things that a person meant leads to. */
export interface ReplyEffect {
  readonly changes?: readonly PersonChange[];
  readonly answer?: AnswerText;
  /** The promise that the answer confirms. */
  readonly agreement?: string | undefined;
  /** What the answer asks the person to confirm. */
  readonly proposal?: Proposal;
  /** Whether people learn of it by what it changed: a hold that opens a case, a call back. */
  readonly isForPeople?: boolean;
  /** Why a person has to look at the message itself: nothing else tells them of it. */
  readonly needsPeople?: string;
  /** Whatever else was meant, nothing is written back. */
  readonly isSilent?: boolean;
}

export const nothing: ReplyEffect = {};

type Distribute<T> = T extends unknown ? Omit<T, 'actId' | 'debtorId' | 'via' | 'by'> : never;
/** A request, but for who asks by which way. */
export type Wish = Distribute<ActRequest>;

/** The request for a wish of the person. The same message asks for the same thing under the same id. */
export function requestFor(wish: Wish, { incoming }: ReplySetting, ordinal = 0): ActRequest {
  const { inboundId, debtorId, channel } = incoming;
  const by = wish.kind === 'wrong_party' ? 'recipient' : 'debtor';
  const via = channel === 'call' ? 'call' : 'reply';
  return { ...wish, actId: `${inboundId}:${wish.kind}:${String(ordinal)}`, debtorId, via, by };
}

/** Carries wishes out by the rules. One that the rules refuse is for people. */
export function carryOutAll(wishes: readonly Wish[], setting: ReplySetting): ReplyEffect {
  const changes: PersonChange[] = [];
  for (const [ordinal, wish] of wishes.entries()) {
    const effect = answerAct(requestFor(wish, setting, ordinal), setting.view);
    if (effect.kind === 'refused') return { changes, needsPeople: `refused/${effect.problem}` };
    changes.push(effect.change);
  }
  return { changes };
}
