import { zoneNamed, type Zone } from '#shared/core/time/zone.ts';
import type { CompiledPack } from './compiled-rule.ts';
import type { ZoneOfDebtor } from './contact-request.ts';

/** A debtor's zones, each once, with all that speaks for it. */
export type DebtorZones = {
  readonly all: readonly Zone[];
  /** Zones by address or the debtor's own statement. */
  readonly known: readonly Zone[];
};

/** The debtor's zones, or the name that is none. */
export function debtorZones(zones: readonly ZoneOfDebtor[]): DebtorZones | { readonly invalid: string } {
  const all = new Set<Zone>();
  const known = new Set<Zone>();
  for (const { zone: name, evidence } of zones) {
    const zone = zoneNamed(name);
    if (zone === undefined) return { invalid: name };
    all.add(zone);
    if (evidence !== 'number') known.add(zone);
  }
  return { all: [...all], known: [...known] };
}

/** The zones by whose clocks a pack judges; none when it cannot know. A number's area counts only while nothing better is known. */
export function zonesOfPack(pack: CompiledPack, zones: DebtorZones): readonly Zone[] {
  switch (pack.tz.mode) {
    case 'fixed':
      return [pack.tz.zone];
    case 'intersect_all':
      return zones.all;
    case 'presume_number_area':
      return zones.known.length > 0 ? zones.known : zones.all;
  }
}
