import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { hourMs, secondMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { LookupResult } from '#shared/ports/message-sender.ts';
import type { SendParts } from './send-contact.ts';

/** A reservation younger than this may still be under way in another sender, in milliseconds. */
const underWayMs = 30 * secondMs;
/** After this time only the provider's own callback settles a contact; it stays unknown and counts, in milliseconds. */
const settleDeadlineMs = 24 * hourMs;

/**
 * Loads a person after asking the provider about contacts that were reserved but whose outcome nobody recorded: a sender
 * died, or the provider's answer got lost. Found ones become accepted, the others unknown. Nothing is ever sent again here.
 * Null when nothing is known of the person. Most people have no such contact and are read once.
 */
export async function loadSettled<M>(debtorId: string, parts: SendParts<M>): Promise<Person | null> {
  const { store, clock, channel } = parts;
  const person = await store.load(debtorId);
  const now = clock.now();
  const open =
    person?.attempts.filter((entry) => entry.channel === channel.channel && isOpen(entry, now)) ?? [];
  if (open.length === 0) return person;
  for (const entry of open) {
    const found = await channel.sender.findSent({
      contact: { debtorId, contactId: entry.contactId },
      to: entry.destination,
      since: toInstant(entry.reservedAt),
    });
    await store.recordAttempt(debtorId, entry.contactId, changeBy(found, now));
  }
  return store.load(debtorId);
}

function isOpen({ state, reservedAt }: LedgerEntry, now: Instant): boolean {
  const ageMs = now - reservedAt;
  return (state === 'reserved' || state === 'unknown') && ageMs >= underWayMs && ageMs <= settleDeadlineMs;
}

function changeBy(found: LookupResult, now: Instant) {
  if (found.kind === 'found') return { state: 'accepted', at: now, providerId: found.providerId } as const;
  return {
    state: 'unknown',
    at: now,
    reason: found.kind === 'not_found' ? 'not_found_at_provider' : 'cannot_ask_provider',
  } as const;
}
