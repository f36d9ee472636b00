import { expect, test } from 'vitest';
import { isAtAddress } from '#shared/core/inbound/is-at-address.ts';
import { dayMs, toInstant } from '#shared/kernel/instant.ts';
import { debtor, person } from '#test/builders/person.ts';
import { entry, noon } from '#test/builders/stored.ts';

const phone = '+12025550101';
const former = '+12025550102';
const daysAgo = (days: number) => toInstant(noon - days * dayMs);
const contactedAt = (destination: string, days: number) =>
  person({
    debtor: debtor({ phone, email: 'mei.lin@example.com' }),
    attempts: [entry({ destination, reservedAt: daysAgo(days) })],
  });

test.each([
  ['the number of the profile', phone, 1, true],
  ['the e-mail address of the profile, written otherwise', 'Mei.Lin@EXAMPLE.com', 1, true],
  ['a number at which they were contacted last year', former, 399, true],
  ['a number at which they were contacted longer ago', former, 400, false],
  ['a number of somebody else', '+12025550103', 1, false],
])('looks for a person at %s', (_, address, days, isThere) => {
  expect(isAtAddress(contactedAt(former, days), address, noon)).toBe(isThere);
});

test('finds nobody who has neither profile nor contacts', () => {
  const { debtor: _, ...bare } = person();
  expect(isAtAddress(bare, phone, noon)).toBe(false);
});
