import type { Account } from '#shared/contracts/account.ts';
import type { CallSettings, CallState } from '#shared/contracts/call-flow.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { VoiceStep } from '#shared/contracts/voice-script.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import type { IncomingReply } from '#shared/core/inbound/incoming-reply.ts';
import type { Speaker } from './speak.ts';

/** A call, and what is known of the person it is with. */
export interface CallSetting {
  readonly view: PersonView;
  readonly callId: string;
  /** The contact of ours that it is; absent: the person called us. */
  readonly during?: string | undefined;
  /** The number at the other end. */
  readonly destination: string;
  /** The account that a promise is about: the leading one of the contact. */
  readonly account: Account;
  readonly creditor: Creditor;
  /** Said first, to whoever is there; discloses nothing. */
  readonly greeting: string;
  /** Who calls and why: said once the person is known. */
  readonly message: string;
  readonly speaker: Speaker;
  readonly settings: CallSettings;
}

/** What a call changes: a request of the person, or words and choices that are taken in like any reply. */
export type CallChange =
  | { readonly kind: 'act'; readonly request: ActRequest }
  | { readonly kind: 'reply'; readonly incoming: IncomingReply };

/** What comes next on a call. */
export interface Turn {
  /** Played when nothing changes, or once the change is written. */
  readonly steps: readonly VoiceStep[];
  readonly change?: CallChange;
  /** Played instead when the change is refused or could not be written. */
  readonly otherwise?: readonly VoiceStep[];
  /** Whether somebody says that they are the person: from then on it is a conversation. */
  readonly isConversation?: true;
}

/** An id for what one answer of one call changes: the same request of the provider changes it once. */
export function changeIdOf(callId: string, { turn }: Pick<CallState, 'turn'>): string {
  return `call:${callId}:${String(turn)}`;
}

/** Whether the person was found to be the right one on this very call. Written down, and so nothing that an address claims. */
export function isKnown({ view, callId }: Pick<CallSetting, 'view' | 'callId'>): boolean {
  return view.person.acts.some(
    ({ kind, actId, asked }) =>
      kind === 'identity_try' && actId.startsWith(`call:${callId}:`) && asked?.['answers'] === 'right',
  );
}
