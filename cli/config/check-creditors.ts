import type { Creditor } from '#shared/contracts/creditor.ts';
import { hasHolidays } from '../holiday-table.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';

/** The zone and the calendar of each creditor are known: by them the days are counted in which a payment may be booked. */
export function creditorErrors(creditors: readonly Sourced<Creditor>[]): ConfigError[] {
  return creditors.flatMap((source) => [...zoneErrors(source), ...calendarErrors(source)]);
}

function zoneErrors(source: Sourced<Creditor>): ConfigError[] {
  const { timeZone } = source.value;
  if (timeZone === undefined || isZone(timeZone)) return [];
  const problem = `is "${timeZone}", which is no time zone`;
  return [errorAt(source, ['timeZone'], { problem, fix: 'write its IANA name, such as Europe/Berlin' })];
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The place whose public holidays are no business days of a creditor. */
export function holidayPlaceOf({ calendar, country }: Pick<Creditor, 'calendar' | 'country'>): string {
  return calendar?.holidays ?? country;
}

function calendarErrors(source: Sourced<Creditor>): ConfigError[] {
  const place = holidayPlaceOf(source.value);
  if (hasHolidays(place)) return [];
  return source.value.calendar === undefined
    ? [
        errorAt(source, ['country'], {
          problem: `is ${place}, whose public holidays are not known`,
          fix: 'add `calendar` with a place whose holidays are observed',
        }),
      ]
    : [
        errorAt(source, ['calendar', 'holidays'], {
          problem: `is "${place}", a place whose public holidays are not known`,
          fix: 'write a country, such as US, or a country and its state, such as US-CA',
        }),
      ];
}
