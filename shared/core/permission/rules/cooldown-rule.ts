import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt } from '#shared/core/time/zone.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import type { Judge, MayDeny } from '../compiled-rule.ts';
import { eventDaysIn, untilClockChange, type Judging } from '../judging.ts';
import { countReaches, eventCount, isCounted, isLiftedIn, type EventCount } from './event-count.ts';

/** No contact for a while after an event; of calendar days, the event's own local date is the first. */
export function cooldownJudge(rule: RuleOf<'cooldown'>): Judge {
  const count = eventCount(rule, rule.after);
  const length = rule.for;
  if ('hours' in length) return hoursJudge(count, length.hours * hourMs);
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

/** When the newest event was that a cooldown counts from; undefined when there was none. */
export function cooldownSince(rule: RuleOf<'cooldown'>, judging: Judging): number | undefined {
  const since = latest(eventCount(rule, rule.after), judging, judging.eventTimes);
  return since === -Infinity ? undefined : since;
}

/** Without an event of the class there is nothing to cool down from. */
export function cooldownMayDeny(rule: RuleOf<'cooldown'>): MayDeny {
  const count = eventCount(rule, rule.after);
  return (judging) => countReaches(count, judging.marks, 1, { times: judging.eventTimes, from: -Infinity });
}

function hoursJudge(count: EventCount, lengthMs: number): Judge {
  return (judging, zones, at) => {
    const end = latest(count, judging, judging.eventTimes) + lengthMs;
    if (end <= at) return at;
    const unlifted = zones.filter((zone) => !isLiftedIn(count, judging, zone, at));
    if (unlifted.length === 0 && zones.length > 0) return at;
    return Math.min(end, ...unlifted.map((zone) => untilClockChange(zone, at, end)));
  };
}

/** The latest of the counted events' times, or -Infinity. */
function latest(count: EventCount, judging: Judging, times: readonly number[]): number {
  const { marks } = judging;
  let newest = -Infinity;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] ?? newest;
    if (time > newest && isCounted(count, marks[index] ?? 0)) newest = time;
  }
  return newest;
}
