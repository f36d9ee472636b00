import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { VoiceMoment, VoiceScript, VoiceStep } from '#shared/contracts/voice-script.ts';
import {
  changeIdOf,
  type CallChange,
  type CallSetting,
  type Turn,
} from '#shared/core/call-flow/call-setting.ts';
import { mayGoOn } from '#shared/core/call-flow/may-go-on.ts';
import { nextTurn } from '#shared/core/call-flow/next-turn.ts';
import { goodbye } from '#shared/core/call-flow/questions.ts';
import { speakerFor } from '#shared/core/call-flow/speak.ts';
import { viewOf, type PersonView } from '#shared/core/decision/person-view.ts';
import { fillText } from '#shared/core/messages/fill-text.ts';
import { subjectOf, type MessageSubject } from '#shared/core/messages/message-subject.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { renderVoice, type RenderedVoice } from '#shared/core/render/render.ts';
import { addressValues } from '#shared/core/render/template-values.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { carryOut, type CarryOutParts } from './carry-out.ts';
import { takeInReply } from './take-in-reply.ts';

const silence: VoiceScript = { locale: fallbackLocale, steps: [{ kind: 'hangup' }] };

export interface VoiceParts extends CarryOutParts {
  readonly store: CarryOutParts['store'] & Pick<DebtorStore, 'recordAttempt'>;
}

/**
 * What a call of ours plays at a moment; what the answer to its last question changes is written down first. A person is asked
 * who they are before anything is told; a machine gets only the limited message. A call nobody knows of, about accounts that
 * have been paid meanwhile or a promise that was kept, or that was stopped, held or opted out of, ends without a word about
 * any debt. The same request once more changes nothing and plays the same.
 */
export async function voiceScript(moment: VoiceMoment, parts: VoiceParts): Promise<VoiceScript> {
  const call = await knownCall(moment, parts);
  if (call === null) return silence;
  const { entry, setting, speaks } = call;
  if (moment.answeredBy === 'machine' || setting === null) return limited(call, moment, parts);
  const { speaker } = setting;
  if (!speaks) return { locale: speaker.locale, steps: [...goodbye(speaker.say('ended'))] };
  const turn = nextTurn(moment.state, moment.heard, setting);
  if (turn.isConversation === true) await reached(entry, 'conversation', parts);
  return { locale: speaker.locale, steps: [...(await played(turn, parts))] };
}

/** What a machine hears. Without prompts nobody can be asked who they are, so that everybody is told as little. */
async function limited(
  { entry, texts, speaks }: KnownCall,
  { answeredBy }: VoiceMoment,
  parts: VoiceParts,
): Promise<VoiceScript> {
  if (speaks && answeredBy === 'machine') await reached(entry, 'voicemail', parts);
  return { locale: entry.locale, steps: [...goodbye(speaks ? texts.machine : texts.goodbye)] };
}

/** A call of ours, and all that it can say. */
interface KnownCall {
  readonly entry: LedgerEntry;
  readonly texts: RenderedVoice;
  /** Null where the configuration has no prompts. */
  readonly setting: CallSetting | null;
  /** Whether it may go on, or has only to repeat what it said before. */
  readonly speaks: boolean;
}

async function knownCall(
  moment: VoiceMoment,
  { store, clock, rules }: VoiceParts,
): Promise<KnownCall | null> {
  const person = await store.load(moment.debtorId);
  const entry = person?.attempts.find((one) => one.contactId === moment.contactId && one.channel === 'call');
  if (person === null || entry === undefined) return null;
  const now = clock.now();
  const inForce = await rules.current();
  const view = viewOf(person, inForce, now);
  if (view === null) return null;
  const subject = subjectOf(entry, { person, rules: inForce, now });
  const filled = fillText('call', subject, renderVoice);
  if ('refused' in filled) return null;
  const texts = filled.rendered;
  return {
    entry,
    texts,
    setting: settingOf(moment, entry, { subject, view, texts }),
    speaks: mayGoOn(entry, subject) || isRepeated(moment, view),
  };
}

interface Known {
  readonly subject: MessageSubject;
  readonly view: PersonView;
  readonly texts: RenderedVoice;
}

function settingOf(
  { callId }: VoiceMoment,
  { contactId, destination, locale }: LedgerEntry,
  { subject, view, texts }: Known,
): CallSetting | null {
  const { calls } = view.rules;
  const { debtor, creditor, accounts } = subject;
  const speaker = calls && speakerFor(calls, locale, addressValues({ locale, debtor, creditor }));
  if (calls === null || speaker === null) return null;
  const { settings } = calls;
  const { greeting, message } = texts;
  return {
    ...{ view, callId, destination, creditor, speaker, settings, greeting, message },
    during: contactId,
    account: accounts[0],
  };
}

/** Whether the answer that this request brings was written down before: then it is told again what it was told. */
function isRepeated({ callId, state }: VoiceMoment, { person }: PersonView): boolean {
  if (state === null) return false;
  const id = changeIdOf(callId, state);
  return (
    person.acts.some(({ actId }) => actId === id) || person.inbound.some(({ inboundId }) => inboundId === id)
  );
}

async function reached(
  { debtorId, contactId }: LedgerEntry,
  state: AttemptState,
  { store, clock }: VoiceParts,
): Promise<void> {
  await store.recordAttempt(debtorId, contactId, { state, at: clock.now() });
}

/** Writes what a turn changes, and gives what is played then. */
async function played({ change, steps, otherwise }: Turn, parts: VoiceParts): Promise<readonly VoiceStep[]> {
  return change === undefined || (await isWritten(change, parts)) ? steps : (otherwise ?? steps);
}

async function isWritten(change: CallChange, parts: VoiceParts): Promise<boolean> {
  const { kind } =
    change.kind === 'act' ? await carryOut(change.request, parts) : await takeInReply(change.incoming, parts);
  return kind === 'done' || kind === 'taken' || kind === 'repeated';
}
