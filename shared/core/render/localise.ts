import type { LocalDate } from '#shared/contracts/primitives.ts';
import { isGsm7 } from './sms-segments.ts';

const moneyFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * An amount as the locale writes it. A currency sign outside the GSM alphabet in a text that is otherwise within it would
 * double the price of a text message, so languages written in Latin letters get the three-letter code instead.
 *
 * @example moneyText(1234.5, 'INR', 'en') // 'INR 1,234.50'
 */
export function moneyText(amount: number, currency: string, locale: string): string {
  const text = plainSpaces(moneyFormat(currency, locale, 'symbol').format(amount));
  if (isGsm7(text) || locale.startsWith('zh')) return text;
  return plainSpaces(moneyFormat(currency, locale, 'code').format(amount));
}

/**
 * A calendar date with the month in words where the language has them, so that no reader takes day and month for each other.
 *
 * @example localDateText('2026-03-02', 'en') // 'Mar 2, 2026'
 */
export function localDateText(date: LocalDate, locale: string): string {
  let format = dateFormats.get(locale);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    dateFormats.set(locale, format);
  }
  return plainSpaces(format.format(Date.parse(`${date}T00:00:00Z`)));
}

function moneyFormat(currency: string, locale: string, display: 'symbol' | 'code'): Intl.NumberFormat {
  const key = `${locale} ${currency} ${display}`;
  let format = moneyFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: display });
    moneyFormats.set(key, format);
  }
  return format;
}

/** No-break spaces are not in the GSM alphabet. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00A0\u202F\u2009]/gu, ' ');
}
