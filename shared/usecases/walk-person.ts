import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { decide } from '#shared/core/decision/decide.ts';
import type { Decision, PlannedContact } from '#shared/core/decision/decision.ts';
import type { HandedOver, Walk } from '#shared/core/preview/walk.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { caseOf, placementOf } from './next-wake-up.ts';

/** Most decisions that one walk may take: more means that something turns in circles. */
const wakeUpsMax = 5_000;

export interface WalkOptions {
  readonly from: Instant;
  /** First instant that is not walked any more. */
  readonly until: Instant;
  /** What is taken to become of each contact, at once; it decides whether a fallback follows. */
  readonly outcomes: Readonly<Record<Channel, AttemptState>>;
  /** Most decisions that the walk may take; default: `wakeUpsMax`. */
  readonly wakeUpsMax?: number;
}

/**
 * Walks forward through a person's wake-ups by the decision that planning and sending take, with the ledger in memory: who
 * would be contacted when and by what, and which accounts would go to people. Nothing is sent or stored; payments, replies
 * and whatever else may happen to the person meanwhile are not foreseen.
 *
 * @throws Error that names the person when their wake-ups do not come to an end.
 */
export function walkPerson(start: Person, rules: DecisionRules, options: WalkOptions): Walk {
  const { from, until } = options;
  const limit = options.wakeUpsMax ?? wakeUpsMax;
  const heldBackBy = new Set<string>();
  let walked: Walked = { person: start, contacts: [], handedOver: [] };
  let now = from;
  for (let wakeUps = 0; wakeUps < limit; wakeUps += 1) {
    const decision = decide(walked.person, rules, now);
    if (decision.kind === 'rest') return walkOf(walked, heldBackBy, 'rest');
    if (decision.kind === 'wait') {
      for (const reason of decision.because) heldBackBy.add(reason);
      if (decision.until >= until) return walkOf(walked, heldBackBy, 'waits');
      now = decision.until;
    } else {
      walked = after(decision, walked, { now, outcomes: options.outcomes });
    }
  }
  const days = `${formatIsoInstant(from)} and ${formatIsoInstant(now)}`;
  throw new Error(`${start.debtorId} was woken ${limit} times between ${days}: something turns in circles`);
}

/** The person as the walk has left them, and what has happened. */
interface Walked {
  readonly person: Person;
  readonly contacts: readonly LedgerEntry[];
  readonly handedOver: readonly HandedOver[];
}

function walkOf({ person, contacts, handedOver }: Walked, heldBackBy: Set<string>, end: Walk['end']): Walk {
  return { debtorId: person.debtorId, contacts, handedOver, heldBackBy: [...heldBackBy], end };
}

/** What follows when a decision is carried out at once and a contact ends as assumed. */
function after(
  decision: Exclude<Decision, { kind: 'wait' | 'rest' }>,
  { person, contacts, handedOver }: Walked,
  { now, outcomes }: Pick<WalkOptions, 'outcomes'> & { readonly now: Instant },
): Walked {
  if (decision.kind === 'contact') {
    const entry = entryOf(decision.contact, outcomes[decision.contact.channel], now);
    return {
      person: { ...person, attempts: [...person.attempts, entry] },
      contacts: [...contacts, entry],
      handedOver,
    };
  }
  const { accountId, queue, reason, because } = decision;
  const { debtorId } = person;
  const owned =
    decision.kind === 'case'
      ? { ...person, cases: [...person.cases, caseOf(decision, debtorId, now)] }
      : { ...person, placements: [...person.placements, placementOf(decision, debtorId, now)] };
  return {
    person: owned,
    contacts,
    handedOver: [...handedOver, { accountId, at: now, queue, reason, because }],
  };
}

/** The ledger entry of a contact that came about at once; no evidence belongs to what never happened. */
function entryOf(contact: PlannedContact, state: AttemptState, now: Instant): LedgerEntry {
  return { ...contact, about: [...contact.about], state, reservedAt: now, stateAt: now, evidence: '' };
}
