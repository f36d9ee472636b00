import { describe, expect, test } from 'vitest';
import { zoneNamed } from '#shared/core/time/zone.ts';
import { zonesOfCountry } from '#shared/core/zones/country-zones.ts';
import { zonesOf, type WhereAbouts } from '#shared/core/zones/zones-of.ts';

const found = (where: WhereAbouts) => zonesOf(where).map(({ zone, evidence }) => `${evidence} ${zone}`);

describe('zonesOf', () => {
  test.each<[string, WhereAbouts, string[]]>([
    ['what the person says', { timeZone: 'Asia/Tokyo' }, ['stated Asia/Tokyo']],
    ['a zone that does not exist says nothing', { timeZone: 'Mars/Base' }, []],
    ['a country of one zone', { country: 'JP' }, ['address Asia/Tokyo']],
    ['the state', { country: 'US', region: 'CA' }, ['address America/Los_Angeles']],
    ['a state that a border of zones runs through', { country: 'US', region: 'TN' }, ['address America/New_York', 'address America/Chicago']],
    ['the postal code settles it', { country: 'US', region: 'TN', postalCode: '38103' }, ['address America/Chicago']],
    ['the postal code alone', { country: 'US', postalCode: '33101-1234' }, ['address America/New_York']],
    ['state and postal code that contradict each other both stand', { country: 'US', region: 'NY', postalCode: '90001' }, ['address America/New_York', 'address America/Los_Angeles']],
    ['a military address has no place: the whole country', { country: 'US', postalCode: '09012' }, ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'America/Adak', 'Pacific/Honolulu'].map((zone) => `address ${zone}`)],
    ['a number that moved with its owner is no address', { country: 'US', region: 'CA', phone: '+12125550123' }, ['address America/Los_Angeles', 'number America/New_York']],
    ['a number of the same clock', { country: 'GB', phone: '+447700900123' }, ['address Europe/London', 'number Europe/London']],
    ['a number of a country with several zones says no more than the address', { country: 'AU', region: 'QLD', phone: '+61491570006' }, ['address Australia/Brisbane', 'number Australia/Brisbane']],
    ['fictional numbers keep their area', { phone: '+13055550100' }, ['number America/New_York']],
    ['an area code on a border of zones', { phone: '+18505550100' }, ['number America/Chicago', 'number America/New_York']],
    ['a toll-free number has no place', { phone: '+18005550100' }, []],
    ['nor has an international freephone one', { phone: '+80000000001' }, []],
    ['an unassigned area code', { phone: '+15555550100' }, []],
    ['a number that is too short', { phone: '+1200000' }, []],
    ['no E.164', { phone: '2125550123' }, []],
    ['Kazakhstan shares +7 with Russia', { phone: '+77010000001' }, ['number Asia/Almaty']],
    ['mainland China has two clocks in use', { country: 'CN' }, ['address Asia/Shanghai', 'address Asia/Urumqi']],
    ['but only Xinjiang uses the second', { country: 'CN', region: 'GD', phone: '+8613800000001' }, ['address Asia/Shanghai', 'number Asia/Shanghai']],
    ['a statement settles a country of many zones', { country: 'US', timeZone: 'America/Detroit' }, ['stated America/Detroit', 'address America/New_York']],
    ['a statement against the address: both', { country: 'JP', timeZone: 'Europe/Paris' }, ['stated Europe/Paris', 'address Asia/Tokyo']],
    ['an unknown country', { country: 'XX' }, []],
    ['nothing known', {}, []],
  ])('%s', (_name, where, expected) => {
    expect(found(where)).toEqual(expected);
  }); // prettier-ignore
});

/** Clocks of 2025 to 2027 as one text: zones with the same text are the same clock. */
function clockOf(name: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const days = Array.from({ length: 365 }, (_, index) => Date.UTC(2025, 0, 1) + index * 3 * 86_400_000);
  return days.map((at) => format.format(at).split(', ')[1]).join();
}

test('the list of countries has every clock that the platform knows of in each of them', () => {
  const clocks = new Map<string, string>();
  const clock = (name: string) => clocks.get(name) ?? clocks.set(name, clockOf(name)).get(name)!;
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const lacking = letters.flatMap((first) =>
    letters.flatMap((second) => {
      const ours = zonesOfCountry(first + second);
      if (ours.length === 0) return [];
      const have = new Set(ours.map(clock));
      // The platform has it; the language's declarations do not yet.
      const locale = new Intl.Locale(`und-${first}${second}`) as Intl.Locale & {
        getTimeZones(): string[] | undefined;
      };
      const platform = locale.getTimeZones() ?? [];
      return platform.filter((name) => !have.has(clock(name))).map((name) => `${first}${second} ${name}`);
    }),
  );
  expect(lacking).toEqual([]);
}, 60_000);

test('every zone that the tables name exists', () => {
  const countries = ['US', 'CA', 'AU', 'BR', 'MX', 'ID', 'ES', 'PT', 'CN', 'EC', 'NZ', 'RU'];
  const zones = countries.flatMap((country) => zonesOfCountry(country));
  expect(zones.filter((zone) => zoneNamed(zone) === undefined)).toEqual([]);
  const states = 'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'; // prettier-ignore
  for (const region of states.split(' '))
    expect(zonesOf({ country: 'US', region }).length).toBeLessThanOrEqual(2);
});
