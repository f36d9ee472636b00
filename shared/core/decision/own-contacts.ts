import type { Payment } from '#shared/contracts/account.ts';
import type { Channel, LocalDate } from '#shared/contracts/primitives.ts';
import { termsFor } from '#shared/core/agreements/agreement-terms.ts';
import type { OpenInstalment, StandingPlan } from '#shared/core/agreements/plan-standing.ts';
import type { StandingPromise } from '#shared/core/agreements/promise-standing.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { dayMs, hourMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { PlannedContact } from './decision.ts';
import type { OwnText } from './own-texts.ts';
import { startOfDay } from './start-of-day.ts';

/** What was not kept is followed up within this time after it was decided, in milliseconds; later the strategy speaks. */
const followUpMs = 3 * dayMs;
/** A survey is sent within this time after its day, in milliseconds. */
const surveyMs = 7 * dayMs;

/** A contact that no strategy asks for: it follows from what was agreed, paid or ended. */
export interface OwnContact {
  readonly text: OwnText;
  /** Id of the promise, plan or payment. */
  readonly agreement: string;
  readonly purpose: PlannedContact['purpose'];
  /** In order of preference. */
  readonly channels: readonly Channel[];
  /** The date that it is about: each is said once. */
  readonly dueDate: LocalDate;
  readonly from: Instant;
  /** From then on it is dropped. */
  readonly until: Instant;
}

/** Contacts of its own that an account asks for now or later, by their time. */
export function ownContacts(scope: FactScope, homeZone: string): readonly OwnContact[] {
  const { agreements, view } = scope;
  const contacts = [
    ...agreements.promises.flatMap((one) => ofPromise(one, scope, homeZone)),
    ...agreements.plans.flatMap((one) => ofPlan(one, scope, homeZone)),
    ...receipts(scope, homeZone),
    ...survey(scope),
  ];
  return contacts.filter(({ until }) => until > view.now).sort((a, b) => a.from - b.from);
}

function ofPromise(
  { promise, state }: StandingPromise,
  scope: FactScope,
  homeZone: string,
): readonly OwnContact[] {
  const about = { agreement: promise.promiseId, madeAt: promise.madeAt, confirmBy: promise.confirmBy };
  const due = { dueDate: promise.dueDate, settlesAt: promise.settlesAt };
  switch (state) {
    case 'open':
      return [
        ...confirmation('promise-confirmation', { ...about, dueDate: promise.dueDate }, scope),
        ...reminder({ ...about, ...due }, scope, homeZone),
      ];
    case 'kept':
    case 'cancelled':
      return [];
    case 'partial':
    case 'broken':
      return followUp({ ...about, ...due }, scope);
  }
}

function ofPlan({ plan, state, upcoming, missed }: StandingPlan, scope: FactScope, homeZone: string) {
  const about = { agreement: plan.planId, madeAt: plan.madeAt, confirmBy: plan.confirmBy };
  const isRunning = state === 'active';
  return [
    ...(isRunning
      ? confirmation('plan-confirmation', { ...about, dueDate: plan.instalments[0]?.dueDate ?? '' }, scope)
      : []),
    ...(isRunning && upcoming !== null ? reminder({ ...about, ...upcoming }, scope, homeZone) : []),
    ...(isRunning || state === 'breached' ? missedInstalment(missed, about, scope) : []),
  ];
}

function missedInstalment(missed: OpenInstalment | null, about: Agreed, scope: FactScope) {
  return missed === null || missed.open === 0 ? [] : followUp({ ...about, ...missed }, scope);
}

interface Agreed {
  readonly agreement: string;
  readonly madeAt: number;
  readonly confirmBy: Channel | undefined;
}
interface Due {
  readonly dueDate: LocalDate;
  readonly settlesAt: number;
}

/** Confirms at once, by the channel that was asked for; too late it would only puzzle. */
function confirmation(
  text: 'promise-confirmation' | 'plan-confirmation',
  { agreement, madeAt, confirmBy, dueDate }: Agreed & Pick<Due, 'dueDate'>,
  { view }: FactScope,
): readonly OwnContact[] {
  if (confirmBy === undefined) return [];
  return [
    {
      ...{ text, agreement, dueDate, purpose: 'reply_to_debtor', channels: [confirmBy] },
      from: toInstant(madeAt),
      until: toInstant(madeAt + view.rules.agreements.confirm.withinHours * hourMs),
    },
  ];
}

/** The one reminder before a date; none where the promise was made on that day or later. */
function reminder(
  { agreement, madeAt, confirmBy, dueDate }: Agreed & Due,
  scope: FactScope,
  homeZone: string,
): readonly OwnContact[] {
  const { remindDaysBefore } = termsFor(scope).promises;
  if (remindDaysBefore === undefined) return [];
  const from = startOfDay(homeZone, addDays(dueDate, -remindDaysBefore));
  if (madeAt >= from) return [];
  const until = startOfDay(homeZone, addDays(dueDate, 1));
  const channels = channelsOf(scope, confirmBy);
  return [{ text: 'promise-reminder', agreement, dueDate, purpose: 'reminder', channels, from, until }];
}

/** One message after a promise or an instalment was not paid, while something is still past due. */
function followUp(
  { agreement, confirmBy, dueDate, settlesAt }: Agreed & Due,
  scope: FactScope,
): readonly OwnContact[] {
  if (scope.account.pastDue === 0 || !termsFor(scope).promises.followUp) return [];
  const from = toInstant(settlesAt);
  const until = toInstant(settlesAt + followUpMs);
  const channels = channelsOf(scope, confirmBy);
  return [{ text: 'broken-promise', agreement, dueDate, purpose: 'collection', channels, from, until }];
}

function channelsOf({ view }: FactScope, first: Channel | undefined): readonly Channel[] {
  const { channels } = view.rules.agreements.confirm;
  return first === undefined ? channels : [first, ...channels.filter((channel) => channel !== first)];
}

/** Receipts for payments of the sources that the configuration names. */
function receipts({ account, view }: FactScope, homeZone: string): readonly OwnContact[] {
  const { receipts: sources, confirm } = view.rules.agreements;
  const isMeant = ({ accountId, source = 'creditor', reversals = [] }: Payment): boolean =>
    accountId === account.accountId && sources.includes(source) && reversals.length === 0;
  return view.person.payments.filter(isMeant).flatMap(({ paymentId, toldAt }) =>
    toldAt === undefined
      ? []
      : {
          ...{
            text: 'receipt',
            agreement: paymentId,
            purpose: 'reply_to_debtor',
            channels: confirm.channels,
          },
          dueDate: localDateAt(homeZone, toInstant(toldAt)),
          from: toInstant(toldAt),
          until: toInstant(toldAt + confirm.withinHours * hourMs),
        },
  );
}

/** The question how it went, some days after the end; not to whom was never written, nor to whom has answered. */
function survey({ account, view }: FactScope): readonly OwnContact[] {
  const { afterDays, invite } = view.rules.agreements.survey;
  if (!invite || account.pastDue > 0) return [];
  const { payments, attempts, acts } = view.person;
  const paid = payments.filter(({ accountId }) => accountId === account.accountId);
  const endedAt = Math.max(account.curedAt ?? 0, ...paid.map(({ toldAt = 0 }) => toldAt));
  const isKnown = attempts.some(({ about }) =>
    about.some(({ accountId }) => accountId === account.accountId),
  );
  if (endedAt === 0 || !isKnown || acts.some(({ kind, at }) => kind === 'survey' && at > endedAt)) return [];
  const from = toInstant(endedAt + afterDays * dayMs);
  return [
    {
      ...{ text: 'survey', agreement: `survey-${account.accountId}`, purpose: 'reminder' },
      channels: view.rules.agreements.confirm.channels,
      dueDate: account.dueDate,
      from,
      until: toInstant(from + surveyMs),
    },
  ];
}
