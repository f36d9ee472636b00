import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt, type Zone } from '#shared/core/time/zone.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { monthStart, weekStart, type LocalDay } from '#shared/kernel/local-date.ts';
import type { Judge } from '../compiled-rule.ts';
import { eventDaysIn, isLifted, untilClockChange, type Judging } from '../judging.ts';
import { eventCount, isCounted, type EventCount } from './event-count.ts';

type Cap = {
  readonly count: EventCount;
  readonly max: number;
  readonly distinctChannels: boolean;
};

/** A window of local dates: from which date events count today, and on which date an event has left the window. */
type DateWindow = {
  readonly firstDay: (today: LocalDay) => LocalDay;
  readonly leavesOn: (day: LocalDay) => LocalDay;
};

/** No more than `max` events of a class in a window of time, or no more than `max` different channels. */
export function capJudge(rule: RuleOf<'cap'>): Judge {
  const cap: Cap = {
    count: eventCount(rule, rule.count),
    max: rule.max,
    distinctChannels: rule.count_distinct !== undefined,
  };
  const { window } = rule;
  if (typeof window === 'object' && 'rolling_hours' in window)
    return hoursJudge(cap, window.rolling_hours * hourMs);
  const dates = typeof window === 'object' ? rollingDays(window.rolling_days) : calendarWindows[window];
  return (judging, zones, at) => {
    let until = at;
    for (const zone of zones) until = Math.max(until, releasedInZone({ cap, dates, judging, zone }, at));
    return until;
  };
}

const calendarWindows: Readonly<Record<'calendar_day' | 'calendar_week' | 'calendar_month', DateWindow>> = {
  calendar_day: { firstDay: (today) => today, leavesOn: (day) => day + 1 },
  calendar_week: { firstDay: weekStart, leavesOn: (day) => weekStart(day) + 7 },
  calendar_month: { firstDay: (today) => monthStart(today), leavesOn: (day) => monthStart(day, 1) },
};

/** `n` counts today and the n-1 local dates before it. */
function rollingDays(days: number): DateWindow {
  return { firstDay: (today) => today - days + 1, leavesOn: (day) => day + days };
}

function releasedInZone(
  { cap, dates, judging, zone }: { cap: Cap; dates: DateWindow; judging: Judging; zone: Zone },
  at: number,
): number {
  const from = dates.firstDay(localDayAt(zone, at));
  const days = eventDaysIn(judging, zone);
  const counted = (index: number) => (days[index] ?? from) >= from;
  if (!isReached(cap, judging, counted) || isLiftedIn(cap, judging, zone, at)) return at;
  const leaver = lastToLeave(cap, judging, days, counted);
  const released = leaver === undefined ? Infinity : dayReached(zone, dates.leavesOn(leaver), at);
  return cap.count.liftable ? untilClockChange(zone, at, released) : released;
}

function hoursJudge(cap: Cap, lengthMs: number): Judge {
  return (judging, zones, at) => {
    const times = judging.contact.history.map((event) => event.at);
    const counted = (index: number) => at - (times[index] ?? at) < lengthMs;
    if (!isReached(cap, judging, counted)) return at;
    const unlifted = zones.filter((zone) => !isLiftedIn(cap, judging, zone, at));
    if (unlifted.length === 0 && zones.length > 0) return at;
    const leaver = lastToLeave(cap, judging, times, counted);
    const released = leaver === undefined ? Infinity : leaver + lengthMs;
    return cap.count.liftable
      ? Math.min(released, ...unlifted.map((zone) => untilClockChange(zone, at, released)))
      : released;
  };
}

function isLiftedIn(cap: Cap, judging: Judging, zone: Zone, at: number): boolean {
  return cap.count.liftable && isLifted(judging.consent.lifting, zone, at);
}

function isReached(cap: Cap, judging: Judging, counted: (index: number) => boolean): boolean {
  if (cap.distinctChannels) return isChannelTooMany(cap, judging, counted);
  let left = cap.max;
  const { marks } = judging;
  for (let index = 0; index < marks.length && left > 0; index += 1) {
    if (isCounted(cap.count, marks[index] ?? 0) && counted(index)) left -= 1;
  }
  return left <= 0;
}

function isChannelTooMany(cap: Cap, judging: Judging, counted: (index: number) => boolean): boolean {
  const channels = new Set([judging.contact.channel]);
  for (const [index, event] of judging.contact.history.entries()) {
    if (isCounted(cap.count, judging.marks[index] ?? 0) && counted(index)) channels.add(event.channel);
  }
  return channels.size > cap.max;
}

/**
 * When the event leaves whose leaving can bring the count below the maximum: of n counted ones the (n - max + 1)th
 * oldest. Which event brings back a free channel is not worked out: the oldest is the earliest that could.
 */
function lastToLeave(
  cap: Cap,
  judging: Judging,
  times: readonly number[],
  counted: (index: number) => boolean,
): number | undefined {
  if (cap.max === 0) return undefined;
  const left = times.filter((_, index) => isCounted(cap.count, judging.marks[index] ?? 0) && counted(index));
  left.sort((one, other) => one - other);
  return left[cap.distinctChannels ? 0 : left.length - cap.max];
}
