import { describe, expect, it } from 'vitest';
import { templateVariables } from '#shared/contracts/template.ts';
import { account, creditor, facts, values } from './sample-facts.ts';

describe('templateValues', () => {
  it('has a value for every variable that a template may name', () => {
    expect(Object.keys(values()).sort()).toEqual([...templateVariables].sort());
  });

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
