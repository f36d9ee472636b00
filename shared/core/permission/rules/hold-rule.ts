import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt, type Zone } from '#shared/core/time/zone.ts';
import type { Judge } from '../compiled-rule.ts';
import type { ContactHold } from '../contact-request.ts';

/** No contact while a hold of one of the rule's kinds is in force, unless the rule says that the kind doesn't suspend. */
export function holdJudge(rule: RuleOf<'hold'>): Judge {
  if (!rule.suspend) return (_judging, _zones, at) => at;
  const days = rule.days ?? undefined;
  return (judging, zones, at) => {
    let until = at;
    for (const hold of judging.contact.holds) {
      if (rule.kinds.includes(hold.kind)) until = Math.max(until, heldUntil(hold, zones, at, days));
    }
    return until;
  };
}

/**
 * `at` when the hold is not in force in any zone, otherwise a later instant before which it is. Both its first and its
 * last local date are held. Without a last date it has the given length, or no end.
 */
export function heldUntil(hold: ContactHold, zones: readonly Zone[], at: number, days?: number): number {
  const end = endDay(hold, days);
  let until = at;
  for (const zone of zones) {
    const today = localDayAt(zone, at);
    if (today >= hold.from && today < end) until = Math.max(until, dayReached(zone, end, at));
  }
  return until;
}

function endDay(hold: ContactHold, days: number | undefined): number {
  if (hold.until !== undefined) return hold.until + 1;
  return days === undefined ? Infinity : hold.from + days;
}
