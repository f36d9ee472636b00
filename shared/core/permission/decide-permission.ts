import type { PermitReason } from '#shared/contracts/permission.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { CompiledPacks } from './compile-packs.ts';
import type { CompiledRule } from './compiled-rule.ts';
import type { ContactRequest } from './contact-request.ts';
import {
  deniedByBuiltin,
  deniedUntil,
  findNext,
  isInForce,
  openCase,
  type PermissionCase,
  type PermissionError,
} from './permission-case.ts';
import { purposesSeen } from './purposes.ts';

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

/**
 * Decides whether a contact may happen at its instant. Every rule of every pack that binds it must pass in every zone
 * that the debtor may be in; when in doubt the answer is no. A pure function of request and packs.
 */
export function decidePermission(
  contact: ContactRequest,
  packs: CompiledPacks,
): PermissionDecision | PermissionError {
  const matter = openCase(contact, packs);
  if ('error' in matter) return matter;
  const { reasons, relaxed } = reasonsAt(matter, contact.at);
  return {
    allowed: reasons.length === 0,
    nextAt: reasons.length === 0 ? contact.at : findNext(matter, contact.at),
    reasons,
    obligations: obligationsAt(matter, contact.at),
    relaxed,
    packs: Object.fromEntries(matter.packs.map(({ pack }) => [pack.id, pack.version])),
  };
}

function reasonsAt(
  { judging, rules, builtins }: PermissionCase,
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

function obligationsAt({ judging, rules }: PermissionCase, at: number): readonly ContentElement[] {
  const elements = new Set<ContentElement>();
  for (const { rule, zones } of rules) {
    if (rule.requires === undefined || rule.relaxedBecause !== undefined) continue;
    if ((rule.purposes & purposesSeen(judging.purpose, rule.kind, at)) === 0) continue;
    if (!isInForce(rule, zones, at)) continue;
    for (const element of rule.requires) elements.add(element);
  }
  return [...elements].sort();
}
