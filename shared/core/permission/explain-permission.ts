import type { PermitReason } from '#shared/contracts/permission.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CompiledPacks } from './compile-packs.ts';
import type { CompiledRule } from './compiled-rule.ts';
import type { ContactRequest } from './contact-request.ts';
import type { Judging } from './judging.ts';
import {
  deniedByBuiltin,
  deniedUntil,
  findNext,
  isInForce,
  openCase,
  type PackInCase,
  type PermissionCase,
  type PermissionError,
} from './permission-case.ts';
import { purposesSeen } from './purposes.ts';
import { attachedBy, type PackAttached } from './resolve-packs.ts';
import { appliesOf } from './rule-applies.ts';
import { findingOf, type RuleFinding } from './rule-finding.ts';

/** How one rule judges one contact, told so that a person can check it. */
export type RuleTrace = PermitReason & {
  readonly verdict: 'passes' | 'denies' | 'relaxed' | 'not_applicable';
  /** Why the rule does not concern the contact, where it does not. */
  readonly notFor?: NotFor;
  /** Where it denies: the first instant at which this rule alone lets the contact pass; null when none is in reach. */
  readonly passesAt?: Instant | null;
  readonly finding?: RuleFinding;
};

/** `channel`, `condition` (its `when`), `dispensed` (its `unless`), `purpose`, or `date` (outside its effective dates). */
export type NotFor = 'channel' | 'condition' | 'dispensed' | 'purpose' | 'date';

/** A pack that binds the contact, the fact that attached it, and the zones by whose clocks it judges. */
export type PackTrace = {
  readonly pack: string;
  readonly version: string;
  readonly attached: PackAttached | 'named' | 'fallback';
  readonly zones: readonly string[];
};

/** A permission decision with everything that led to it. */
export type PermissionExplanation = {
  readonly packs: readonly PackTrace[];
  /** Every rule of every pack in order, then those that hold without a pack. */
  readonly rules: readonly RuleTrace[];
  readonly allowed: boolean;
  readonly nextAt: Instant | null;
};

/**
 * Tells how every rule judges a contact at its instant. It asks the same compiled rules in the same order as
 * decidePermission: the rules that deny here are that decision's reasons.
 */
export function explainPermission(
  contact: ContactRequest,
  packs: CompiledPacks,
): PermissionExplanation | PermissionError {
  const matter = openCase(contact, packs);
  if ('error' in matter) return matter;
  const rules = [
    ...matter.packs.flatMap((bound) => bound.pack.rules.map((rule) => traceOf(rule, bound, matter))),
    ...matter.builtins.map((builtin): RuleTrace => {
      if (deniedByBuiltin(builtin, matter.judging, contact.at) === contact.at)
        return { ...builtin.reason, verdict: 'passes' };
      const alone = { judging: matter.judging, rules: [], builtins: [builtin] };
      return { ...builtin.reason, verdict: 'denies', passesAt: findNext(alone, contact.at) };
    }),
  ];
  return {
    packs: matter.packs.map(({ pack, zones }) => ({
      pack: pack.id,
      version: pack.version,
      attached: attachmentOf(contact, pack.id, packs),
      zones: zones.map(({ name }) => name),
    })),
    rules,
    allowed: !rules.some(({ verdict }) => verdict === 'denies'),
    nextAt: findNext(matter, contact.at),
  };
}

function attachmentOf(contact: ContactRequest, pack: string, packs: CompiledPacks): PackTrace['attached'] {
  if (contact.packs !== undefined) return 'named';
  return attachedBy(contact.jurisdiction, pack, packs) ?? 'fallback';
}

function traceOf(rule: CompiledRule, { pack, zones }: PackInCase, { judging }: PermissionCase): RuleTrace {
  const { at } = judging.contact;
  const reason = { rule: rule.id, kind: rule.kind, force: rule.force, cite: rule.cite };
  const notFor = whyNotFor(rule, judging) ?? (isInForce(rule, zones, at) ? undefined : 'date');
  if (notFor !== undefined) return { ...reason, verdict: 'not_applicable', notFor };
  const finding = findingOf(rule.source, { judging, zones, calendar: pack.calendar, at });
  const zoned = { rule, zones };
  if (deniedUntil(zoned, judging, at) === at) return { ...reason, verdict: 'passes', finding };
  if (rule.relaxedBecause !== undefined) return { ...reason, verdict: 'relaxed', finding };
  const passesAt = findNext({ judging, rules: [zoned], builtins: [] }, at);
  return { ...reason, verdict: 'denies', passesAt, finding };
}

function whyNotFor(rule: CompiledRule, judging: Judging): NotFor | undefined {
  const { contact, consent, purpose } = judging;
  const { source } = rule;
  if (!rule.applies(contact, consent)) {
    if (source.channels !== undefined && !source.channels.includes(contact.channel)) return 'channel';
    return appliesOf({ ...source, unless: [] })(contact, consent) ? 'dispensed' : 'condition';
  }
  return (rule.purposes & purposesSeen(purpose, rule.kind, contact.at)) === 0 ? 'purpose' : undefined;
}
