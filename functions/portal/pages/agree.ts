import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { NotOffered } from '#shared/core/agreements/offers.ts';
import { actForm } from '../act-form.ts';
import { checkControl, textControl, type Filled } from '../form-controls.ts';
import type { FormReader } from '../form-reader.ts';
import { html, type Content } from '../html.ts';
import { accountPage, type Page, type PreparedPage } from '../page.ts';
import { amountForField } from '../read-amount.ts';
import {
  accountName,
  accountRefOf,
  confirmChannel,
  digitsOf,
  type AccountVisit,
  type Visit,
} from '../visit.ts';
import { planText, promiseText, runningOn } from './account-state.ts';

/** A promise of an amount by a date; where its address names an open one, in the place of that. */
export const promise: Page = accountPage((visit) => {
  const { words, account, view } = visit;
  const { say, money } = words;
  const replaced = runningOn(account, visit).promises.find(({ promise: one }) => one.promiseId === visit.on);
  const replaces = replaced?.promise.promiseId;
  const { promise: offer } = offersFor(account, view, { replacing: replaces });
  const title = say(replaces === undefined ? 'promise.title' : 'promise.titleChange');
  if (offer.kind === 'not_offered') return notOffered(title, offer, visit);
  const { amountMin, amountMax, dateFrom, dateTo } = offer;
  const limits = {
    amountMin: money(amountMin, account.currency),
    amountMax: money(amountMax, account.currency),
  };
  return {
    title,
    body: [html`<p>${accountName(account, words)}</p>`, html`<p>${say('promise.text')}</p>`],
    form: actForm(visit, {
      fields: (filled) => [
        amountField(filled, {
          name: 'amount',
          label: say('promise.amount'),
          hint: say('promise.amountHint', limits),
        }),
        dateField(filled, visit, { name: 'date', label: say('promise.date'), from: dateFrom, to: dateTo }),
        confirmField(filled, visit),
      ],
      proposed: {
        amount: amountForField(replaced?.promise.amount ?? Math.min(account.pastDue, amountMax), {
          language: words.language,
          digits: digitsOf(account),
        }),
        confirm: 'yes',
      },
      submit: say('promise.submit'),
      on: replaces,
      draft: (form) => ({
        kind: 'promise',
        amount: form.amount('amount', digitsOf(account)) ?? 0,
        date: form.date('date') ?? '',
        currency: account.currency,
        confirmBy: wantsConfirmation(form, visit),
        replaces,
      }),
    }),
  };
});

/** More time for all that is past due. */
export const extension: Page = accountPage((visit) => {
  const { words, account, view } = visit;
  const { say, money } = words;
  const { extension: offer } = offersFor(account, view);
  const title = say('extension.title');
  if (offer.kind === 'not_offered') return notOffered(title, offer, visit);
  const amount = money(account.pastDue, account.currency);
  return {
    title,
    body: [html`<p>${accountName(account, words)}</p>`, html`<p>${say('extension.text', { amount })}</p>`],
    form: actForm(visit, {
      fields: (filled) => [
        dateField(filled, visit, {
          name: 'date',
          label: say('extension.date'),
          from: offer.dateFrom,
          to: offer.dateTo,
        }),
        confirmField(filled, visit),
      ],
      proposed: { confirm: 'yes' },
      submit: say('extension.submit'),
      draft: (form) => ({
        kind: 'extension',
        date: form.date('date') ?? '',
        confirmBy: wantsConfirmation(form, visit),
      }),
    }),
  };
});

/** Ends what was agreed, after it has been read once more. */
export const withdraw: Page = accountPage((visit) => {
  const { words, account } = visit;
  const { say } = words;
  const { promises, plans } = runningOn(account, visit);
  const running = [
    ...promises.map((one) => ({
      id: one.promise.promiseId,
      text: promiseText(one, visit),
      canChange: one.promise.basis === 'promise',
    })),
    ...plans.map((one) => ({ id: one.plan.planId, text: planText(one, visit), canChange: false })),
  ];
  const about = running.find(({ id }) => id === visit.on) ?? running[0];
  const title = say('withdraw.title');
  if (about === undefined) return { title, body: html`<p>${say('withdraw.nothing')}</p>` };
  const of = { of: accountRefOf(account) };
  const others = running.filter((one) => one !== about);
  return {
    title,
    body: [
      html`<p>${accountName(account, words)}</p>
        <p class="note">${about.text}</p>`,
      about.canChange &&
        html`<p>
          <a class="button" href="${visit.at('promise', { ...of, on: about.id })}"
            >${say('withdraw.change')}</a
          >
        </p>`,
      html`<p>${say('withdraw.text')}</p>`,
    ],
    form: actForm(visit, {
      fields: () => undefined,
      submit: say('withdraw.submit'),
      isQuiet: about.canChange,
      on: about.id,
      draft: () => ({ kind: 'withdraw', agreement: about.id }),
    }),
    after: others.map(
      ({ id, text }) => html`<p><a href="${visit.at('withdraw', { ...of, on: id })}">${text}</a></p>`,
    ),
  };
});

/** Why something cannot be agreed on here, and what can be done instead. */
export function notOffered(title: string, { why }: NotOffered, visit: AccountVisit): PreparedPage {
  const { words, at, account } = visit;
  const of = { of: accountRefOf(account) };
  return {
    title,
    body: [
      html`<p class="note">${words.say(`refused.${why}`)}</p>`,
      html`<p>${words.say('notOffered.instead')}</p>`,
      html`<p><a class="button" href="${at('call', of)}">${words.say('call.link')}</a></p>`,
    ],
  };
}

export function amountField(
  filled: Filled,
  control: { readonly name: string; readonly label: string; readonly hint: string },
): Content {
  return textControl(control, filled, { figures: true });
}

export function dateField(
  filled: Filled,
  { words }: Visit,
  {
    name,
    label,
    from,
    to,
  }: { readonly name: string; readonly label: string; readonly from: string; readonly to: string },
): Content {
  const hint = words.say('date.hint', { from: words.date(from), to: words.date(to) });
  return textControl({ name, label, hint }, filled, { type: 'date', min: from, max: to });
}

export function confirmField(filled: Filled, visit: Visit): Content {
  const channel = confirmChannel(visit);
  return channel !== undefined && checkControl('confirm', visit.words.say(`confirm.${channel}`), filled);
}

/** The channel by which a confirmation is wanted. */
export function wantsConfirmation(form: FormReader, visit: Visit): 'sms' | 'email' | undefined {
  return form.text('confirm') === 'yes' ? confirmChannel(visit) : undefined;
}
