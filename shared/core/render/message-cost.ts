import type { Prices } from '#shared/contracts/prices.ts';
import { countriesOfNumber } from '#shared/core/zones/calling-codes.ts';

/** What is billed of a message: segments of a text message, the length of a call. */
export type BilledMessage =
  | { readonly channel: 'sms'; readonly segments: number }
  | { readonly channel: 'email' }
  | { readonly channel: 'call'; readonly seconds: number };

const secondsInMinute = 60;

/**
 * What a message costs, in millionths of the prices' currency. Where its destination may be in several countries that have
 * prices of their own, the dearest counts: an estimate must not be too low. A call that nobody answered costs nothing.
 *
 * @example costMicros({ channel: 'sms', segments: 2 }, ['US'], prices) // 16_600 at 8_300 a segment
 */
export function costMicros(message: BilledMessage, countries: readonly string[], prices: Prices): number {
  switch (message.channel) {
    case 'sms': {
      const { perSegmentMicros, byCountryMicros } = prices.sms;
      return message.segments * priceAmong(countries, byCountryMicros, perSegmentMicros);
    }
    case 'email':
      return prices.email.perMessageMicros;
    case 'call': {
      const { perStartedMinuteMicros, byCountryMicros } = prices.call;
      const minutes = Math.ceil(message.seconds / secondsInMinute);
      return minutes * priceAmong(countries, byCountryMicros, perStartedMinuteMicros);
    }
  }
}

function priceAmong(
  countries: readonly string[],
  byCountry: Readonly<Record<string, number>>,
  otherwise: number,
): number {
  const own = countries.flatMap((country) => byCountry[country] ?? []);
  return own.length === 0 ? otherwise : Math.max(...own);
}

/** Whose numbers begin with +1 and have prices of their own; an area code does not tell which of the two it is. */
const northAmerican = ['US', 'CA'];

/** The countries that a telephone number in E.164 form may be billed for; none of any other address. */
export function billedCountries(destination: string): readonly string[] {
  const digits = /^\+(\d{7,15})$/u.exec(destination)?.[1];
  if (digits === undefined) return [];
  return digits.startsWith('1') ? northAmerican : countriesOfNumber(digits);
}
