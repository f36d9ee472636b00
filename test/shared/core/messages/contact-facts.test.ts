import { describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import { contactFacts } from '#shared/core/messages/contact-facts.ts';
import { subjectOf, type ComposeSetting } from '#shared/core/messages/message-subject.ts';
import { isStillMeant } from '#shared/core/messages/still-meant.ts';
import { personalPages } from '#shared/core/links/personal-pages.ts';
import { account, at, person } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';

const madeAt = at('2026-03-02T10:00:00+08:00');
const agreed = {
  debtorId: 'P1',
  accountId: 'A1',
  currency: 'CNY',
  madeAt,
  countsFrom: at('2026-03-02T00:00:00Z'),
  paidBefore: [],
  via: 'page',
} as const;
const promise: PaymentPromise = {
  ...agreed,
  paidBefore: [],
  promiseId: 'pr-1',
  basis: 'promise',
  amount: 100,
  enough: 100,
  dueDate: '2026-03-10',
  settlesAt: at('2026-03-13T00:00:00Z'),
};
const plan: PaymentPlan = {
  ...agreed,
  paidBefore: [],
  planId: 'pl-1',
  instalments: [
    { dueDate: '2026-03-10', amount: 50, settlesAt: at('2026-03-13T00:00:00Z') },
    { dueDate: '2026-04-10', amount: 30, settlesAt: at('2026-04-14T00:00:00Z') },
    { dueDate: '2026-05-10', amount: 20, settlesAt: at('2026-05-13T00:00:00Z') },
  ],
  missedMax: 1,
  reviveWithinMs: 0,
  revivalsMax: 0,
};

function payment(amount: number, day: string): Payment {
  const bookedAt = at(`${day}T12:00:00Z`);
  return { paymentId: `pay-${day}`, debtorId: 'P1', accountId: 'A1', amount, currency: 'CNY', bookedAt };
}

/** A contact about an agreement of a person, at a day. */
function about(
  agreement: string,
  changes: Partial<Person>,
  { day = '2026-03-09', dueDate = '2026-03-10' } = {},
  setting: Partial<ComposeSetting> = {},
) {
  const subject = {
    accountId: 'A1',
    strategy: 'card@1',
    stage: 'agreement',
    step: 'promise-reminder',
    dueDate,
    agreement,
  };
  const contact = { about: [subject], locale: 'en', template: 'promise-reminder' };
  const now = at(`${day}T12:00:00Z`);
  return subjectOf(contact, { person: person(changes), rules: rules(), now, ...setting });
}

function factsOf(context: TemplateContext, ...of: Parameters<typeof about>) {
  return contactFacts(context, about(...of));
}

describe('a message about a promise', () => {
  it('names what is open of it now', () => {
    const facts = factsOf('promise', 'pr-1', { promises: [promise], payments: [payment(40, '2026-03-05')] });
    expect(facts).toMatchObject({
      promise: { amount: 100, paidAmount: 40, currency: 'CNY', dueDate: '2026-03-10' },
      manageUrl: 'https://pay.example.com/',
    });
  });

  it('leads to the pages of the person where it carries a link', () => {
    const pages = personalPages('https://pay.example.com', '7Kq2mX9wB4');
    expect(factsOf('promise', 'pr-1', { promises: [promise] }, {}, { pages })).toMatchObject({
      payUrl: 'https://pay.example.com/p/7Kq2mX9wB4',
      manageUrl: 'https://pay.example.com/a/7Kq2mX9wB4',
    });
  });

  it('cannot be made without the promise', () => {
    expect(factsOf('promise', 'pr-2', { promises: [promise] })).toEqual({ missing: 'no_agreement/pr-2' });
  });
});

describe('a message about an instalment', () => {
  const first = { amount: 50, dueDate: '2026-03-10' };
  const second = { amount: 30, dueDate: '2026-04-10' };
  it.each([
    ['the first, before its date', [], '2026-03-09', { ...first, paidAmount: 0 }],
    ['what is open of it', [payment(20, '2026-03-05')], '2026-03-09', { ...first, paidAmount: 20 }],
    ['the missed one', [], '2026-03-14', { ...first, paidAmount: 0 }],
    ['the next one and what was missed', [], '2026-04-09', { ...second, amount: 80, paidAmount: 0 }],
    ['the next one alone', [payment(50, '2026-03-08')], '2026-04-09', { ...second, paidAmount: 0 }],
  ])('names %s', (_, payments, day, expected) => {
    const { dueDate } = expected;
    const facts = factsOf('promise', 'pl-1', { plans: [plan], payments }, { day, dueDate });
    expect(facts).toMatchObject({ promise: { ...expected, currency: 'CNY' } });
  });

  it('cannot be made where nothing of it is open', () => {
    const early = [payment(100, '2026-03-08')];
    expect(factsOf('promise', 'pl-1', { plans: [plan], payments: early })).toEqual({
      missing: 'no_agreement/pl-1',
    });
  });
});

describe('a confirmation of a plan', () => {
  it('states every figure that was agreed on', () => {
    expect(factsOf('plan', 'pl-1', { plans: [plan] })).toMatchObject({
      plan: {
        instalments: 3,
        total: 100,
        firstAmount: 50,
        amount: 30,
        lastAmount: 20,
        firstDate: '2026-03-10',
        lastDate: '2026-05-10',
      },
    });
  });
});

describe('a receipt', () => {
  it('names what was booked, on which day of the creditor, and what remains', () => {
    const late: Payment = { ...payment(60, '2026-03-05'), bookedAt: at('2026-03-05T23:30:00Z') };
    const facts = factsOf('payment', late.paymentId, {
      payments: [late],
      accounts: [account({ pastDue: 40 })],
    });
    expect(facts).toMatchObject({ payment: { amount: 60, paidOn: '2026-03-05', remaining: 40 } });
  });
});

describe('a survey', () => {
  it('needs a page to answer on', () => {
    expect(factsOf('survey', 'x', {})).toEqual({ missing: 'no_link' });
    const pages = personalPages('https://pay.example.com', '7Kq2mX9wB4');
    expect(factsOf('survey', 'x', {}, {}, { pages })).toMatchObject({
      surveyUrl: 'https://pay.example.com/s/7Kq2mX9wB4',
    });
  });
});

describe('what was decided a while ago', () => {
  it.each([
    ['an open promise', 'pr-1', { promises: [promise] }, true],
    ['a kept promise', 'pr-1', { promises: [promise], payments: [payment(100, '2026-03-05')] }, false],
    [
      'a promise that was withdrawn',
      'pr-1',
      { promises: [{ ...promise, cancelled: { at: madeAt, why: 'withdrawn' as const } }] },
      false,
    ],
    ['a running plan', 'pl-1', { plans: [plan] }, true],
    ['a plan that is paid', 'pl-1', { plans: [plan], payments: [payment(100, '2026-03-05')] }, false],
  ])('is meant still or not: %s', (_, agreement, changes, expected) => {
    expect(isStillMeant(about(agreement, changes))).toBe(expected);
  });
});
