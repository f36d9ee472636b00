import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt, type Zone } from '#shared/core/time/zone.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import type { Judge } from '../compiled-rule.ts';
import { eventDaysIn, isLifted, untilClockChange, type Judging } from '../judging.ts';
import { eventCount, isCounted, type EventCount } from './event-count.ts';

/** No contact for a while after an event; of calendar days, the event's own local date is the first. */
export function cooldownJudge(rule: RuleOf<'cooldown'>): Judge {
  const count = eventCount(rule, rule.after);
  const length = rule.for;
  if ('hours' in length) {
    return (judging, zones, at) => {
      const times = judging.contact.history.map((event) => event.at);
      const end = latest(count, judging, times) + length.hours * hourMs;
      if (end <= at) return at;
      const unlifted = zones.filter((zone) => !isLiftedIn(count, judging, zone, at));
      if (unlifted.length === 0 && zones.length > 0) return at;
      return Math.min(end, ...unlifted.map((zone) => untilClockChange(zone, at, end)));
    };
  }
  return (judging, zones, at) => {
    let until = at;
    for (const zone of zones) {
      const endDay = latest(count, judging, eventDaysIn(judging, zone)) + length.calendar_days;
      if (endDay <= localDayAt(zone, at) || isLiftedIn(count, judging, zone, at)) continue;
      until = Math.max(until, dayReached(zone, endDay, at));
    }
    return until;
  };
}

function isLiftedIn(count: EventCount, judging: Judging, zone: Zone, at: number): boolean {
  return count.liftable && isLifted(judging.consent.lifting, zone, at);
}

/** The latest of the counted events' times, or -Infinity. */
function latest(count: EventCount, judging: Judging, times: readonly number[]): number {
  let newest = -Infinity;
  for (const [index, time] of times.entries()) {
    if (time > newest && isCounted(count, judging.marks[index] ?? 0)) newest = time;
  }
  return newest;
}
