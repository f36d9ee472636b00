import type { Account } from '#shared/contracts/account.ts';
import type { NumberFact } from '#shared/contracts/condition.ts';
import type { AttemptState } from '#shared/contracts/ledger.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Person } from '#shared/contracts/person.ts';
import { brokenCount } from '#shared/core/agreements/account-agreements.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { behaviourDays, type FactScope } from './fact-scope.ts';

const reachedStates: ReadonlySet<AttemptState> = new Set(['delivered', 'answered', 'conversation']);
const answeredStates: ReadonlySet<AttemptState> = new Set(['answered', 'conversation']);
const unansweredStates: ReadonlySet<AttemptState> = new Set(['no_answer', 'busy', 'voicemail']);
const lostStates: ReadonlySet<AttemptState> = new Set(['undelivered', 'not_in_service']);

/** How each number is worked out; undefined when it is not known. */
export const numberFacts: Readonly<Record<NumberFact, (scope: FactScope) => number | undefined>> = {
  daysPastDue: (scope) => scope.daysPastDue,
  balance: ({ account }) => account.balance,
  pastDue: ({ account }) => account.pastDue,
  minimumDue: ({ account }) => account.minimumDue,
  instalmentsLate: ({ account }) => account.instalments.length,
  accountsLate: ({ view }) => view.person.accounts.filter(({ pastDue }) => pastDue > 0).length,
  risk: ({ risk }) => risk?.probability,
  recovery: ({ risk }) => risk?.recovery,
  contacts: ({ attempts }) => attempts.length,
  contactsSms: (scope) => countOn(scope, 'sms'),
  contactsEmail: (scope) => countOn(scope, 'email'),
  contactsCall: (scope) => countOn(scope, 'call'),
  conversations: (scope) => countIn(scope, answeredStates),
  unansweredCalls: (scope) => countIn(scope, unansweredStates),
  delivered: ({ attempts }) => attempts.filter(({ state }) => state === 'delivered').length,
  undelivered: (scope) => countIn(scope, lostStates),
  daysSinceContact: ({ view }) => daysSince(view.person.attempts, view.now),
  responseSms: (scope) => responseOn(scope, 'sms'),
  responseEmail: (scope) => responseOn(scope, 'email'),
  responseCall: (scope) => responseOn(scope, 'call'),
  payments: (scope) => recentPayments(scope).length,
  daysSincePayment: (scope) => {
    const last = Math.max(...recentPayments(scope).map(({ bookedAt }) => bookedAt));
    return Number.isFinite(last) ? wholeDays(scope.view.now - last) : undefined;
  },
  brokenPromises: ({ account, agreements }) =>
    added(toldCount(account.attributes['x_broken_promises']), brokenCount(agreements)),
  keptPromises: ({ agreements }) => agreements.promises.filter(({ state }) => state === 'kept').length,
  complaints: ({ account, view }) =>
    added(toldCount(account.attributes['x_complaints']), complaintsOf(view.person, account)),
};

function countOn({ attempts }: FactScope, channel: Channel): number {
  return attempts.filter((entry) => entry.channel === channel).length;
}

function countIn({ attempts }: FactScope, states: ReadonlySet<AttemptState>): number {
  return attempts.filter(({ state }) => states.has(state)).length;
}

/** Whole days since the last contact that may have gone out. */
function daysSince(attempts: FactScope['attempts'], now: number): number | undefined {
  const last = attempts.findLast(({ state }) => state !== 'failed');
  return last === undefined ? undefined : wholeDays(now - last.reservedAt);
}

/** Share of the contacts on a channel that reached the person; what is still under way is not counted either way. */
function responseOn({ view }: FactScope, channel: Channel): number | undefined {
  const since = view.now - behaviourDays * dayMs;
  const settled = view.person.attempts.filter(
    (entry) =>
      entry.channel === channel &&
      entry.reservedAt >= since &&
      (reachedStates.has(entry.state) || unansweredStates.has(entry.state) || lostStates.has(entry.state)),
  );
  if (settled.length === 0) return undefined;
  return settled.filter(({ state }) => reachedStates.has(state)).length / settled.length;
}

function recentPayments({ account, view }: FactScope) {
  const since = view.now - behaviourDays * dayMs;
  return view.person.payments.filter(
    ({ accountId, bookedAt }) => accountId === account.accountId && bookedAt >= since,
  );
}

function wholeDays(ms: number): number {
  return Math.floor(ms / dayMs);
}

function complaintsOf({ holds }: Person, { accountId }: Account): number {
  return holds.filter((hold) => hold.kind === 'complaint' && (hold.accountId ?? accountId) === accountId)
    .length;
}

/** What the feed tells and what was recorded here; unknown when the feed tells nonsense. */
function added(told: number | undefined, recorded: number): number | undefined {
  return told === undefined ? undefined : told + recorded;
}

/** A count that the feed tells; 0 when it tells none, unknown when what it tells is no number. */
function toldCount(text: string | undefined): number | undefined {
  return text === undefined ? 0 : numberOf(text);
}

/** A number in plain digits; undefined for any other text. */
export function numberOf(text: string): number | undefined {
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
