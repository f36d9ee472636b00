import { isDeepStrictEqual } from 'node:util';
import type { Consent, Debtor } from '#shared/contracts/debtor.ts';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** What of a person's profile, once changed, makes a contact under way wrong: where it goes, when it may, whether it may. */
const stoppingFields = [
  'phone',
  'phoneKind',
  'email',
  'timeZone',
  'country',
  'region',
  'postalCode',
  'consents',
] as const satisfies readonly (keyof Debtor)[];

/**
 * The person that a row tells of. A row's consents carry no date: one that was told before keeps the date of its first
 * telling (so the same file again changes nothing), a new one gets `now`. An opt-out stays until a row names its channel
 * with another level: silence (a file without the column) never makes anybody reachable again.
 */
export function toDebtor(row: PortfolioRow, stored: Debtor | undefined, now: Instant): Debtor {
  const { debtorId, givenName, familyName, locale, language, country } = row;
  return {
    debtorId,
    givenName,
    familyName,
    locale,
    ...(language !== undefined && { language }),
    country,
    ...homeOf(row),
    ...addressesOf(row),
    consents: mergeConsents(row.consents ?? [], stored?.consents ?? [], now),
  };
}

function homeOf({
  region,
  postalCode,
  timeZone,
}: PortfolioRow): Pick<Debtor, 'region' | 'postalCode' | 'timeZone'> {
  return {
    ...(region !== undefined && { region }),
    ...(postalCode !== undefined && { postalCode }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

function addressesOf({
  phone,
  phoneKind,
  email,
}: PortfolioRow): Pick<Debtor, 'phone' | 'phoneKind' | 'email'> {
  return {
    ...(phone !== undefined && { phone }),
    ...(phoneKind !== undefined && { phoneKind }),
    ...(email !== undefined && { email }),
  };
}

function mergeConsents(
  told: NonNullable<PortfolioRow['consents']>,
  stored: readonly Consent[],
  now: Instant,
): Consent[] {
  const kept = stored.filter(
    (consent) => consent.level === 'optout' && !told.some((one) => one.channel === consent.channel),
  );
  const current = told.map(
    ({ channel, level }): Consent =>
      stored.find((consent) => consent.channel === channel && consent.level === level) ?? {
        channel,
        level,
        at: now,
      },
  );
  return [...current, ...kept].sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

/** Whether a contact planned on the old profile must not go out any more. */
export function stopsContact(stored: Debtor, told: Debtor): boolean {
  return stoppingFields.some((field) => !isDeepStrictEqual(stored[field], told[field]));
}
