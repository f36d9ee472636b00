import type { ReplyIntent } from '#shared/contracts/replies.ts';
import { bookingCalendar } from '#shared/core/agreements/business-days.ts';
import { agentsAt } from './agents-open.ts';
import { act, again, goOn, takeIn, type CallMoment } from './call-moment.ts';
import type { Turn } from './call-setting.ts';
import { promiseSaid, towardsPromise } from './promise-turns.ts';
import { canSendLink, goodbye } from './questions.ts';
import { closedBy } from './said-in-words.ts';
import { understand } from './understand.ts';

/** The person is known and has heard why we call. */
export function menuTurn(moment: CallMoment): Turn {
  const { heard, setting } = moment;
  if (heard.kind === 'keys') return menuKey(moment, heard.keys);
  if (heard.kind !== 'speech') return again(moment, 'menu');
  const { text } = heard;
  const intents = understand(text, setting);
  return closedBy(moment, { text, intents, isKnown: true }) ?? spokenWish(moment, text, intents);
}

function menuKey(moment: CallMoment, key: string): Turn {
  const { speaker, message } = moment.setting;
  switch (key) {
    case '1':
      return towardsPromise(moment, {});
    case '2':
      return sendLink(moment, '');
    case '3':
      return putThrough(moment);
    case '9':
      return act(moment, { kind: 'opt_out', channel: 'call' }, goodbye(speaker.say('stopped')));
    case '*':
      return { steps: goOn(moment, { node: 'menu' }, [message]) };
    default:
      return again(moment, 'menu');
  }
}

function spokenWish(moment: CallMoment, text: string, intents: readonly ReplyIntent[]): Turn {
  const { message } = moment.setting;
  for (const intent of intents) {
    if (intent.kind === 'promise') return promiseSaid(moment, text, intent);
    if (intent.kind === 'pay_now') return sendLink(moment, text);
    if (intent.kind === 'human') return putThrough(moment);
    if (intent.kind === 'help') return { steps: goOn(moment, { node: 'menu' }, [message]) };
  }
  return again(moment, 'menu');
}

/** The link goes out by text message, as an answer like any other: permitted, written down and sent once. */
function sendLink(moment: CallMoment, text: string): Turn {
  return canSendLink(moment.setting)
    ? takeIn(moment, { text, meant: 'pay_now', isKnown: true }, 'link_sent')
    : again(moment, 'menu');
}

/** To a person in opening hours, else a call back. */
function putThrough(moment: CallMoment): Turn {
  const { state, setting } = moment;
  const { creditor, view, speaker, settings } = setting;
  const calendar = view.rules.bookingCalendars.get(creditor.creditor) ?? bookingCalendar(creditor, {});
  const phone = agentsAt(creditor, calendar, view.now);
  if (phone === null) return callBack(moment, 'transfer_closed');
  const next = { node: 'transfer', turn: state.turn + 1, silences: 0 } as const;
  const { ringSeconds } = settings;
  return {
    steps: [
      { kind: 'say', text: speaker.say('transfer') },
      { kind: 'dial', phone, callerId: creditor.voiceFrom, ringSeconds, next },
    ],
  };
}

/** A call that was put through is over: either people have talked, or nobody was free and calls back. */
export function transferTurn(moment: CallMoment): Turn {
  const { heard, setting } = moment;
  // Whatever else comes back here says nothing of the other call, and so changes nothing.
  if (heard.kind !== 'dialled') return { steps: goodbye(setting.speaker.say('ended')) };
  return heard.isTaken ? { steps: [{ kind: 'hangup' }] } : callBack(moment, 'transfer_missed');
}

function callBack(moment: CallMoment, said: 'transfer_closed' | 'transfer_missed'): Turn {
  const { accountId } = moment.setting.account;
  const steps = goodbye(moment.setting.speaker.say(said));
  return act(moment, { kind: 'call_me', accountId, note: 'wants to speak to a person' }, steps);
}
