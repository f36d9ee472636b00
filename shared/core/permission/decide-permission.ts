import type { PermitReason } from '#shared/contracts/permission.ts';
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

/** Whether one contact may happen at its instant, and if not, why and when it may. */
export type PermissionDecision = {
  readonly allowed: boolean;
  /** The request's own instant when allowed, else the earliest permitted one of the next 60 days, or null. */
  readonly nextAt: Instant | null;
  /** Every rule that denies at the request's instant. */
  readonly reasons: readonly PermitReason[];
  /** Disclosure elements that the message has to carry. */
  readonly obligations: readonly ContentElement[];
  /** Rules that deny but are relaxed by the deployment. */
  readonly relaxed: readonly RelaxedRule[];
  /** Version of each applied pack by its id. */
  readonly packs: Readonly<Record<string, string>>;
};
type ContentElement = NonNullable<CompiledRule['requires']>[number];
type RelaxedRule = { readonly rule: string; readonly reason: string };

/** A request that cannot be judged: it names a pack or zone that does not exist. */
export type PermissionError = { readonly error: string };

/** A rule of a pack with the zones by which it judges this contact. */
type ZonedRule = { readonly rule: CompiledRule; readonly zones: readonly Zone[] };
type Case = {
  readonly judging: Judging;
  readonly rules: readonly ZonedRule[];
  readonly builtins: readonly BuiltinRule[];
};

/**
 * Decides whether a contact may happen at its instant. Every rule of every pack that binds it must pass in every zone
 * that the debtor may be in; when in doubt the answer is no. A pure function of request and packs.
 */
export function decidePermission(
  contact: ContactRequest,
  packs: CompiledPacks,
): PermissionDecision | PermissionError {
  const zones = debtorZones(contact.zones);
  if ('invalid' in zones)
    return { error: `debtor.zones: "${zones.invalid}" is no IANA time zone such as Asia/Shanghai` };
  const applied = packsOf(contact, packs);
  if ('error' in applied) return applied;
  const matter = openCase(contact, applied, zones);
  const { reasons, relaxed } = reasonsAt(matter, contact.at);
  return {
    allowed: reasons.length === 0,
    nextAt: reasons.length === 0 ? contact.at : findNext(matter, contact.at),
    reasons,
    obligations: obligationsAt(matter, contact.at),
    relaxed,
    packs: Object.fromEntries(applied.map(({ id, version }) => [id, version])),
  };
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

function openCase(contact: ContactRequest, packs: readonly CompiledPack[], zones: DebtorZones): Case {
  const judging = judgingOf(contact);
  const rules: ZonedRule[] = [];
  const packZones = new Set<Zone>();
  let zoneIsUnknown = false;
  for (const pack of packs) {
    const own = zonesOfPack(pack, zones);
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
  return { judging, rules, builtins: builtinRules(judging, facts) };
}

function reasonsAt(
  { judging, rules, builtins }: Case,
  at: number,
): Pick<PermissionDecision, 'reasons' | 'relaxed'> {
  const reasons: PermitReason[] = [];
  const relaxed: RelaxedRule[] = [];
  for (const zoned of rules) {
    if (deniedUntil(zoned, judging, at) === at) continue;
    const { id, kind, force, cite, relaxedBecause } = zoned.rule;
    if (relaxedBecause === undefined) reasons.push({ rule: id, kind, force, cite });
    else relaxed.push({ rule: id, reason: relaxedBecause });
  }
  for (const builtin of builtins) {
    if (deniedByBuiltin(builtin, judging, at) !== at) reasons.push(builtin.reason);
  }
  return { reasons, relaxed };
}

/**
 * The earliest instant after `at` at which nothing denies. Each round asks every rule for an instant before which it
 * cannot pass and jumps to the latest of them, so that it never jumps over a permitted instant. It ends: each round
 * moves on to another edge of a window, date or clock change, and sixty days have a finite number of those.
 */
function findNext({ judging, rules, builtins }: Case, from: number): Instant | null {
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
function deniedUntil({ rule, zones }: ZonedRule, judging: Judging, at: number): number {
  if ((rule.purposes & purposesSeen(judging.purpose, rule.kind, at)) === 0) return at;
  if (!isInForce(rule, zones, at)) return at;
  const until = rule.judge(judging, zones, at);
  if (until === at) return at;
  return Math.min(until, endOfForce(rule, zones, at), endOfExemption(judging, at));
}

function deniedByBuiltin(builtin: BuiltinRule, judging: Judging, at: number): number {
  return isExempt(judging.purpose, at) ? at : builtin.judge(judging, at);
}

/** In force in any zone is in force; so is a rule whose zones are not known. */
function isInForce({ effective }: CompiledRule, zones: readonly Zone[], at: number): boolean {
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

function obligationsAt({ judging, rules }: Case, at: number): readonly ContentElement[] {
  const elements = new Set<ContentElement>();
  for (const { rule, zones } of rules) {
    if (rule.requires === undefined || rule.relaxedBecause !== undefined) continue;
    if ((rule.purposes & purposesSeen(judging.purpose, rule.kind, at)) === 0) continue;
    if (!isInForce(rule, zones, at)) continue;
    for (const element of rule.requires) elements.add(element);
  }
  return [...elements].sort();
}
