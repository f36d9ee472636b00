import { describe, expect, it } from 'vitest';
import { contactCost } from '#cli/preview/contact-cost.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Prices } from '#shared/contracts/prices.ts';
import { debtor, person } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { entry } from '#test/builders/stored.ts';

const prices: Prices = {
  currency: 'USD',
  sms: { perSegmentMicros: 80_000, byCountryMicros: { CN: 35_000 } },
  email: { perMessageMicros: 100 },
  call: { perStartedMinuteMicros: 150_000, byCountryMicros: { CN: 60_000 } },
};

/** A contact to the person in Shanghai about their account. */
function contact(changes: Partial<LedgerEntry>): LedgerEntry {
  return entry({ template: 'notice', destination: '+8613900000001', ...changes });
}

describe('what a contact costs', () => {
  const costOf = contactCost(rules(), prices)!;

  it.each<[string, Partial<LedgerEntry>, number]>([
    ['of a text message is that of its segments, where the number is', { channel: 'sms' }, 35_000],
    [
      'of a text message to another country is that of the price for all',
      { channel: 'sms', destination: '+447700900001' },
      80_000,
    ],
    ['of an e-mail is the same for each', { channel: 'email', destination: 'mei.lin@example.com' }, 100],
    [
      'of a call that is answered is that of the minutes it begins',
      { channel: 'call', state: 'conversation' },
      60_000,
    ],
    ['of a call that nobody answers is nothing', { channel: 'call', state: 'no_answer' }, 0],
  ])('%s', (_, changes, micros) => {
    expect(costOf(contact(changes), person())).toBe(micros);
  });

  it('counts the segments of the text as this person would read it', () => {
    const long = rules({
      templates: [
        {
          ...{ name: 'notice', locale: 'en', context: 'overdue', channel: 'sms', elements: [] },
          body: `Dear {{familyName}}, ${'please call us about your account. '.repeat(4)}`,
        },
      ],
    });
    const who = person({ debtor: debtor({ familyName: '林' }) });
    expect(contactCost(long, prices)!(contact({ channel: 'sms' }), who)).toBe(3 * 35_000);
    expect(contactCost(long, prices)!(contact({ channel: 'sms' }), person())).toBe(35_000);
  });

  it('is not known without prices', () => {
    expect(contactCost(rules(), undefined)).toBe(null);
  });
});
