import { textLengthMax } from '#shared/contracts/primitives.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import { addDays, instantAt } from '#shared/core/time/local-time.ts';
import { actForm } from '../act-form.ts';
import { noteControl, selectControl, textControl } from '../form-controls.ts';
import type { FormReader } from '../form-reader.ts';
import { html } from '../html.ts';
import { phoneLink } from '../phone-link.ts';
import { accountPage, type Page } from '../page.ts';
import { accountName, digitsOf, todayFor, type AccountVisit } from '../visit.ts';
import { amountField, notOffered } from './agree.ts';

/** Another day of the month on which payments fall due. People carry it out. */
export const dueDate: Page = accountPage((visit) => {
  const { words, account, view } = visit;
  const { say } = words;
  const { dueDateChange: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return notOffered(say('dueDate.title'), offer, visit);
  const days = offer.days.map(String);
  return {
    title: say('dueDate.title'),
    body: [html`<p>${accountName(account, words)}</p>`, html`<p>${say('dueDate.text')}</p>`],
    form: actForm(visit, {
      fields: (filled) =>
        selectControl(
          { name: 'day', label: say('dueDate.day') },
          filled,
          days.map((value) => ({ value, label: value })),
        ),
      submit: say('dueDate.submit'),
      draft: (form) => ({ kind: 'due_date_change', day: Number(form.choice('day', days)) }),
    }),
  };
});

/** A waiver of fees: granted up to a limit, above it decided by a person. */
export const fee: Page = accountPage((visit) => {
  const { words, account, view } = visit;
  const { say, money } = words;
  const { feeWaiver: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return notOffered(say('fee.title'), offer, visit);
  const hint = say('fee.amountHint', { amountMax: money(offer.amountMax, account.currency) });
  return {
    title: say('fee.title'),
    body: [html`<p>${accountName(account, words)}</p>`, html`<p>${say('fee.text')}</p>`],
    form: actForm(visit, {
      fields: (filled) => [
        amountField(filled, { name: 'amount', label: say('fee.amount'), hint }),
        noteControl({ name: 'why', label: say('fee.why') }, filled, textLengthMax),
      ],
      submit: say('fee.submit'),
      draft: (form) => ({
        kind: 'fee_waiver',
        amount: form.amount('amount', digitsOf(account)) ?? 0,
        why: form.text('why'),
      }),
    }),
  };
});

/** That paying is difficult: contact rests and a person looks for a way. */
export const hardship: Page = told('hardship', { isNeeded: false });
/** That the sum or the debt is wrong. */
export const dispute: Page = told('dispute', { isNeeded: true });
/** That somebody else used the account. */
export const fraud: Page = told('fraud', { isNeeded: false });

function told(kind: 'hardship' | 'dispute' | 'fraud', { isNeeded }: { readonly isNeeded: boolean }): Page {
  return accountPage((visit) => {
    const { words, account } = visit;
    const { say } = words;
    const why = (form: FormReader): string =>
      isNeeded ? form.needed('why', 'problem.why') : form.text('why');
    return {
      title: say(`${kind}.title`),
      body: [html`<p>${accountName(account, words)}</p>`, html`<p>${say(`${kind}.text`)}</p>`],
      form: actForm(visit, {
        fields: (filled) =>
          noteControl(
            { name: 'why', label: say(`${kind}.why`), hint: say('note.hint') },
            filled,
            textLengthMax,
          ),
        submit: say(`${kind}.submit`),
        draft: (form) => ({ kind, why: why(form) }),
      }),
    };
  });
}

/** Hours at which somebody may be called back. */
const callHours = ['9', '11', '13', '15', '17'] as const;
/** Furthest day for which a call is taken. */
const callWithinDays = 14;

/** A call back by a person, at a time if one is named. */
export const callMe: Page = accountPage((visit) => {
  const { say, date } = visit.words;
  const { from, to } = callDays(visit);
  const hours = callHours.map((value) => ({
    value,
    label: say('call.hour', { from: `${value}:00`, to: `${String(Number(value) + 2)}:00` }),
  }));
  return {
    title: say('call.title'),
    body: [html`<p>${say('call.text')}</p>`, html`<p>${phoneLink(visit.creditor.phone)}</p>`],
    form: actForm(visit, {
      fields: (filled) => [
        textControl(
          {
            name: 'date',
            label: say('call.date'),
            hint: say('call.dateHint', { from: date(from), to: date(to) }),
          },
          filled,
          { type: 'date', min: from, max: to },
        ),
        selectControl({ name: 'hour', label: say('call.at') }, filled, hours),
        noteControl({ name: 'note', label: say('call.note'), hint: say('note.hint') }, filled, textLengthMax),
      ],
      submit: say('call.submit'),
      draft: (form) => ({ kind: 'call_me', at: wantedCall(form, visit), note: form.text('note') }),
    }),
  };
});

function callDays(visit: AccountVisit): { readonly from: string; readonly to: string } {
  const { date } = todayFor(visit);
  return { from: date, to: addDays(date, callWithinDays) };
}

/** When the person wants to be called; undefined when they named no day. */
function wantedCall(form: FormReader, visit: AccountVisit): number | undefined {
  if (form.text('date') === '') return undefined;
  const day = form.date('date');
  const hour = form.choice('hour', callHours);
  if (day === undefined || hour === undefined) return undefined;
  const { from, to } = callDays(visit);
  const at = instantAt(todayFor(visit).zone, day, Number(hour) * 60);
  const { words, view } = visit;
  if (day < from || day > to || at < view.now)
    form.refuse('date', words.say('call.dateHint', { from: words.date(from), to: words.date(to) }));
  return at;
}
