import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { decide } from '#shared/core/decision/decide.ts';
import type { PlannedContact } from '#shared/core/decision/decision.ts';
import type { HandedOver, Walk } from '#shared/core/preview/walk.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { caseOf } from './next-wake-up.ts';

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
  const contacts: LedgerEntry[] = [];
  const handedOver: HandedOver[] = [];
  const heldBackBy = new Set<string>();
  const walk = (end: Walk['end']): Walk => ({
    debtorId: start.debtorId,
    contacts,
    handedOver,
    heldBackBy: [...heldBackBy],
    end,
  });
  let person = start;
  let now = options.from;
  const limit = options.wakeUpsMax ?? wakeUpsMax;
  for (let wakeUps = 0; wakeUps < limit; wakeUps += 1) {
    const decision = decide(person, rules, now);
    switch (decision.kind) {
      case 'rest':
        return walk('rest');
      case 'wait':
        for (const reason of decision.because) heldBackBy.add(reason);
        if (decision.until >= options.until) return walk('waits');
        now = decision.until;
        break;
      case 'contact': {
        const entry = entryOf(decision.contact, options.outcomes[decision.contact.channel], now);
        contacts.push(entry);
        person = { ...person, attempts: [...person.attempts, entry] };
        break;
      }
      case 'case': {
        const { accountId, reason, because } = decision;
        handedOver.push({ accountId, at: now, reason, because });
        person = { ...person, cases: [...person.cases, caseOf(decision, person.debtorId, now)] };
        break;
      }
    }
  }
  throw new Error(
    `${start.debtorId} was woken ${limit} times between ${formatIsoInstant(options.from)} and ${formatIsoInstant(now)}: something turns in circles`,
  );
}

/** The ledger entry of a contact that came about at once; no evidence belongs to what never happened. */
function entryOf(contact: PlannedContact, state: AttemptState, now: Instant): LedgerEntry {
  return { ...contact, about: [...contact.about], state, reservedAt: now, stateAt: now, evidence: '' };
}
