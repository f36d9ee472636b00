import type { Jurisdiction } from '#shared/contracts/permission.ts';
import type { Attach } from '#shared/contracts/rule-pack.ts';
import type { CompiledPacks } from './compile-packs.ts';

/** The pack that stands in where no other is known to bind the contact. */
const fallbackPack = 'base-strict';

/**
 * The packs that bind a contact, by id and in the order of their ids: every one whose attachment the jurisdiction
 * meets, so that country, state and city come together. Where none does, `base-strict`.
 */
export function resolvePacks(
  jurisdiction: Jurisdiction | undefined,
  packs: CompiledPacks,
): readonly string[] {
  if (jurisdiction === undefined) return [fallbackPack];
  const countries = countriesOf(jurisdiction);
  const attachments = countries.flatMap((country) => packs.attachmentsIn.get(country) ?? []);
  const bound = attachments.filter((one) => meets(jurisdiction, one)).map(({ pack }) => pack);
  if (bound.length === 0) return [fallbackPack];
  // Those of one country are in order, and each is there once.
  return countries.length === 1 ? bound : [...new Set(bound)].sort();
}

/** The countries that a jurisdiction names, each once. */
function countriesOf({ institution, residence, numberArea }: Jurisdiction): readonly string[] {
  const countries: string[] = [];
  for (const place of [institution, residence, numberArea]) {
    const country = place?.slice(0, 2);
    if (country !== undefined && !countries.includes(country)) countries.push(country);
  }
  return countries;
}

/** The fact of a jurisdiction by which a pack binds a contact; null when it does so by being named, or as the fallback. */
export type PackAttached = { readonly by: Attach['by']; readonly place: string };

export function attachedBy(
  jurisdiction: Jurisdiction | undefined,
  pack: string,
  packs: CompiledPacks,
): PackAttached | null {
  const found = packs.attachments.find((one) => one.pack === pack);
  if (found === undefined || jurisdiction === undefined || !meets(jurisdiction, found)) return null;
  const { by, postal } = found.attach;
  const code = postal === undefined ? '' : ` ${jurisdiction.postalCode ?? ''}`;
  return { by, place: `${placeOf(jurisdiction, by) ?? ''}${code}` };
}

/** What is not known of a place does not meet what the pack narrows down to. */
function meets(
  jurisdiction: Jurisdiction,
  { attach, countries }: { readonly attach: Attach; readonly countries: readonly string[] },
): boolean {
  const place = placeOf(jurisdiction, attach.by);
  if (place === undefined || !countries.includes(place.slice(0, 2))) return false;
  if (typeof attach.state === 'string' && place.slice(3) !== attach.state) return false;
  const { postalCode } = jurisdiction;
  return (
    attach.postal === undefined ||
    (postalCode !== undefined && attach.postal.some((prefix) => postalCode.startsWith(prefix)))
  );
}

function placeOf(jurisdiction: Jurisdiction, by: Attach['by']): string | undefined {
  switch (by) {
    case 'institution':
      return jurisdiction.institution;
    case 'residence':
      return jurisdiction.residence;
    case 'number_area':
      return jurisdiction.numberArea;
  }
}
