import { describe, expect, it } from 'vitest';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import { applyPayment } from '#shared/core/payments/apply-payment.ts';
import { feedChange, type StoredFeed } from '#shared/core/portfolio/feed-change.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import { feedHash, type ToldRow } from '#shared/core/portfolio/to-account.ts';
import { at } from '#test/builders/person.ts';
import { payment } from '#test/builders/stored.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

const moment = { now: at('2026-03-10T00:00:00Z'), today: '2026-03-10' };
const later = { now: at('2026-03-11T00:00:00Z'), today: '2026-03-11' };
const nothing: StoredFeed = { accounts: [] };

function told(changes: Readonly<Record<string, unknown>> = {}): ToldRow {
  const checked = checkObject(portfolioObject(changes), moment.today);
  if (checked.kind === 'refused') throw new Error(checked.errors[0]?.message);
  const row: PortfolioRow = checked.row;
  return { row, feedHash: feedHash(row) };
}

/** What is stored once a row has been taken. */
function stored(changes: Readonly<Record<string, unknown>> = {}): StoredFeed {
  const { change } = feedChange([told(changes)], nothing, moment);
  return { debtor: change?.debtor, accounts: change?.accounts ?? [] };
}

describe('feedChange', () => {
  it('writes a new person with all accounts and stops nothing', () => {
    const { change, outcomes } = feedChange([told(), told({ accountId: 'A2' })], nothing, moment);
    expect(outcomes).toEqual(['imported', 'imported']);
    expect(change).toMatchObject({
      debtorId: 'P1',
      stops: false,
      debtor: { givenName: 'Mei', consents: [] },
    });
    expect(change?.accounts.map((one) => [one.accountId, one.creditor, one.pastDue])).toEqual([
      ['A1', 'demo-bank', 100],
      ['A2', 'demo-bank', 100],
    ]);
  });

  it('changes nothing when the same row comes again', () => {
    const feed = feedChange([told()], stored(), later);
    expect(feed).toEqual({ change: null, outcomes: ['unchanged'] });
  });

  it('changes nothing when the same row comes again after a payment', () => {
    const { debtor, accounts } = stored();
    const paid = accounts.map((one) => applyPayment(one, { ...payment(), amount: 40 }, later.now).account);
    expect(feedChange([told()], { debtor, accounts: paid }, later).change).toBeNull();
  });

  it('cures an account that is no longer past due, and stops what is under way', () => {
    const { change, outcomes } = feedChange([told({ pastDue: 0, dueDate: '2026-04-01' })], stored(), later);
    expect(outcomes).toEqual(['cured']);
    expect(change).toMatchObject({ stops: true, accounts: [{ pastDue: 0, instalments: [] }] });
    expect(change && 'debtor' in change).toBe(false);
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['telephone number', { phone: '+12025550111' }, true],
    ['e-mail address', { email: 'mei@example.com' }, true],
    ['time zone', { timeZone: 'Asia/Urumqi' }, true],
    ['country', { country: 'HK' }, true],
    ['postal code', { postalCode: '200001' }, true],
    ['consent', { consents: 'sms:optout' }, true],
    ['name', { givenName: 'Meilin' }, false],
    ['language', { language: 'en' }, false],
  ])('a new %s is written; it stops what is under way: %s', (_name, changes, stops) => {
    const { change, outcomes } = feedChange([told(changes)], stored(), later);
    expect(outcomes).toEqual(['imported']);
    expect(change).toMatchObject({ accounts: [], stops });
  });

  it('makes an account younger when the feed moves its due date forward', () => {
    const { change } = feedChange([told({ dueDate: '2026-03-05', pastDue: 50 })], stored(), later);
    expect(change?.accounts[0]?.agedSince).toBe(later.now);
  });

  it('keeps since when it is younger as long as the due date stays, and forgets it when the date moves back', () => {
    const moved =
      feedChange([told({ dueDate: '2026-03-05', pastDue: 50 })], stored(), later).change?.accounts ?? [];
    const { debtor } = stored();
    const same = feedChange(
      [told({ dueDate: '2026-03-05', pastDue: 49 })],
      { debtor, accounts: moved },
      moment,
    );
    expect(same.change?.accounts[0]?.agedSince).toBe(later.now);
    const back = feedChange(
      [told({ dueDate: '2026-02-05', pastDue: 50 })],
      { debtor, accounts: moved },
      moment,
    );
    expect(back.change?.accounts[0]).not.toHaveProperty('agedSince');
  });

  it('gives a consent the moment at which it was first told, and keeps it', () => {
    const before = stored({ consents: 'sms:express' });
    const { change } = feedChange([told({ consents: 'call:none;sms:express' })], before, later);
    expect(change?.debtor?.consents).toEqual([
      { channel: 'call', level: 'none', at: later.now },
      { channel: 'sms', level: 'express', at: moment.now },
    ]);
  });

  it('keeps an opt-out that a later file does not mention', () => {
    const before = stored({ consents: 'sms:optout;call:express' });
    const { change } = feedChange([told({ consents: '' })], before, later);
    expect(change?.debtor?.consents).toEqual([{ channel: 'sms', level: 'optout', at: moment.now }]);
  });

  it('lifts an opt-out only by another word on its channel', () => {
    const before = stored({ consents: 'sms:optout' });
    const { change } = feedChange([told({ consents: 'sms:express' })], before, later);
    expect(change?.debtor?.consents).toEqual([{ channel: 'sms', level: 'express', at: later.now }]);
  });
});

describe('feedHash', () => {
  it.each<[string, Record<string, unknown>]>([
    ['balance', { balance: '999' }],
    ['past due', { pastDue: '99.99' }],
    ['minimum due', { minimumDue: '1' }],
    ['due date', { dueDate: '2026-02-28' }],
    ['product', { product: 'loan' }],
    ['currency', { currency: 'USD' }],
    ['creditor', { creditor: 'other' }],
    ['risk', { riskScore: 0.5 }],
    ['an attribute', { x_a: 'b' }],
    ['the person', { debtorId: 'D2' }],
  ])('differs when %s differs', (_name, changes) => {
    expect(told(changes).feedHash).not.toBe(told().feedHash);
  });

  it('is the same for other words of the same thing, and whatever is said of the person', () => {
    const same = told({
      balance: '1000',
      x_a: '1',
      x_b: '2',
      givenName: 'May',
      phone: '+12025550100',
      daysPastDue: 9,
    });
    expect(told({ balance: '1000.00', x_b: '2', x_a: '1' }).feedHash).toBe(same.feedHash);
  });
});
