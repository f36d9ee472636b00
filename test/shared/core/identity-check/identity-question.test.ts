import { expect, test } from 'vitest';
import { accountEnding, knownFacts, questionFor } from '#shared/core/identity-check/identity-question.ts';
import { isRight } from '#shared/core/identity-check/right-answer.ts';
import { account, debtor, person } from '#test/builders/person.ts';

const known = person({
  debtor: debtor({ postalCode: 'SW1A 1AA' }),
  accounts: [
    account({ accountId: 'LN-000-4711', attributes: { x_birth_date: '1980-02-29' } }),
    account({
      accountId: 'LN-000-4712',
      attributes: { x_account_ending: '0815', x_birth_date: '1980-02-29' },
    }),
  ],
});

test('asks the first fact of the list that the feed knows, with every answer that is right', () => {
  expect(questionFor(known, ['birth_date', 'postal_code'])).toEqual({
    fact: 'birth_date',
    answers: ['19800229'],
  });
  expect(questionFor(known, ['account_ending'])).toEqual({
    fact: 'account_ending',
    answers: ['4711', '0815'],
  });
});

test('leaves out what the feed does not know', () => {
  const bare = person({ debtor: debtor({}), accounts: [account({ attributes: {} })] });
  expect(knownFacts(bare, ['birth_date', 'postal_code', 'account_ending']).map(({ fact }) => fact)).toEqual([
    'account_ending',
  ]);
  expect(questionFor(bare, ['birth_date'])).toBeNull();
});

test('shows the last four signs of an account id where the feed names no other ending', () => {
  expect(accountEnding(account({ accountId: 'A-1', attributes: {} }))).toBe('A1');
  expect(accountEnding(account({ accountId: 'LN-000-4711', attributes: {} }))).toBe('4711');
});

test.each([
  ['sw1a-1aa', true],
  [' SW1A 1AA ', true],
  ['\uFF33\uFF371A1AA', true],
  ['SW1A 1AB', false],
  ['', false],
  ['SW1A 1AA'.repeat(20), false],
])('hears %j as right: %j', (answer, right) => {
  expect(isRight(answer, { answers: ['SW1A1AA'] })).toBe(right);
});
