import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { PlanOffer } from '#shared/core/agreements/offers.ts';
import { actForm } from '../act-form.ts';
import { selectControl, type Filled } from '../form-controls.ts';
import { html, type Content } from '../html.ts';
import { accountPage, type Page } from '../page.ts';
import { accountName, digitsOf, type AccountVisit } from '../visit.ts';
import { amountField, confirmField, dateField, notOffered, wantsConfirmation } from './agree.ts';
import { scheduleTable } from './done.ts';

const intervals = ['week', 'two_weeks', 'month'] as const;

/** A plan in instalments: first what is wanted, then every date and amount, and only then the agreement. */
export const plan: Page = accountPage((visit) => {
  const { words, account, view } = visit;
  const { say, money } = words;
  const { plan: offer } = offersFor(account, view);
  const title = say('plan.title');
  if (offer.kind === 'not_offered') return notOffered(title, offer, visit);
  const counts = countsOf(offer);
  return {
    title,
    body: [
      html`<p>${accountName(account, words)}</p>`,
      html`<p>${say('plan.text', { total: money(offer.total, account.currency) })}</p>`,
    ],
    form: actForm(visit, {
      fields: (filled) => planFields(filled, offer, visit),
      proposed: {
        instalments: counts.at(Math.min(1, counts.length - 1)) ?? '',
        every: offer.every.at(-1) ?? 'month',
        confirm: 'yes',
      },
      submit: say('plan.show'),
      draft: (form) => ({
        kind: 'plan',
        instalments: Number(form.choice('instalments', counts)),
        every: form.choice('every', intervals) ?? 'month',
        firstDate: form.date('firstDate') ?? '',
        firstAmount:
          form.text('firstAmount') === '' ? undefined : form.amount('firstAmount', digitsOf(account)),
        confirmBy: wantsConfirmation(form, visit),
      }),
      confirm: (answer) => ({
        title: say('plan.checkTitle'),
        body: [html`<p>${say('plan.check')}</p>`, answer.plan && scheduleTable(answer.plan, words)],
        submit: say('plan.submit'),
      }),
    }),
  };
});

function countsOf({ instalmentsMin, instalmentsMax }: PlanOffer): readonly string[] {
  return Array.from({ length: instalmentsMax - instalmentsMin + 1 }, (_, index) =>
    String(instalmentsMin + index),
  );
}

function planFields(filled: Filled, offer: PlanOffer, visit: AccountVisit): Content {
  const { say, money } = visit.words;
  const { firstFrom, firstTo, firstAmountMin, every } = offer;
  const hint = say('plan.firstAmountHint', { amountMin: money(firstAmountMin, visit.account.currency) });
  const counts = countsOf(offer).map((value) => ({ value, label: value }));
  const intervalNames = every.map((value) => ({ value, label: say(`plan.${value}`) }));
  return [
    selectControl({ name: 'instalments', label: say('plan.instalments') }, filled, counts),
    selectControl({ name: 'every', label: say('plan.every') }, filled, intervalNames),
    dateField(filled, visit, {
      name: 'firstDate',
      label: say('plan.firstDate'),
      from: firstFrom,
      to: firstTo,
    }),
    amountField(filled, { name: 'firstAmount', label: say('plan.firstAmount'), hint }),
    confirmField(filled, visit),
  ];
}
