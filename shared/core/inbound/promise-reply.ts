import type { PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { Proposal } from '#shared/contracts/inbound.ts';
import type { ReplyIntent } from '#shared/contracts/replies.ts';
import { openPromises } from '#shared/core/agreements/account-agreements.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { PromiseOffer } from '#shared/core/agreements/offers.ts';
import { answerAct } from '#shared/core/acts/answer-act.ts';
import { nothing, requestFor, type ReplyEffect } from './reply-effect.ts';
import type { ReplySetting } from './reply-setting.ts';

/**
 * A promise by reply. Without an amount it is one of all that is past due, which the confirmation then names; without a day
 * there is none. A promise that hangs on something, or that the rules do not take as it was said, is put back as a question
 * with what they do take. A new promise takes the place of the one that is open.
 */
export function promiseReply(intent: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const account = setting.accounts[0];
  if (account === undefined) return { needsPeople: 'no_account' };
  if (account.pastDue === 0) return { answer: 'reply-thanks' };
  const { amount = account.pastDue, date, currency = account.currency } = intent;
  if (date === undefined || currency !== account.currency) return { answer: 'reply-which-day' };
  const wanted = { accountId: account.accountId, amount, date };
  return intent.conditional === true ? putBack(wanted, account, setting) : promised(wanted, account, setting);
}

/** "Yes" to a question of ours makes the promise that it named; "no" takes back the one that it confirmed. */
export function answeredQuestion(kind: 'confirm' | 'deny', setting: ReplySetting): ReplyEffect {
  const { proposal, promise } = setting.question;
  if (proposal !== undefined)
    return kind === 'confirm' ? ofAccount(proposal, setting, promised) : { answer: 'reply-which-day' };
  return promise === undefined || kind === 'confirm' ? nothing : ofAccount(promise, setting, withdrawn);
}

function ofAccount<A extends { readonly accountId: string }>(
  about: A,
  setting: ReplySetting,
  effectOf: (about: A, account: Account, setting: ReplySetting) => ReplyEffect,
): ReplyEffect {
  const account = setting.view.person.accounts.find(({ accountId }) => accountId === about.accountId);
  return account === undefined ? nothing : effectOf(about, account, setting);
}

function withdrawn(
  { promiseId: agreement }: PaymentPromise,
  { accountId }: Account,
  setting: ReplySetting,
): ReplyEffect {
  const request = requestFor({ kind: 'withdraw', accountId, agreement }, setting);
  const effect = answerAct(request, setting.view);
  return effect.kind === 'refused' ? nothing : { changes: [effect.change], answer: 'reply-which-day' };
}

function promised(wanted: Proposal, account: Account, setting: ReplySetting): ReplyEffect {
  const open = openPromises(setting.view.agreementsOn(account)).map(({ promise }) => promise);
  const same = open.find(({ amount, dueDate }) => amount === wanted.amount && dueDate === wanted.date);
  if (same !== undefined) return { answer: 'promise-confirmation', agreement: same.promiseId };
  const replaces = open.length === 1 ? open[0]?.promiseId : undefined;
  const wish = { kind: 'promise', ...wanted, ...(replaces !== undefined && { replaces }) } as const;
  const effect = answerAct(requestFor(wish, setting), setting.view);
  if (effect.kind === 'refused') return notTaken(effect.problem, wanted, account, setting);
  return {
    changes: [effect.change],
    answer: 'promise-confirmation',
    agreement: effect.made.promise?.promiseId,
  };
}

function notTaken(problem: string, wanted: Proposal, account: Account, setting: ReplySetting): ReplyEffect {
  switch (problem) {
    case 'plan_running':
      return { answer: 'reply-thanks' };
    case 'amount_too_small':
    case 'amount_too_large':
    case 'date_too_late':
      return putBack(wanted, account, setting);
    case 'too_many_broken':
    case 'too_many_open':
      return { needsPeople: `refused/${problem}`, answer: 'reply-noted' };
    default:
      return { answer: 'reply-which-day' };
  }
}

/** Asks whether the nearest that the rules take is meant. */
function putBack(wanted: Proposal, account: Account, { view }: ReplySetting): ReplyEffect {
  const { promise: offer } = offersFor(account, view, { replacing: onlyOpen(account, view) });
  if (offer.kind === 'not_offered') return { answer: 'reply-which-day' };
  return { answer: 'reply-confirm', proposal: nearest(wanted, offer) };
}

function onlyOpen(account: Account, view: ReplySetting['view']): string | undefined {
  const open = openPromises(view.agreementsOn(account));
  return open.length === 1 ? open[0]?.promise.promiseId : undefined;
}

function nearest({ accountId, amount, date }: Proposal, offer: PromiseOffer): Proposal {
  const { amountMin, amountMax, dateFrom, dateTo } = offer;
  const day = date < dateFrom ? dateFrom : date;
  return {
    accountId,
    amount: Math.min(Math.max(amount, amountMin), amountMax),
    date: day > dateTo ? dateTo : day,
  };
}
