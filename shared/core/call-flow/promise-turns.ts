import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { ReplyIntent } from '#shared/contracts/replies.ts';
import { todayOf } from '#shared/core/acts/act-setting.ts';
import type { PromiseOffer } from '#shared/core/agreements/offers.ts';
import { countedDigits, isExactMinor } from '#shared/kernel/currency.ts';
import { act, again, goOn, takeIn, type AskedNode, type CallMoment } from './call-moment.ts';
import type { Turn } from './call-setting.ts';
import { keyedAmount, keyedDate } from './keyed-answers.ts';
import { amountChoices, dateChoices, promiseOffer } from './promise-choices.ts';
import { goodbye, offerValues, promiseValues } from './questions.ts';
import { closedBy } from './said-in-words.ts';
import { figuresSaid, understand } from './understand.ts';

/** What is known of a promise so far. */
interface Wanted {
  readonly amount?: number | undefined;
  readonly date?: LocalDate | undefined;
}

/**
 * Asks for what is still open of a promise, and reads it back once nothing is: an amount and a date within what is offered.
 * When nothing is offered the menu is heard again, with the reason.
 */
export function towardsPromise(moment: CallMoment, { amount, date }: Wanted): Turn {
  const { setting } = moment;
  const { speaker } = setting;
  const offer = promiseOffer(setting);
  if (offer === null) return again(moment, 'menu', [speaker.say('no_promise')]);
  if (amount !== undefined && !isAmountTaken(moment, amount, offer))
    return askAgainFor(moment, 'amount_keys', { date });
  if (date !== undefined && !isDateTaken(date, offer)) return askAgainFor(moment, 'date_keys', { amount });
  if (amount === undefined) return { steps: goOn(moment, { node: 'amount', ...chosen({ date }) }) };
  if (date === undefined) return { steps: goOn(moment, { node: 'date', amount }) };
  return { steps: goOn(moment, { node: 'confirm', amount, date }) };
}

function isDateTaken(date: LocalDate, { dateFrom, dateTo }: PromiseOffer): boolean {
  return dateFrom <= date && date <= dateTo;
}

function isAmountTaken({ setting }: CallMoment, amount: number, offer: PromiseOffer): boolean {
  const isExact = isExactMinor(amount, countedDigits(setting.account.currency));
  return isExact && offer.amountMin <= amount && amount <= offer.amountMax;
}

/** Something outside of what is offered was named: says what is offered, and counts like an answer that was not understood. */
function askAgainFor(moment: CallMoment, node: 'amount_keys' | 'date_keys', kept: Wanted): Turn {
  const { state, setting } = moment;
  const outside = setting.speaker.say(
    node === 'amount_keys' ? 'amount_outside' : 'date_outside',
    offerValues(setting),
  );
  return again({ ...moment, state: { ...only(state), ...chosen(kept) } }, node, [outside]);
}

function only({ node, turn, silences }: CallMoment['state']) {
  return { node, turn, silences };
}

function chosen({ amount, date }: Wanted) {
  return { ...(amount !== undefined && { amount }), ...(date !== undefined && { date }) };
}

export function amountTurn(moment: CallMoment): Turn {
  const { heard, state, setting } = moment;
  if (heard.kind === 'speech') return spokenFigure(moment, heard.text, 'amount');
  const offer = promiseOffer(setting);
  if (heard.kind !== 'keys' || offer === null) return again(moment, 'amount');
  const { all, least } = amountChoices(setting, offer);
  const { date } = state;
  if (heard.keys === '1') return towardsPromise(moment, { amount: all, date });
  if (heard.keys === '2' && least !== undefined) return towardsPromise(moment, { amount: least, date });
  if (heard.keys === '3') return { steps: goOn(moment, { node: 'amount_keys', ...chosen({ date }) }) };
  return again(moment, 'amount');
}

export function amountKeysTurn(moment: CallMoment): Turn {
  const { heard, state, setting } = moment;
  if (heard.kind === 'speech') return spokenFigure(moment, heard.text, 'amount_keys');
  const digits = countedDigits(setting.account.currency);
  const amount = heard.kind === 'keys' ? keyedAmount(heard.keys, digits) : undefined;
  return amount === undefined
    ? again(moment, 'amount_keys')
    : towardsPromise(moment, { amount, date: state.date });
}

export function dateTurn(moment: CallMoment): Turn {
  const { heard, state, setting } = moment;
  if (heard.kind === 'speech') return spokenFigure(moment, heard.text, 'date');
  const offer = promiseOffer(setting);
  if (heard.kind !== 'keys' || offer === null) return again(moment, 'date');
  const dates = dateChoices(setting, offer);
  const { amount } = state;
  const date = dates[Number(heard.keys) - 1];
  if (date !== undefined) return towardsPromise(moment, { amount, date });
  return heard.keys === String(dates.length + 1)
    ? { steps: goOn(moment, { node: 'date_keys', ...chosen({ amount }) }) }
    : again(moment, 'date');
}

export function dateKeysTurn(moment: CallMoment): Turn {
  const { heard, state, setting } = moment;
  if (heard.kind === 'speech') return spokenFigure(moment, heard.text, 'date_keys');
  const date = heard.kind === 'keys' ? keyedDate(heard.keys, todayOf(setting.view)) : undefined;
  return date === undefined
    ? again(moment, 'date_keys')
    : towardsPromise(moment, { amount: state.amount, date });
}

/** A sum or a day that is said where one was asked for; what else may be said there ends the call. */
function spokenFigure(moment: CallMoment, text: string, node: AskedNode): Turn {
  const { state, setting } = moment;
  const closed = closedBy(moment, { text, intents: understand(text, setting), isKnown: true });
  if (closed !== undefined) return closed;
  const { amount, date } = figuresSaid(text, setting);
  if (amount === undefined && date === undefined) return again(moment, node);
  return towardsPromise(moment, { amount: amount ?? state.amount, date: date ?? state.date });
}

/** The promise was read back: only a plain yes makes it. */
export function confirmTurn(moment: CallMoment): Turn {
  const { heard, setting } = moment;
  if (heard.kind === 'keys') return confirmKey(moment, heard.keys);
  if (heard.kind !== 'speech') return again(moment, 'confirm');
  const intents = understand(heard.text, setting, 'confirm_promise');
  const closed = closedBy(moment, { text: heard.text, intents, isKnown: true });
  if (closed !== undefined) return closed;
  const promised = intents.find(({ kind }) => kind === 'promise');
  if (promised !== undefined) return promiseSaid(moment, heard.text, promised);
  const answer = intents.find(({ kind }) => kind === 'confirm' || kind === 'deny');
  if (answer === undefined) return again(moment, 'confirm');
  return confirmKey(moment, answer.kind === 'confirm' ? '1' : '2');
}

function confirmKey(moment: CallMoment, key: string): Turn {
  const { state, setting } = moment;
  const { amount, date } = state;
  if (key === '2' || amount === undefined || date === undefined) return towardsPromise(moment, {});
  if (key !== '1') return again(moment, 'confirm');
  const { accountId } = setting.account;
  return act(
    moment,
    { kind: 'promise', accountId, amount, date },
    goodbye(setting.speaker.say('promised', promiseValues(setting, { amount, date }))),
    goOn(moment, { node: 'menu' }, [setting.speaker.say('no_promise')]),
  );
}

/** A promise in words goes straight to its reading back; one that hangs on something is for people. */
export function promiseSaid(
  moment: CallMoment,
  text: string,
  { amount, date, conditional }: ReplyIntent,
): Turn {
  if (conditional === true) return takeIn(moment, { text, isKnown: true }, 'noted');
  const { state } = moment;
  return towardsPromise(moment, { amount: amount ?? state.amount, date: date ?? state.date });
}
