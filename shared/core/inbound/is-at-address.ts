import type { Person } from '#shared/contracts/person.ts';
import { addressKey, addressKeysOf } from '#shared/core/identity/address-key.ts';
import { dayMs, type Instant } from '#shared/kernel/instant.ts';

/** How long a person may still answer from a number or address at which they were contacted. */
const contactedWithinMs = 400 * dayMs;

/**
 * Whether a person counts as being at a number or address: their profile has it now, or they were contacted there in the
 * last 400 days. Numbers are given to others in time, so somebody who merely once had it is not taken for the sender.
 */
export function isAtAddress(person: Person, address: string, now: Instant): boolean {
  const key = addressKey(address);
  if (person.debtor !== undefined && addressKeysOf(person.debtor).includes(key)) return true;
  return person.attempts.some(
    ({ destination, reservedAt }) => addressKey(destination) === key && reservedAt > now - contactedWithinMs,
  );
}
