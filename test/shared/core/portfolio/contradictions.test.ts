import { describe, expect, it } from 'vitest';
import { Contradictions } from '#shared/core/portfolio/contradictions.ts';
import { Fingerprints } from '#shared/core/portfolio/fingerprints.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import { feedHash } from '#shared/core/portfolio/to-account.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

/** Problems of each row after those before it. */
function problems(...rows: Record<string, unknown>[]): string[][] {
  const contradictions = new Contradictions();
  return rows.map((changes) => {
    const checked = checkObject(portfolioObject(changes), '2026-03-10');
    if (checked.kind === 'refused') throw new Error(checked.errors[0]?.message);
    return contradictions.note(checked.row, feedHash(checked.row)).map((error) => error.problem);
  });
}

describe('Contradictions', () => {
  it('lets several accounts of a person and exact repeats pass', () => {
    expect(problems({}, { accountId: 'A2' }, {})).toEqual([[], [], []]);
  });

  it('refuses the same account with other figures', () => {
    expect(problems({}, { pastDue: 5 })).toEqual([[], ['account_twice']]);
  });

  it('refuses the same account of another person', () => {
    expect(problems({}, { debtorId: 'D2' })).toEqual([[], ['account_twice']]);
  });

  it('refuses the same person with another number or consent', () => {
    expect(
      problems({}, { accountId: 'A2', phone: '+12025550100' }, { accountId: 'A3', consents: 'sms:none' }),
    ).toEqual([[], ['debtor_differs'], ['debtor_differs']]);
  });
});

describe('Fingerprints', () => {
  it('remembers every key with what was first said of it, however many there are', () => {
    const seen = new Fingerprints();
    const keys = Array.from({ length: 50_000 }, (_, index) => `account-${index}`);
    expect(keys.every((key) => seen.note(key, `says ${key}`) === 'first')).toBe(true);
    expect(keys.every((key) => seen.note(key, `says ${key}`) === 'same')).toBe(true);
    expect(keys.every((key) => seen.note(key, 'else') === 'other')).toBe(true);
    expect(keys.every((key) => seen.note(key, `says ${key}`) === 'same')).toBe(true);
  });
});
