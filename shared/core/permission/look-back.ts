import type { Rule } from '#shared/contracts/rule-pack.ts';
import { dayMs, hourMs } from '#shared/kernel/instant.ts';
import type { CompiledPack } from './compiled-rule.ts';
import type { ContactEvent, ContactRequest } from './contact-request.ts';

/** Dates begin up to 14 hours before and end up to 12 after those of UTC, and an exempt answer looks back a day. */
const slackDays = 2;
const calendarDays = { calendar_day: 1, calendar_week: 7, calendar_month: 31 } as const;
const hoursPerDay = dayMs / hourMs;

/** The events of a request's history that any rule of the packs can still count at its instant or later. */
export function historySeenBy(
  packs: readonly CompiledPack[],
  { at, history }: Pick<ContactRequest, 'at' | 'history'>,
): readonly ContactEvent[] {
  const days = packs.flatMap((pack) => pack.rules.map(({ source }) => lookBackDays(source)));
  const oldest = at - (Math.max(0, ...days) + slackDays) * dayMs;
  return history.filter((event) => event.at >= oldest);
}

/** How many days of history a rule counts events of. */
function lookBackDays(rule: Rule): number {
  if (rule.kind === 'cooldown') {
    return 'hours' in rule.for ? rule.for.hours / hoursPerDay : rule.for.calendar_days;
  }
  if (rule.kind !== 'cap') return 0;
  const { window } = rule;
  if (typeof window === 'string') return calendarDays[window];
  return 'rolling_hours' in window ? window.rolling_hours / hoursPerDay : window.rolling_days;
}
