import { expect } from 'vitest';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { decide } from '#shared/core/decision/decide.ts';
import type { PlannedContact } from '#shared/core/decision/decision.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { entryFor } from './person.ts';
import { rules } from './rules.ts';

/** Follows waits until something else is decided. */
export function follow(who: Person, from: Instant, using = rules()) {
  let now = from;
  for (let hops = 0; hops < 50; hops += 1) {
    const decision = decide(who, using, now);
    if (decision.kind !== 'wait') return { now, decision };
    expect(decision.until).toBeGreaterThan(now);
    now = decision.until;
  }
  throw new Error('waits without end');
}

/** The first contact that is decided on after waits. */
export function contactIn(
  who: Person,
  from: Instant,
  using = rules(),
): { now: Instant; contact: PlannedContact } {
  const { now, decision } = follow(who, from, using);
  if (decision.kind !== 'contact') throw new Error(`expected a contact, got ${JSON.stringify(decision)}`);
  return { now, contact: decision.contact };
}

/** The person after a contact in the given state. */
export function after(
  who: Person,
  contact: PlannedContact,
  changes: Partial<LedgerEntry> & { reservedAt: number },
): Person {
  return { ...who, attempts: [...who.attempts, entryFor(contact, changes)] };
}
