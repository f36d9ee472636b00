import type { ZoneOfDebtor } from '#shared/core/permission/contact-request.ts';
import { segmentAt, zoneNamed } from '#shared/core/time/zone.ts';
import { countriesOfNumber } from './calling-codes.ts';
import { zonesOfCountry } from './country-zones.ts';
import { zonesOfAreaCode } from './north-american-area-codes.ts';
import { zonesOfPostalCode } from './postal-zones.ts';
import { zonesOfSubdivision } from './subdivision-zones.ts';

/** What may tell where a person's clock is. Country and region as in ISO 3166, the telephone number as in E.164. */
export type WhereAbouts = {
  readonly timeZone?: string | undefined;
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly phone?: string | undefined;
};

/**
 * Every zone that a person may be in, with what speaks for it: their own statement, the address, the telephone number.
 * Where evidence contradicts itself all of it stands, since a contact must be permitted wherever the person is. What is
 * unknown gives several zones or none, never a guess; a number that moved with its owner is no address.
 *
 * @example zonesOf({ country: 'US', region: 'CA', phone: '+12125550123' })
 *   // [{ zone: 'America/Los_Angeles', evidence: 'address' }, { zone: 'America/New_York', evidence: 'number' }]
 */
export function zonesOf(where: WhereAbouts): readonly ZoneOfDebtor[] {
  const stated =
    where.timeZone !== undefined && zoneNamed(where.timeZone) !== undefined ? [where.timeZone] : [];
  const address = narrowedBy(stated, zonesOfAddress(where));
  const number = narrowedBy([...stated, ...address], zonesOfNumber(where.phone ?? ''));
  return [
    ...stated.map((zone): ZoneOfDebtor => ({ zone, evidence: 'stated' })),
    ...address.map((zone): ZoneOfDebtor => ({ zone, evidence: 'address' })),
    ...number.map((zone): ZoneOfDebtor => ({ zone, evidence: 'number' })),
  ];
}

function zonesOfAddress({ country, region, postalCode }: WhereAbouts): readonly string[] {
  if (country === undefined) return [];
  const zones = zonesOfCountry(country);
  if (zones.length < 2) return zones;
  const byRegion = region === undefined ? [] : zonesOfSubdivision(country, region);
  const byCode = postalCode === undefined ? [] : zonesOfPostalCode(country, postalCode);
  if (byRegion.length === 0 && byCode.length === 0) return zones;
  if (byRegion.length === 0) return byCode;
  return narrowedBy(byCode, byRegion, byCode);
}

function zonesOfNumber(phone: string): readonly string[] {
  const digits = /^\+(\d{7,15})$/.exec(phone)?.[1];
  if (digits === undefined) return [];
  if (digits.startsWith('1')) return digits.length === 11 ? zonesOfAreaCode(digits.slice(1, 4)) : [];
  return withoutTwins(countriesOfNumber(digits).flatMap(zonesOfCountry));
}

/**
 * Evidence that allows several zones says no more than what is known already when that is among them. When it is not,
 * the evidence contradicts: all of it stands, together with `beside`.
 */
function narrowedBy(
  known: readonly string[],
  candidates: readonly string[],
  beside: readonly string[] = [],
): readonly string[] {
  const common = candidates.filter((candidate) => known.some((zone) => haveOneClock(zone, candidate)));
  return common.length > 0 ? common : [...new Set([...candidates, ...beside])];
}

/** Of several names of one clock the first: islands that share a calling code mostly share its clock. */
function withoutTwins(zones: readonly string[]): readonly string[] {
  return zones.filter((zone, index) => zones.findIndex((other) => haveOneClock(zone, other)) === index);
}

/** Two names of one clock agree in the middle of winter and of summer. */
const january = Date.UTC(2026, 0, 15);
const july = Date.UTC(2026, 6, 15);

function haveOneClock(one: string, other: string): boolean {
  return (
    one === other ||
    (offsetAt(one, january) === offsetAt(other, january) && offsetAt(one, july) === offsetAt(other, july))
  );
}

function offsetAt(name: string, at: number): number | undefined {
  const zone = zoneNamed(name);
  return zone === undefined ? undefined : segmentAt(zone, at).offsetMs;
}
