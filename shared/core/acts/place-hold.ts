import type { ActRequest, ActRequestOf } from '#shared/contracts/act-request.ts';
import type { Hold, HoldKind } from '#shared/contracts/hold.ts';
import type { HoldRule } from '#shared/contracts/hold-rules.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { addDays, daysBetween } from '#shared/core/time/local-time.ts';
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
  const { kind, why } = wanted;
  const rule = view.rules.holds[kind];
  const accountId = rule.scope === 'account' ? wanted.accountId : undefined;
  if (rule.scope === 'account' && accountId === undefined) return refuse('unknown_account', 'accountId');
  const from = wanted.from ?? todayOf(view);
  const until = wanted.until ?? (rule.days === undefined ? undefined : addDays(from, rule.days - 1));
  const problem = lengthProblem(rule, { from, until });
  if (problem !== null) return problem;
  const same = view.person.holds.find(
    (one) =>
      one.kind === kind && one.accountId === accountId && isHeldOn(one, from) && coversUntil(one, until),
  );
  if (same !== undefined) return done(request, view, { made: same.holdId, answer: { hold: same } });
  const { atEnd, queue, opensCase } = rule;
  const placed: Hold = {
    holdId: madeId('hold', request),
    debtorId: request.debtorId,
    kind,
    ...(accountId !== undefined && { accountId }),
    from,
    ...(until !== undefined && { until }),
    ...{ placedAt: view.now, via: request.via, by: request.by, why, atEnd, queue, opensCase },
  };
  return done(request, view, { made: placed.holdId, change: { holds: [placed] }, answer: { hold: placed } });
}

function lengthProblem(
  { daysMax }: HoldRule,
  { from, until }: { readonly from: string; readonly until: string | undefined },
): ActEffect | null {
  if (until !== undefined && until < from) return refuse('date_past', 'until', { dateFrom: from });
  if (daysMax === undefined) return null;
  const dateTo = addDays(from, daysMax - 1);
  const isTooLong = until === undefined || daysBetween(from, until) >= daysMax;
  return isTooLong ? refuse('hold_too_long', 'until', { dateTo }) : null;
}

function coversUntil(one: Hold, until: string | undefined): boolean {
  return one.until === undefined || (until !== undefined && one.until >= until);
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
