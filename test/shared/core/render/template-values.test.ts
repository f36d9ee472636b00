import { describe, expect, it } from 'vitest';
import { contextVariables } from '#shared/contracts/template-variables.ts';
import { templateValues } from '#shared/core/render/template-values.ts';
import { account, address, creditor, facts, values } from './sample-facts.ts';

const manageUrl = 'https://pay.example.com/a/1';
function promise(paidAmount = 0) {
  const due = { amount: 120.5, paidAmount, currency: 'USD', dueDate: '2026-11-28' };
  return { context: 'promise', ...address, promise: due, manageUrl } as const;
}
function plan(lastAmount = 40.16) {
  const dates = { firstDate: '2026-12-01', lastDate: '2027-02-01' };
  const terms = {
    instalments: 3,
    total: 120.5,
    firstAmount: 40.17,
    amount: 40.17,
    lastAmount,
    currency: 'USD',
    ...dates,
  };
  return { context: 'plan', ...address, plan: terms, manageUrl } as const;
}
function payment(remaining = 20) {
  const booked = { amount: 100.5, currency: 'USD', paidOn: '2026-11-20', remaining };
  return { context: 'payment', ...address, payment: booked } as const;
}
const survey = { context: 'survey', ...address, surveyUrl: 'https://pay.example.com/s/1' } as const;

describe('templateValues', () => {
  it.each([facts(), promise(), plan(), payment(), survey])(
    'has a value for every variable that a text of its context may name: $context',
    (of) => {
      const { context, ...named } = templateValues(of);
      expect(Object.keys(named).sort()).toEqual([...contextVariables[context]].sort());
    },
  );

  it('names what is past due, since when, and the day to pay by', () => {
    expect(values()).toMatchObject({
      amountDue: '$120.50',
      daysPastDue: 20,
      dueDate: 'Nov 1, 2026',
      payBy: 'Nov 28, 2026',
      accountCount: 1,
    });
  });

  it("uses the step's own time to pay", () => {
    expect(values({ payWithinDays: 10 }).payBy).toBe('Dec 1, 2026');
  });

  it('names the minimum and the due date before anything is past due', () => {
    const accounts = [account({ pastDue: 0, instalments: [], dueDate: '2026-11-24' })] as const;
    expect(values({ accounts })).toMatchObject({
      amountDue: '$60.00',
      daysPastDue: 0,
      payBy: 'Nov 24, 2026',
    });
  });

  it('adds up the accounts by currency, the leading one first', () => {
    const accounts = [account(), account({ pastDue: 80 }), account({ currency: 'EUR', pastDue: 5 })] as const;
    expect(values({ accounts })).toMatchObject({ amountDue: '$200.50 + €5.00', accountCount: 3 });
  });

  it.each([
    ['zh-CN', 'CNY', '¥120.50', '2026年11月1日'],
    ['zh-TW', 'TWD', '$120.50', '2026年11月1日'],
    ['es', 'EUR', '120,50 €', '1 nov 2026'],
    ['en', 'JPY', '¥121', 'Nov 1, 2026'],
  ])('%s writes %s as its readers do', (locale, currency, amountDue, dueDate) => {
    expect(values({ locale, accounts: [account({ currency })] })).toMatchObject({ amountDue, dueDate });
  });

  it('writes a currency sign outside the GSM alphabet as a code, so that the price of a text message stays', () => {
    expect(values({ accounts: [account({ currency: 'INR' })] }).amountDue).toBe('INR 120.50');
  });

  it('makes one short line of a name, whatever the feed put into it', () => {
    const debtor = { givenName: ' Ana\r\nBcc: x@example.com\u200B ', familyName: 'x'.repeat(500) };
    const { givenName, familyName } = values({ debtor });
    expect(givenName).toBe('Ana Bcc: x@example.com');
    expect(familyName).toHaveLength(60);
  });

  it('tells of a promise what was promised, what of it is open, and for when', () => {
    expect(templateValues(promise())).toMatchObject({
      promiseAmount: '$120.50',
      promiseOpenAmount: '$120.50',
      promiseDate: 'Nov 28, 2026',
      manageUrl,
    });
    expect(templateValues(promise(100)).promiseOpenAmount).toBe('$20.50');
    expect(templateValues(promise(200)).promiseOpenAmount).toBe('$0.00');
  });

  it('tells of a plan its sum and each figure that the person would agree to', () => {
    expect(templateValues(plan())).toMatchObject({
      planTotal: '$120.50',
      planInstalments: 3,
      planFirstAmount: '$40.17',
      planInstalmentAmount: '$40.17',
      planLastAmount: '$40.16',
      planFirstDate: 'Dec 1, 2026',
      planLastDate: 'Feb 1, 2027',
    });
  });

  it('tells of a payment what remains, or nothing where nothing does', () => {
    expect(templateValues(payment())).toMatchObject({
      paidAmount: '$100.50',
      paidDate: 'Nov 20, 2026',
      remainingAmount: '$20.00',
    });
    expect(templateValues(payment(0)).remainingAmount).toBe('');
  });

  it("writes the amounts of every context in the text's language", () => {
    const spanish = { ...address, locale: 'es' };
    expect(templateValues({ ...promise(), ...spanish }).promiseAmount).toBe('120,50 US$');
    expect(templateValues({ ...plan(), ...spanish }).planFirstDate).toBe('1 dic 2026');
    expect(templateValues({ ...payment(), ...spanish }).paidDate).toBe('20 nov 2026');
  });

  it.each([
    ['zh-CN', '示例银行'],
    ['zh-SG', '示例银行'],
    ['fr', 'Demo Bank'],
  ])('names the creditor in %s as %s', (locale, expected) => {
    expect(values({ locale }).creditorName).toBe(expected);
  });

  it('refuses a creditor whose file was never checked', () => {
    const unchecked = facts({ creditor: { ...creditor, names: { de: 'Bank' } } });
    expect(() => values(unchecked)).toThrow('demo-bank has no name in en');
  });
});
