import type { Act, ActKind } from '#shared/contracts/act.ts';
import type { PaymentPlan } from '#shared/contracts/agreement.ts';
import { html, type Content } from '../html.ts';
import type { Page } from '../page.ts';
import type { Visit } from '../visit.ts';
import type { TextKey, Words } from '../words.ts';

/** What was done, told from its record: the same for a reload, a second click and a second device. */
export const done: Page = (visit) => {
  const { words, view, at, on } = visit;
  const act = view.person.acts.find(({ actId }) => actId === on);
  if (act === undefined) return null;
  const { title, text, more } = told[act.kind](act, visit);
  return {
    title: words.say(title),
    body: [
      more,
      html`<p class="good">${text}</p>`,
      html`<p><a class="button" href="${at('overview')}">${words.say('back.overview')}</a></p>`,
    ],
  };
};

interface Told {
  readonly title: TextKey;
  readonly text: string;
  readonly more?: Content;
}

/** A text that says nothing but that it was done. */
function plainly(title: TextKey, text: TextKey): (act: Act, visit: Visit) => Told {
  return (_act, { words }) => ({ title, text: words.say(text) });
}

const told: Readonly<Record<ActKind, (act: Act, visit: Visit) => Told>> = {
  promise: (act, visit) => promised(act, visit, 'promise'),
  extension: (act, visit) => promised(act, visit, 'extension'),
  plan: ({ made }, { words, view }) => {
    const plan = view.person.plans.find(({ planId }) => planId === made);
    return {
      title: 'plan.doneTitle',
      text: words.say('plan.done'),
      more: plan && scheduleTable(plan, words),
    };
  },
  withdraw: plainly('withdraw.doneTitle', 'withdraw.done'),
  due_date_change: plainly('asked.title', 'dueDate.done'),
  fee_waiver: ({ outcome }, { words }) =>
    outcome === 'done'
      ? { title: 'fee.doneTitle', text: words.say('fee.done') }
      : { title: 'asked.title', text: words.say('fee.referred') },
  hardship: plainly('asked.title', 'hardship.done'),
  dispute: plainly('asked.title', 'dispute.done'),
  fraud: plainly('asked.title', 'fraud.done'),
  call_me: plainly('asked.title', 'call.done'),
  contact_times: plainly('saved.title', 'times.done'),
  language: plainly('saved.title', 'language.done'),
  opt_out: plainly('saved.title', 'channels.doneOut'),
  opt_in: plainly('saved.title', 'channels.doneIn'),
  survey: plainly('survey.doneTitle', 'survey.done'),
  wrong_party: plainly('wrong.doneTitle', 'wrong.done'),
  hold: plainly('asked.title', 'state.held'),
  end_hold: plainly('asked.title', 'asked.done'),
  identity_try: plainly('asked.title', 'asked.done'),
};

function promised({ made }: Act, { words, view }: Visit, kind: 'promise' | 'extension'): Told {
  const promise = view.person.promises.find(({ promiseId }) => promiseId === made);
  const values = {
    amount: promise === undefined ? '' : words.money(promise.amount, promise.currency),
    date: promise === undefined ? '' : words.date(promise.dueDate),
  };
  return { title: `${kind}.doneTitle`, text: words.say(`${kind}.done`, values) };
}

/** Every instalment of a plan with its date. */
export function scheduleTable({ instalments, currency }: PaymentPlan, { say, money, date }: Words): Content {
  return html`<table>
    <caption>
      ${say('plan.schedule')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say('plan.number')}</th>
        <th scope="col">${say('plan.date')}</th>
        <th scope="col" class="figure">${say('plan.amount')}</th>
      </tr>
    </thead>
    <tbody>
      ${instalments.map(
        ({ dueDate, amount }, index) =>
          html`<tr>
            <th scope="row">${index + 1}</th>
            <td>${date(dueDate)}</td>
            <td class="figure">${money(amount, currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
