import type { CallNode, CallState } from '#shared/contracts/call-flow.ts';
import type { Heard } from '#shared/contracts/voice-script.ts';
import type { CallMoment } from './call-moment.ts';
import { isKnown, type CallSetting, type Turn } from './call-setting.ts';
import { firstFactTurn, greetingTurn, secondFactTurn } from './identity-turns.ts';
import { menuTurn, transferTurn } from './menu-turns.ts';
import { amountKeysTurn, amountTurn, confirmTurn, dateKeysTurn, dateTurn } from './promise-turns.ts';
import { ask, goodbye } from './questions.ts';

/** What follows from an answer, by what was asked. */
const turns: Readonly<Record<CallNode, (moment: CallMoment) => Turn>> = {
  greeting: greetingTurn,
  first_fact: firstFactTurn,
  second_fact: secondFactTurn,
  menu: menuTurn,
  amount: amountTurn,
  amount_keys: amountKeysTurn,
  date: dateTurn,
  date_keys: dateKeysTurn,
  confirm: confirmTurn,
  transfer: transferTurn,
};

const beforeIdentity: ReadonlySet<CallNode> = new Set(['greeting', 'first_fact', 'second_fact']);

/**
 * What a call plays next and what it changes: the whole of a call is this function, asked again and again with where the
 * call stands, what was answered and what is known. Pure: the same question and answer give the same turn.
 *
 * Nothing of the debt is in any turn before both identity questions of this very call were answered rightly, whatever
 * the state says.
 */
export function nextTurn(state: CallState | null, heard: Heard, setting: CallSetting): Turn {
  if (state === null) return { steps: ask(setting, { node: 'greeting', turn: 0, silences: 0 }) };
  if (!beforeIdentity.has(state.node) && !isKnown(setting))
    return { steps: goodbye(setting.speaker.say('ended')) };
  return turns[state.node]({ state, heard, setting });
}
