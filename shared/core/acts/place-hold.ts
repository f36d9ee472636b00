import type { ActRequest, ActRequestOf } from '#shared/contracts/act-request.ts';
import type { Hold, HoldKind } from '#shared/contracts/hold.ts';
import type { HoldRule } from '#shared/contracts/hold-rules.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { done, madeId, refuse, todayOf, type ActEffect } from './act-setting.ts';

/** What somebody wants held. */
interface WantedHold {
  readonly kind: HoldKind;
  readonly accountId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly why: string;
}

/** A hold that an agent, a caller of the API or an operator places. */
export function hold(request: ActRequestOf<'hold'>, view: PersonView): ActEffect {
  const { accountId, from, until, why } = request;
  return placeHold(request, view, { kind: request.hold, accountId, from, until, why });
}

/**
 * Places a hold as config/holds.yaml says: what it covers, how long it lasts when nobody says so, and who looks at it. One
 * of the same kind that covers it already stays as it is.
 */
export function placeHold(request: ActRequest, view: PersonView, wanted: WantedHold): ActEffect {
  const rule = view.rules.holds[wanted.kind];
  const accountId = rule.scope === 'account' ? wanted.accountId : undefined;
  if (rule.scope === 'account' && accountId === undefined) return refuse('unknown_account', 'accountId');
  const dates = datesOf(wanted, rule, view);
  const problem = lengthProblem(rule, dates);
  if (problem !== null) return problem;
  const same = view.person.holds.find(
    (one) => one.kind === wanted.kind && one.accountId === accountId && covers(one, dates),
  );
  if (same !== undefined) return done(request, view, { made: same.holdId, answer: { hold: same } });
  const placed: Hold = {
    holdId: madeId('hold', request),
    debtorId: request.debtorId,
    kind: wanted.kind,
    ...(accountId !== undefined && { accountId }),
    ...dates,
    ...{ placedAt: view.now, via: request.via, by: request.by, why: wanted.why },
    ...{ atEnd: rule.atEnd, queue: rule.queue, opensCase: rule.opensCase },
  };
  return done(request, view, { made: placed.holdId, change: { holds: [placed] }, answer: { hold: placed } });
}

type Dates = Pick<Hold, 'from' | 'until'>;

/** First and last day: as asked for, else from today and as long as the rule says. */
function datesOf(wanted: WantedHold, { days }: HoldRule, view: PersonView): Dates {
  const from = wanted.from ?? todayOf(view);
  const until = wanted.until ?? (days === undefined ? undefined : addDays(from, days - 1));
  return { from, ...(until !== undefined && { until }) };
}

function lengthProblem({ daysMax }: HoldRule, { from, until }: Dates): ActEffect | null {
  if (until !== undefined && until < from) return refuse('date_past', 'until', { dateFrom: from });
  if (daysMax === undefined) return null;
  const dateTo = addDays(from, daysMax - 1);
  const isTooLong = until === undefined || until > dateTo;
  return isTooLong ? refuse('hold_too_long', 'until', { dateTo }) : null;
}

/** Whether a hold that is there already is in force on all the days that are asked for. */
function covers(one: Hold, { from, until }: Dates): boolean {
  return isHeldOn(one, from) && (one.until === undefined || (until !== undefined && until <= one.until));
}

/** Ends a hold before its time; contacts go on by what else is known. */
export function endHold(request: ActRequestOf<'end_hold'>, view: PersonView): ActEffect {
  const found = view.person.holds.find(({ holdId }) => holdId === request.holdId);
  if (found === undefined) return refuse('no_such_hold', 'holdId');
  const ended: Hold = found.ended
    ? found
    : { ...found, ended: { at: view.now, by: request.by, why: request.why } };
  return done(request, view, { made: ended.holdId, change: { holds: [ended] }, answer: { hold: ended } });
}
