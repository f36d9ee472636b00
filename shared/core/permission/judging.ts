import type { ContactConsent, ContactRequest } from './contact-request.ts';
import { standingOf, type ConsentStanding } from './consent-standing.ts';
import { marksOf, type EventMarks } from './counting-classes.ts';
import { purposeClock, type PurposeClock } from './purposes.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { LocalDay } from '#shared/kernel/local-date.ts';
import { localDayAt, segmentAt, type Zone } from '#shared/core/time/zone.ts';

/** How far ahead the next permitted instant is looked for; its last instant is included. */
export const searchMs = 60 * dayMs;

/** Everything that is worked out once about a request and then asked by every rule. */
export type Judging = {
  readonly contact: ContactRequest;
  /** Last instant of the search. */
  readonly until: number;
  readonly marks: readonly EventMarks[];
  readonly purpose: PurposeClock;
  readonly consent: ConsentStanding;
  readonly eventTimes: readonly number[];
  readonly eventDays: Map<Zone, readonly LocalDay[]>;
};

export function judgingOf(contact: ContactRequest): Judging {
  const marks: EventMarks[] = [];
  const eventTimes: number[] = [];
  for (const event of contact.history) {
    marks.push(marksOf(event, contact));
    eventTimes.push(event.at);
  }
  return {
    contact,
    until: contact.at + searchMs,
    marks,
    purpose: purposeClock(contact),
    consent: standingOf(contact),
    eventTimes,
    eventDays: new Map(),
  };
}

/** The local date of each event of the history in a zone. */
export function eventDaysIn(judging: Judging, zone: Zone): readonly LocalDay[] {
  const known = judging.eventDays.get(zone);
  if (known !== undefined) return known;
  const days = judging.contact.history.map((event) => localDayAt(zone, event.at));
  judging.eventDays.set(zone, days);
  return days;
}

/** A consent lifts presumptions on seven local dates, its own being the first. */
const liftDays = 7;

/** Whether a consent of the last seven local dates lifts presumptive caps and cooldowns at an instant in a zone. */
export function isLifted(consent: ContactConsent | undefined, zone: Zone, at: number): boolean {
  return consent !== undefined && localDayAt(zone, at) < localDayAt(zone, consent.at) + liftDays;
}

/** Where dates can come back, at a change of clocks, a consent can lift again: no judgement reaches beyond it. */
export function untilClockChange(zone: Zone, at: number, until: number): number {
  return Math.min(until, segmentAt(zone, at).end);
}
