import { describe, expect, it } from 'vitest';
import { accountItem, attemptItem, profileItem } from '#functions/_adapters/dynamodb/items.ts';
import { readPerson } from '#functions/_adapters/dynamodb/read-person.ts';
import { account, debtor } from '#test/builders/person.ts';
import { P1, entry } from '#test/builders/stored.ts';

const head = { PK: 'debtor#P1', SK: 'person', layout: 1, version: 4 };

describe('reading a person from their items', () => {
  it('gives each kind of item its place and drops what only the table needs', () => {
    const person = readPerson(P1, [
      accountItem(account()),
      attemptItem(entry()),
      head,
      profileItem(debtor()),
    ]);
    expect(person).toMatchObject({
      version: 4,
      debtor: debtor(),
      accounts: [account()],
      attempts: [entry()],
    });
    expect(Object.keys(person.attempts[0]!).sort()).toEqual(Object.keys(entry()).sort());
  });

  it('passes over a field that a newer release has added', () => {
    const item = { ...accountItem(account()), addedLater: 'x' };
    expect(readPerson(P1, [item]).accounts).toEqual([account()]);
  });

  it.each([
    [
      'an item of a kind it does not know',
      { PK: 'debtor#P1', SK: 'note#h-1', layout: 1 },
      /note#h-1 of a kind/,
    ],
    ['an item in another layout', { ...head, layout: 2 }, /layout/],
    ['an item without a layout', { PK: 'debtor#P1', SK: 'person', version: 4 }, /layout/],
    ['a wrong value', { ...accountItem(account()), pastDue: '100' }, /account#A1 cannot be read[^]*pastDue/],
    ['a missing field', { ...head, version: undefined }, /person cannot be read[^]*version/],
  ])('refuses %s, so that nobody is contacted on facts half understood', (_, item, message) => {
    expect(() => readPerson(P1, [head, item])).toThrow(message);
  });
});
