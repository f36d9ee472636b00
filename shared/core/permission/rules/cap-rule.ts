import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt, type Zone } from '#shared/core/time/zone.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { monthStart, weekStart, type LocalDay } from '#shared/kernel/local-date.ts';
import type { Judge, MayDeny } from '../compiled-rule.ts';
import { eventDaysIn, untilClockChange, type Judging } from '../judging.ts';
import { countReaches, eventCount, isCounted, isLiftedIn, type EventCount } from './event-count.ts';

type Cap = {
  readonly count: EventCount;
  readonly max: number;
  readonly distinctChannels: boolean;
};

/** Events of the history whose time, an instant or a local date, is `from` or later. */
type Window = { readonly times: readonly number[]; readonly from: number };

/** A window of local dates: from which date events count today, and on which date an event has left the window. */
type DateWindow = {
  readonly firstDay: (today: LocalDay) => LocalDay;
  readonly leavesOn: (day: LocalDay) => LocalDay;
};

/** No more than `max` events of a class in a window of time, or no more than `max` different channels. */
export function capJudge(rule: RuleOf<'cap'>): Judge {
  const cap = capOf(rule);
  const lengthMs = hoursOf(rule);
  if (lengthMs !== undefined) return hoursJudge(cap, lengthMs);
  const dates = datesOf(rule);
  return (judging, zones, at) => {
    let until = at;
    for (const zone of zones) until = Math.max(until, releasedInZone({ cap, dates, judging, zone }, at));
    return until;
  };
}

/** A history with too few events of the class, whenever they were, can't reach the cap. */
export function capMayDeny(rule: RuleOf<'cap'>): MayDeny {
  const cap = capOf(rule);
  return (judging) => isReached(cap, judging, { times: judging.eventTimes, from: -Infinity });
}

/**
 * Places in the history of the events that a cap counts at an instant, in the zone in which they are most. A consent may
 * still lift the cap.
 */
export function countedByCap(
  rule: RuleOf<'cap'>,
  judging: Judging,
  zones: readonly Zone[],
  at: number,
): readonly number[] {
  const { count } = capOf(rule);
  const lengthMs = hoursOf(rule);
  const dates = datesOf(rule);
  const windows =
    lengthMs === undefined
      ? zones.map((zone) => dateWindow(dates, judging, zone, at))
      : [hoursWindow(lengthMs, judging, at)];
  const counted = windows.map(({ times, from }) =>
    [...times.keys()].filter((index) => {
      return isCounted(count, judging.marks[index] ?? 0) && (times[index] ?? 0) >= from;
    }),
  );
  return counted.sort((one, other) => other.length - one.length)[0] ?? [];
}

function capOf(rule: RuleOf<'cap'>): Cap {
  const distinctChannels = rule.count_distinct !== undefined;
  return { count: eventCount(rule, rule.count), max: rule.max, distinctChannels };
}

/** Length of a window of hours; undefined where dates count. */
function hoursOf({ window }: RuleOf<'cap'>): number | undefined {
  return typeof window === 'object' && 'rolling_hours' in window ? window.rolling_hours * hourMs : undefined;
}

function datesOf({ window }: RuleOf<'cap'>): DateWindow {
  if (typeof window === 'string') return calendarWindows[window];
  return rollingDays('rolling_days' in window ? window.rolling_days : 1);
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
  const window = dateWindow(dates, judging, zone, at);
  if (!isReached(cap, judging, window) || isLiftedIn(cap.count, judging, zone, at)) return at;
  const leaver = lastToLeave(cap, judging, window);
  const released = leaver === undefined ? Infinity : dayReached(zone, dates.leavesOn(leaver), at);
  return cap.count.liftable ? untilClockChange(zone, at, released) : released;
}

function hoursJudge(cap: Cap, lengthMs: number): Judge {
  return (judging, zones, at) => {
    const window = hoursWindow(lengthMs, judging, at);
    if (!isReached(cap, judging, window)) return at;
    const unlifted = zones.filter((zone) => !isLiftedIn(cap.count, judging, zone, at));
    if (unlifted.length === 0 && zones.length > 0) return at;
    const leaver = lastToLeave(cap, judging, window);
    const released = leaver === undefined ? Infinity : leaver + lengthMs;
    if (!cap.count.liftable) return released;
    return Math.min(released, ...unlifted.map((zone) => untilClockChange(zone, at, released)));
  };
}

function dateWindow(dates: DateWindow, judging: Judging, zone: Zone, at: number): Window {
  return { times: eventDaysIn(judging, zone), from: dates.firstDay(localDayAt(zone, at)) };
}

/** Only what is younger than the length counts: an event of exactly that age has left. */
function hoursWindow(lengthMs: number, judging: Judging, at: number): Window {
  return { times: judging.eventTimes, from: at - lengthMs + 1 };
}

function isReached(cap: Cap, judging: Judging, window: Window): boolean {
  if (cap.distinctChannels) return isChannelTooMany(cap, judging, window);
  return countReaches(cap.count, judging.marks, cap.max, window);
}

function isChannelTooMany(cap: Cap, judging: Judging, { times, from }: Window): boolean {
  const channels = new Set([judging.contact.channel]);
  for (const [index, event] of judging.contact.history.entries()) {
    if (isCounted(cap.count, judging.marks[index] ?? 0) && (times[index] ?? 0) >= from)
      channels.add(event.channel);
  }
  return channels.size > cap.max;
}

/**
 * When the event leaves whose leaving can bring the count below the maximum: of n counted ones the (n - max + 1)th
 * oldest. Which event brings back a free channel is not worked out: the oldest is the earliest that could.
 */
function lastToLeave(cap: Cap, judging: Judging, { times, from }: Window): number | undefined {
  if (cap.max === 0) return undefined;
  const left = times.filter((time, index) => time >= from && isCounted(cap.count, judging.marks[index] ?? 0));
  left.sort((one, other) => one - other);
  return left[cap.distinctChannels ? 0 : left.length - cap.max];
}
