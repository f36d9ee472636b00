import type { Journal } from './journal.ts';
import type { LocalClock } from './local-clock.ts';
import type { IncomingContact, People } from './people.ts';
import type { JournalEntry } from './records.ts';
import type { Webhooks } from './webhooks.ts';

/** What the parts of the emulator share. */
export interface TwilioWorld {
  readonly accountSid: string;
  /** Makes the ids; the same seed gives the same ids. */
  readonly seed: string;
  readonly clock: LocalClock;
  readonly people: People;
  readonly webhooks: Webhooks;
  readonly journal: Journal<JournalEntry>;
  /** What Twilio's debugger would show: faults of our webhooks and scripts, newest last. */
  readonly problems: string[];
}

/** Our own contact id in the status callback's query, by which a run can be checked for doubled contacts. */
export function contactIdIn(statusCallback: string | undefined): string | undefined {
  const url = statusCallback === undefined ? null : URL.parse(statusCallback);
  return url?.searchParams.get('contactId') ?? undefined;
}

/** The contact as the person's telephone sees it coming. */
export function incomingContact(
  record: { to: string; from: string; body?: string; statusCallback?: string | undefined },
  kind: IncomingContact['kind'],
  earlier: number,
): IncomingContact {
  const { to, from, body = '', statusCallback } = record;
  return { kind, to, from, body, contactId: contactIdIn(statusCallback), earlier };
}

/** Counts the contacts of each number; gives how many came before. */
export function createContactCounter(): (to: string) => number {
  const counts = new Map<string, number>();
  return (to) => {
    const earlier = counts.get(to) ?? 0;
    counts.set(to, earlier + 1);
    return earlier;
  };
}

/** Starts at most so many a second: Twilio queues what comes faster. Undefined is no limit. */
export function createPacer(perSecond: number | undefined): (earliestAt: number) => number {
  if (perSecond === undefined) return (earliestAt) => earliestAt;
  let nextAt = 0;
  return (earliestAt) => {
    const at = Math.max(earliestAt, nextAt);
    nextAt = at + 1_000 / perSecond;
    return at;
  };
}
