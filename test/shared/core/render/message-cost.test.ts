import { describe, expect, it } from 'vitest';
import type { Prices } from '#shared/contracts/prices.ts';
import { billedCountries, costMicros } from '#shared/core/render/message-cost.ts';

const prices: Prices = {
  currency: 'USD',
  sms: { perSegmentMicros: 80_000, byCountryMicros: { US: 8_300, CA: 9_000, GB: 45_000, GG: 60_000 } },
  email: { perMessageMicros: 100 },
  call: { perStartedMinuteMicros: 150_000, byCountryMicros: { CN: 60_000 } },
};

describe('costMicros', () => {
  it.each([
    ['a text message by its segments', { channel: 'sms', segments: 2 } as const, ['US'], 16_600],
    ['a country without a price of its own', { channel: 'sms', segments: 1 } as const, ['FR'], 80_000],
    ['an unknown country', { channel: 'sms', segments: 3 } as const, [], 240_000],
    [
      'the dearest of several countries',
      { channel: 'sms', segments: 1 } as const,
      ['GB', 'GG', 'IM'],
      60_000,
    ],
    ['an e-mail, wherever it goes', { channel: 'email' } as const, ['US'], 100],
    ['a minute that a call has begun', { channel: 'call', seconds: 61 } as const, ['CN'], 120_000],
    ['a whole minute', { channel: 'call', seconds: 60 } as const, ['CN'], 60_000],
    ['a call elsewhere', { channel: 'call', seconds: 1 } as const, ['US'], 150_000],
    ['a call that nobody answered', { channel: 'call', seconds: 0 } as const, ['CN'], 0],
  ])('bills %s', (_title, message, countries, micros) => {
    expect(costMicros(message, countries, prices)).toBe(micros);
  });
});

describe('billedCountries', () => {
  it.each([
    ['+12025550100', ['US', 'CA']],
    ['+447700900123', ['GB', 'GG', 'IM', 'JE']],
    ['+8615400000001', ['CN']],
    ['care@example.com', []],
    ['12025550100', []],
  ])('%s is billed for %j', (destination, countries) => {
    expect(billedCountries(destination)).toEqual(countries);
  });
});
