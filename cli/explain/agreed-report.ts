import type { Payment } from '#shared/contracts/account.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import type { Inbound } from '#shared/contracts/inbound.ts';
import { agreementsOn } from '#shared/core/agreements/account-agreements.ts';
import type { StandingPlan } from '#shared/core/agreements/plan-standing.ts';
import type { StandingPromise } from '#shared/core/agreements/promise-standing.ts';
import { isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { AccountExplanation } from '#shared/usecases/explain-account.ts';

export type AgreedReport = ReturnType<typeof agreedReport>;

/**
 * What was agreed, held, done and paid about an account, and how it stood at the instant. Amounts are told as shares: to
 * check a decision nobody needs more.
 */
export function agreedReport(explained: AccountExplanation) {
  const { account, person, view, at } = explained;
  const { promises, plans } = agreementsOn(account, person, at);
  const today = localDateAt(view?.homeZone ?? 'UTC', at);
  const isAbout = ({ accountId }: { readonly accountId?: string | undefined }) =>
    (accountId ?? account.accountId) === account.accountId;
  const { preferences } = person;
  return {
    promises: promises.map(promiseOf),
    plans: plans.map(planOf),
    holds: person.holds.filter(isAbout).map((hold) => holdOf(hold, today)),
    acts: person.acts.filter(isAbout).map(({ at: doneAt, kind, via, by, outcome, made }) => ({
      ...{ at: isoOf(doneAt), kind, via, by, outcome, made: made ?? null },
    })),
    payments: person.payments.filter(isAbout).map(paymentOf),
    inbound: person.inbound.filter(isAbout).map(inboundOf),
    preferences:
      preferences === undefined
        ? null
        : {
            at: isoOf(preferences.at),
            language: preferences.language ?? null,
            windows: preferences.windows.length,
          },
  };
}

function promiseOf({ promise, state, paid }: StandingPromise) {
  const { promiseId, basis, dueDate, settlesAt, madeAt, via, amount } = promise;
  return {
    ...{ promise: promiseId, basis, state, dueDate, settlesAt: isoOf(settlesAt), madeAt: isoOf(madeAt), via },
    paidShare: shareOf(paid, amount),
  };
}

function planOf({ plan, state, paid, next, missed, breach }: StandingPlan) {
  const total = plan.instalments.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...{ plan: plan.planId, state, madeAt: isoOf(plan.madeAt), via: plan.via },
    instalments: plan.instalments.map(({ dueDate, settlesAt }) => ({ dueDate, settlesAt: isoOf(settlesAt) })),
    paidShare: shareOf(paid, total),
    next: next?.dueDate ?? null,
    missed: missed?.dueDate ?? null,
    revivableUntil: breach === null ? null : isoOf(breach.revivableUntil),
  };
}

/** What was read of it, never its words: they may name anybody. */
function inboundOf({ inboundId, at, channel, intents, needsHuman, answer }: Inbound) {
  return {
    ...{ inbound: inboundId, at: isoOf(at), channel, needsHuman, answer: answer?.text ?? null },
    read: intents.map(({ kind, confidence }) => ({ kind, confidence })),
  };
}

function holdOf(hold: Hold, today: string) {
  const { holdId, kind, accountId, from, until, via, by, atEnd, ended } = hold;
  return {
    ...{ hold: holdId, kind, covers: accountId === undefined ? 'debtor' : 'account', from },
    ...{ until: until ?? null, isInForce: isHeldOn(hold, today), via, by, atEnd },
    ended: ended === undefined ? null : { at: isoOf(ended.at), by: ended.by },
  };
}

function paymentOf({
  paymentId,
  bookedAt,
  source = 'creditor',
  amount,
  overpaid = 0,
  reversals = [],
}: Payment) {
  const reversed = reversals.reduce((sum, one) => sum + one.amount, 0);
  return {
    ...{ payment: paymentId, bookedAt: isoOf(bookedAt), source, isOverpaid: overpaid > 0 },
    reversals: reversals.map(({ reversalId, at, why }) => ({ reversal: reversalId, at: isoOf(at), why })),
    reversedShare: shareOf(reversed, amount),
  };
}

/** A part of a sum, in whole percent; what is not quite all is never told as all. */
function shareOf(part: number, whole: number): number {
  const percent = (part / whole) * 100;
  return percent >= 100 ? 100 : Math.min(99, Math.round(percent));
}

function isoOf(epochMs: number): string {
  return formatIsoInstant(toInstant(epochMs));
}

/** The same as lines to read, each kind under its title; kinds that there are none of are left out. */
export function agreedSections(report: AgreedReport): (readonly [string, readonly string[]])[] {
  const { promises, plans, holds, acts, payments, inbound, preferences } = report;
  const sections: (readonly [string, readonly string[]])[] = [
    ['Promises and extensions', promises.map(promiseLine)],
    ['Plans', plans.flatMap(planLines)],
    ['Holds', holds.map(holdLine)],
    ['Payments', payments.flatMap(paymentLines)],
    ['What the person wrote or said, as it was read', inbound.map(inboundLine)],
    [
      'What was asked or done',
      acts.map(({ at, kind, via, by, outcome, made }) =>
        [at, kind, `by ${by}`, `(${via})`, outcome, made ?? ''].join('  ').trimEnd(),
      ),
    ],
    [
      'Own wishes',
      preferences === null
        ? []
        : [
            `since ${preferences.at}: language ${preferences.language ?? 'as the feed tells'}, ${preferences.windows} windows`,
          ],
    ],
  ];
  return sections.filter(([, lines]) => lines.length > 0);
}

function inboundLine({ at, channel, read, needsHuman, answer }: AgreedReport['inbound'][number]): string {
  const kinds = read.map(({ kind, confidence }) => `${kind} ${String(confidence)}`).join(', ');
  const people = needsHuman ? '; a person looks at it' : '';
  return `${at}  ${channel}  ${kinds}${people}; answered with ${answer ?? 'nothing'}`;
}

function promiseLine(one: AgreedReport['promises'][number]): string {
  const decided = one.state === 'open' ? `; decided ${one.settlesAt}` : '';
  return `${one.promise}  ${one.basis} by ${one.dueDate}: ${one.state}, ${one.paidShare}% paid${decided}`;
}

function planLines(one: AgreedReport['plans'][number]): string[] {
  const dates = one.instalments.map(({ dueDate }) => dueDate).join(', ');
  const next = one.next === null ? '' : `; next ${one.next}`;
  const missed = one.missed === null ? '' : `; missed ${one.missed}`;
  const revival = one.revivableUntil === null ? '' : `; can be revived until ${one.revivableUntil}`;
  return [`${one.plan}  ${one.state}, ${one.paidShare}% paid${next}${missed}${revival}`, `  due ${dates}`];
}

function holdLine(one: AgreedReport['holds'][number]): string {
  const until = one.until === null ? 'until somebody ends it' : `until ${one.until}`;
  const now = one.ended === null ? (one.isInForce ? 'in force' : 'not in force') : `ended by ${one.ended.by}`;
  return `${one.hold}  ${one.kind} on the ${one.covers}, from ${one.from} ${until}: ${now}; placed by ${one.by} (${one.via})`;
}

function paymentLines(one: AgreedReport['payments'][number]): string[] {
  const over = one.isOverpaid ? ', more than was owed' : '';
  return [
    `${one.payment}  booked ${one.bookedAt}, told by ${one.source}${over}`,
    ...one.reversals.map(({ reversal, at, why }) => `  taken back ${at}: ${why} (${reversal})`),
    ...(one.reversals.length === 0 ? [] : [`  in all ${one.reversedShare}% of it`]),
  ];
}
