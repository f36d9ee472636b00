import Holidays from 'date-holidays';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { holidayRegion, type HolidayTable } from '#shared/core/permission/holiday-calendar.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { formatLocalDate, parseLocalDate } from '#shared/kernel/local-date.ts';

export type YearRange = { readonly from: number; readonly to: number };

/**
 * The public holidays of every country and state that a pack's calendar names, for whole years, from date-holidays.
 * Throws an Error naming the pack when that library does not know the place.
 */
export function holidayTable(packs: readonly RulePack[], years: YearRange): HolidayTable {
  const table: Record<string, readonly string[]> = {};
  for (const { pack, calendar: named } of packs) {
    const region = named === undefined ? undefined : holidayRegion(named);
    if (region === undefined || region in table) continue;
    const calendar = calendarOf(region);
    if (calendar === undefined) {
      throw new Error(
        `pack ${pack}: no public holidays are known for ${region}; set country to null and list \`dates\``,
      );
    }
    // A region's holidays are worked out when first asked for: most runs of a command meet few countries.
    Object.defineProperty(table, region, { enumerable: true, get: () => datesIn(calendar, years) });
  }
  return table;
}

/** The public holidays of a place for whole years; none where it is not known. */
export function holidaysIn(region: string, years: YearRange): readonly string[] {
  const calendar = calendarOf(region);
  return calendar === undefined ? [] : datesIn(calendar, years);
}

/** Whether public holidays are known for a country, `US`, or one of its states, `US-FL`. */
export function hasHolidays(region: string): boolean {
  return calendarOf(region) !== undefined;
}

/** Holidays of a place by year, each worked out once. */
type RegionCalendar = { readonly holidays: Holidays; readonly byYear: Map<number, readonly string[]> };

const calendars = new Map<string, RegionCalendar>();

function calendarOf(region: string): RegionCalendar | undefined {
  const known = calendars.get(region);
  if (known !== undefined) return known;
  const holidays = openCalendar(region);
  if (holidays === undefined) return undefined;
  const calendar: RegionCalendar = { holidays, byYear: new Map() };
  calendars.set(region, calendar);
  return calendar;
}

/** The library answers a place that it does not know with no holidays at all, or with those of the whole country. */
function openCalendar(region: string): Holidays | undefined {
  const [country = '', state] = region.split('-');
  const holidays = new Holidays();
  if (!(country in holidays.getCountries())) return undefined;
  if (state === undefined) return new Holidays(country);
  // A country without states gives undefined here, whatever the library's types say; spread, it is an empty object.
  return state in { ...holidays.getStates(country) } ? new Holidays(country, state) : undefined;
}

function datesIn({ holidays, byYear }: RegionCalendar, years: YearRange): readonly string[] {
  const dates = new Set<string>();
  for (let year = years.from; year <= years.to; year += 1) {
    const ofYear =
      byYear.get(year) ??
      holidays
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .flatMap(datesOf);
    byYear.set(year, ofYear);
    for (const date of ofYear) dates.add(date);
  }
  return [...dates].sort();
}

/** All dates that a holiday takes up: whole days from its first; a rest of hours is no further day. */
function datesOf(holiday: {
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
}): readonly string[] {
  const first = parseLocalDate(holiday.date.slice(0, 10));
  if (first === undefined) return [];
  const days = Math.max(1, Math.floor((holiday.end.getTime() - holiday.start.getTime()) / dayMs));
  return Array.from({ length: days }, (_, index) => formatLocalDate(first + index));
}
