import type { CallNode, CallState } from '#shared/contracts/call-flow.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { PromptName } from '#shared/contracts/call-prompts.ts';
import type { Heard, VoiceStep } from '#shared/contracts/voice-script.ts';
import { changeIdOf, type CallSetting, type Turn } from './call-setting.ts';
import { ask, goodbye } from './questions.ts';

/** A question that was asked, what came back of it, and everything that is known. */
export interface CallMoment {
  readonly state: CallState;
  readonly heard: Heard;
  readonly setting: CallSetting;
}

export type AskedNode = Exclude<CallNode, 'transfer'>;

/** Asks the next question; what of a promise was chosen goes along. */
export function goOn(
  { state, setting }: CallMoment,
  next: Pick<CallState, 'amount' | 'date' | 'isFirstRight'> & { readonly node: AskedNode },
  before: readonly string[] = [],
): readonly VoiceStep[] {
  return ask(setting, { ...next, turn: state.turn + 1, silences: 0 }, before);
}

/** Asks the same once more, with a word that it was not understood when something was said; at last says goodbye. */
export function again(moment: CallMoment, node: AskedNode, before: readonly string[] = []): Turn {
  const { state, heard, setting } = moment;
  const { speaker, settings } = setting;
  const silences = state.silences + 1;
  if (silences >= settings.asksMax) return { steps: goodbye(speaker.say('no_answer')) };
  const sorry = heard.kind === 'nothing' || before.length > 0 ? before : [speaker.say('again')];
  return { steps: ask(setting, { ...state, node, turn: state.turn + 1, silences }, sorry) };
}

type Distribute<T> = T extends unknown ? Omit<T, 'actId' | 'debtorId' | 'via' | 'by'> : never;

/** Carries out what was asked for, once for this answer of this call, and plays `steps` when it is done. */
export function act(
  { state, setting }: CallMoment,
  wish: Distribute<ActRequest>,
  steps: readonly VoiceStep[],
  otherwise: readonly VoiceStep[] = notDone(setting),
): Turn {
  const actId = changeIdOf(setting.callId, state);
  const by = wish.kind === 'wrong_party' || wish.kind === 'identity_try' ? 'recipient' : 'debtor';
  const request = { ...wish, actId, debtorId: setting.view.person.debtorId, via: 'call', by } as const;
  return { steps, change: { kind: 'act', request }, otherwise };
}

/** Takes words or a choice in like any reply. Before the person is known they can only end contact or reach people. */
export function takeIn(
  { state, setting }: CallMoment,
  said: { readonly text: string; readonly meant?: 'pay_now'; readonly isKnown: boolean },
  prompt: PromptName,
): Turn {
  const { callId, destination, view, during, speaker } = setting;
  const incoming = {
    inboundId: changeIdOf(callId, state),
    debtorId: view.person.debtorId,
    channel: 'call',
    from: destination,
    text: said.text,
    at: view.now,
    ...(during !== undefined && { during }),
    ...(said.meant !== undefined && { meant: said.meant }),
    sender: said.isKnown ? 'proven' : 'claimed',
  } as const;
  return {
    steps: goodbye(speaker.say(prompt)),
    change: { kind: 'reply', incoming },
    otherwise: notDone(setting),
  };
}

function notDone({ speaker }: CallSetting): readonly VoiceStep[] {
  return goodbye(speaker.say('not_done'));
}
