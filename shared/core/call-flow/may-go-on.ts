import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { holdsAbout } from '#shared/core/holds/holds-in-force.ts';
import { isStillMeant } from '#shared/core/messages/still-meant.ts';
import type { MessageSubject } from '#shared/core/messages/message-subject.ts';
import { stopForContact } from '#shared/core/stops/stop-for-contact.ts';

/**
 * Whether a call of ours may still speak of what it is about: nothing was stopped, paid, kept, held or opted out since it was
 * permitted. What was so before was known when it was permitted.
 */
export function mayGoOn(entry: LedgerEntry, subject: MessageSubject): boolean {
  const { person, rules } = subject;
  return (
    stopForContact(rules.stops, entry, person) === undefined &&
    isStillOwed(entry, person) &&
    isStillMeant(subject) &&
    !isHeldSince(entry, person) &&
    !isOverSince(entry, person)
  );
}

/** Pre-due reminders speak of what will fall due; all others only of what is still past due. */
function isStillOwed({ about, purpose }: LedgerEntry, person: Person): boolean {
  return about.some(({ accountId, dueDate }) =>
    person.accounts.some(
      (account) =>
        account.accountId === accountId &&
        (account.pastDue > 0 ||
          (purpose === 'reminder' && account.dueDate === dueDate && account.minimumDue > 0)),
    ),
  );
}

function isHeldSince({ about, reservedAt }: LedgerEntry, { holds }: Person): boolean {
  return about.some(({ accountId }) =>
    holdsAbout(accountId, holds).some(({ placedAt }) => placedAt >= reservedAt),
  );
}

function isOverSince({ destination, reservedAt }: LedgerEntry, person: Person): boolean {
  const isOptedOut = person.consents.some(
    ({ channel, level, at }) => channel === 'call' && level === 'optout' && at >= reservedAt,
  );
  const isEnded = person.endedDestinations.some(
    ({ channel, value, at }) => channel === 'call' && value === destination && at >= reservedAt,
  );
  return isOptedOut || isEnded;
}
