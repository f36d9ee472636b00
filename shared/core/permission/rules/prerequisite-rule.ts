import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { dayReached, localDayAt } from '#shared/core/time/zone.ts';
import type { Judge } from '../compiled-rule.ts';
import type { ContactRequest } from '../contact-request.ts';

/** Something must have happened first, such as a notice letter, with `days` whole local dates between it and the contact. */
export function prerequisiteJudge(rule: RuleOf<'prerequisite'>): Judge {
  const days = rule.min_age?.days;
  return (judging, zones, at) => {
    const factAt = oldestFact(judging.contact, rule.require);
    if (factAt === undefined) return Infinity;
    if (days === undefined) return at;
    let until = at;
    for (const zone of zones) {
      const firstDay = localDayAt(zone, factAt) + days + 1;
      if (localDayAt(zone, at) < firstDay) until = Math.max(until, dayReached(zone, firstDay, at));
    }
    return until;
  };
}

/** When the oldest fact of a kind was that the request knows; undefined when there is none. */
export function oldestFact(contact: ContactRequest, kind: string): number | undefined {
  let oldest: number | undefined;
  for (const fact of contact.facts) {
    if (fact.kind === kind && fact.at <= contact.at && (oldest === undefined || fact.at < oldest))
      oldest = fact.at;
  }
  return oldest;
}
