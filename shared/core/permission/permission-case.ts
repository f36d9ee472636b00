import { dayReached, localDayAt, type Zone } from '#shared/core/time/zone.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { builtinRules, type BuiltinRule } from './builtin-rules.ts';
import type { CompiledPacks } from './compile-packs.ts';
import type { CompiledPack, CompiledRule } from './compiled-rule.ts';
import type { ContactRequest } from './contact-request.ts';
import { judgingOf, type Judging } from './judging.ts';
import { isExempt, purposesSeen } from './purposes.ts';
import { resolvePacks } from './resolve-packs.ts';
import { debtorZones, zonesOfPack, type DebtorZones } from './zone-sets.ts';

/** A request that cannot be judged: it names a pack or zone that does not exist. */
export type PermissionError = { readonly error: string };

/** A rule of a pack with the zones by which it judges this contact. */
export type ZonedRule = { readonly rule: CompiledRule; readonly zones: readonly Zone[] };
/** A pack that binds a request, with the zones by which it judges. */
export type PackInCase = { readonly pack: CompiledPack; readonly zones: readonly Zone[] };
/** One request, opened before the packs that bind it: what every question about it is asked of. */
export type PermissionCase = {
  readonly judging: Judging;
  readonly rules: readonly ZonedRule[];
  readonly builtins: readonly BuiltinRule[];
  readonly packs: readonly PackInCase[];
};

/** Puts a request before the packs that bind it. */
export function openCase(contact: ContactRequest, packs: CompiledPacks): PermissionCase | PermissionError {
  const zones = debtorZones(contact.zones);
  if ('invalid' in zones)
    return { error: `debtor.zones: "${zones.invalid}" is no IANA time zone such as Asia/Shanghai` };
  const applied = packsOf(contact, packs);
  return 'error' in applied ? applied : caseOf(contact, applied, zones);
}

function packsOf(contact: ContactRequest, packs: CompiledPacks): readonly CompiledPack[] | PermissionError {
  const ids = contact.packs ?? resolvePacks(contact.jurisdiction, packs);
  if (ids.length === 0)
    return { error: 'packs: the list is empty; name a pack, or leave it out to have packs resolved' };
  const applied: CompiledPack[] = [];
  for (const id of ids) {
    const pack = packs.byId.get(id);
    if (pack === undefined) return { error: unknownPack(id, contact) };
    if (!applied.includes(pack)) applied.push(pack);
  }
  return applied;
}

function unknownPack(id: string, contact: ContactRequest): string {
  if (contact.packs === undefined)
    return `no pack is attached to the jurisdiction, and there is no pack "${id}" to fall back on`;
  return `packs: there is no rule pack "${id}"`;
}

function caseOf(contact: ContactRequest, packs: readonly CompiledPack[], zones: DebtorZones): PermissionCase {
  const judging = judgingOf(contact);
  const rules: ZonedRule[] = [];
  const packsInCase: PackInCase[] = [];
  const packZones = new Set<Zone>();
  let zoneIsUnknown = false;
  for (const pack of packs) {
    const own = zonesOfPack(pack, zones);
    packsInCase.push({ pack, zones: own });
    zoneIsUnknown ||= own.length === 0;
    for (const zone of own) packZones.add(zone);
    for (const rule of pack.rules) {
      if (rule.applies(contact, judging.consent) && rule.mayDeny(judging)) rules.push({ rule, zones: own });
    }
  }
  const unmentionedHolds = contact.holds.filter(
    ({ kind }) => !packs.some((pack) => pack.holdKinds.has(kind)),
  );
  const facts = { zoneIsUnknown, debtorZones: zones.all, packZones: [...packZones], unmentionedHolds };
  return { judging, rules, builtins: builtinRules(judging, facts), packs: packsInCase };
}

/**
 * The earliest instant after `at` at which nothing denies. Each round asks every rule for an instant before which it
 * cannot pass and jumps to the latest of them, so that it never jumps over a permitted instant. It ends: each round
 * moves on to another edge of a window, date or clock change, and sixty days have a finite number of those.
 */
export function findNext(
  { judging, rules, builtins }: Pick<PermissionCase, 'judging' | 'rules' | 'builtins'>,
  from: number,
): Instant | null {
  let at = from;
  for (;;) {
    let latest = at;
    for (const zoned of rules) {
      if (zoned.rule.relaxedBecause === undefined) latest = Math.max(latest, deniedUntil(zoned, judging, at));
    }
    for (const builtin of builtins) latest = Math.max(latest, deniedByBuiltin(builtin, judging, at));
    if (latest > judging.until) return null;
    if (latest === at) return toInstant(at);
    at = latest;
  }
}

/** `at` when the rule lets the contact pass, else a later instant before which it does not. */
export function deniedUntil({ rule, zones }: ZonedRule, judging: Judging, at: number): number {
  if ((rule.purposes & purposesSeen(judging.purpose, rule.kind, at)) === 0) return at;
  if (!isInForce(rule, zones, at)) return at;
  const until = rule.judge(judging, zones, at);
  if (until === at) return at;
  return Math.min(until, endOfForce(rule, zones, at), endOfExemption(judging, at));
}

export function deniedByBuiltin(builtin: BuiltinRule, judging: Judging, at: number): number {
  return isExempt(judging.purpose, at) ? at : builtin.judge(judging, at);
}

/** In force in any zone is in force; so is a rule whose zones are not known. */
export function isInForce({ effective }: CompiledRule, zones: readonly Zone[], at: number): boolean {
  if (effective === undefined || zones.length === 0) return true;
  return zones.some((zone) => isWithin(effective, localDayAt(zone, at)));
}

/** An instant before which a rule that is in force stays so. */
function endOfForce({ effective }: CompiledRule, zones: readonly Zone[], at: number): number {
  if (effective === undefined || zones.length === 0) return Infinity;
  let end = at;
  for (const zone of zones) {
    if (isWithin(effective, localDayAt(zone, at)))
      end = Math.max(end, dayReached(zone, effective.to + 1, at));
  }
  return end;
}

function isWithin(dates: { readonly from: number; readonly to: number }, day: number): boolean {
  return day >= dates.from && day <= dates.to;
}

/** Under an exempt purpose other rules see the contact than after it has run out. */
function endOfExemption(judging: Judging, at: number): number {
  return isExempt(judging.purpose, at) ? judging.purpose.exemptUntil + 1 : Infinity;
}
