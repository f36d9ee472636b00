import { expect, it } from 'vitest';
import { assertDistinctFeeds } from '#shared/core/identity/assert-distinct-feeds.ts';

const feed = (debtorId: string, ...accountIds: string[]) => ({
  debtorId,
  accounts: accountIds.map((accountId) => ({ accountId })),
});

it.each([
  ['one person twice', [feed('P1', 'A1'), feed('P2'), feed('P1', 'A2')], 'Debtor P1 is there twice'],
  ['one account twice', [feed('P1', 'A1', 'A1')], 'Account A1 is there twice'],
])('refuses %s', (_, changes, message) => {
  expect(() => assertDistinctFeeds(changes)).toThrow(message);
});

it('takes different people, whatever they call their accounts', () => {
  expect(() => assertDistinctFeeds([feed('P1', 'A1', 'A2'), feed('P2', 'A1'), feed('P3')])).not.toThrow();
});
