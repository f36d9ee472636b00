import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry, Subject } from '#shared/contracts/ledger.ts';
import type { Channel, LocalDate } from '#shared/contracts/primitives.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import type { Gaps, PreferredTimes } from '#shared/contracts/strategy.ts';
import { contactIdOf } from '#shared/core/identity/contact-id.ts';
import { fractionOf } from '#shared/core/identity/fnv1a64.ts';
import { findText } from '#shared/core/render/compile-templates.ts';
import { stopFor } from '#shared/core/stops/stop-for.ts';
import { hourMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { Leg } from './compile-strategy.ts';
import { permitContact } from './contact-permission.ts';
import { timeContact, type ContactProposal } from './contact-time.ts';
import type { Because, PlannedContact } from './decision.ts';
import { destinationOf, type PersonView } from './person-view.ts';
import { startOfDay } from './start-of-day.ts';
import { standingOf, type StepStanding } from './step-standing.ts';

/** One step of one account, and the day it falls on where the person lives. */
export interface StepScope {
  readonly account: Account;
  readonly view: PersonView;
  readonly homeZone: string;
  readonly subject: Subject;
  readonly step: { readonly purpose: PlannedContact['purpose'] };
  readonly legs: readonly Leg[];
  /** Name of the strategy, without its version. */
  readonly strategyName: string;
  readonly gaps: Gaps;
  /** Null: at once, and without keeping to the least time between contacts: an answer to what the person just did. */
  readonly preferred: PreferredTimes | null;
  /** What its texts speak of. */
  readonly context: TemplateContext;
  readonly date: LocalDate;
}

/** Whether a step can be carried out now, later, never, or already was. */
export type StepPlan =
  | { readonly kind: 'ready'; readonly subject: Subject; readonly contact: Omit<PlannedContact, 'about'> }
  | {
      readonly kind: 'later';
      readonly at: Instant;
      readonly for: WakeFor;
      readonly because: Because;
      readonly asked: readonly AskedContact[];
    }
  | { readonly kind: 'done'; readonly asked: readonly AskedContact[] }
  | { readonly kind: 'blocked'; readonly because: Because; readonly asked: readonly AskedContact[] };

/** A contact that a step asks for and that cannot be made now. */
export interface AskedContact {
  readonly subject: Subject;
  readonly attempt: number;
  readonly template: string;
  readonly proposal: ContactProposal;
  /** Whether its time has come by the step, earlier tries and the gap between contacts: only hours and rules are left. */
  readonly isDue: boolean;
}

/** First part of the reason that is given when a channel has no usable address. */
export const noDestination = 'no_destination/';

/**
 * Plans a step: by the first of its channels that has an address, a text and permission. The next leg comes after the wait
 * for a delivery or an answer, or at once when what came before surely reached nobody. A step goes only forward: once a
 * channel was used, those before it are over, also when they become possible again.
 */
export function planStep(scope: StepScope): StepPlan {
  const ways = waysOf(scope);
  const so: StepSoFar = {
    because: [],
    asked: [],
    earliest: Math.max(scope.view.now, startOfDay(scope.homeZone, scope.date)),
    hasBegun: false,
  };
  if (ways.some(({ standing }) => standing.kind === 'reached')) return { kind: 'done', asked: [] };
  let waitedFor: Leg | undefined;
  for (const way of ways.slice(
    Math.max(
      0,
      ways.findLastIndex(({ tries }) => tries > 0),
    ),
  )) {
    if (way.leg === waitedFor) continue;
    const plan = planWay(scope, way, so);
    if (plan !== undefined) return plan;
    if (way.standing.kind === 'pending') waitedFor = way.leg;
  }
  const { because, asked } = so;
  return so.hasBegun ? { kind: 'done', asked } : { kind: 'blocked', because, asked };
}

/** One channel of one leg, how often it was tried, and how that stands. */
interface Way {
  readonly leg: Leg;
  readonly channel: Channel;
  readonly tries: number;
  readonly standing: StepStanding;
}

function waysOf(scope: StepScope): readonly Way[] {
  const { attemptsMax } = scope.view.rules.limits;
  return scope.legs.flatMap((leg) =>
    leg.channels.map((channel) => {
      const tries = triesOf(scope, channel);
      return { leg, channel, tries: tries.length, standing: standingOf(tries, attemptsMax) };
    }),
  );
}

/** What is known of a step after some of its channels. */
interface StepSoFar {
  readonly because: string[];
  readonly asked: AskedContact[];
  earliest: number;
  /** Whether something of the step went out: only the first contact keeps to the preferred times. */
  hasBegun: boolean;
}

/** The plan by one channel; undefined when the next one has to be looked at. */
function planWay(scope: StepScope, way: Way, so: StepSoFar): StepPlan | undefined {
  const { leg, channel, tries, standing } = way;
  if (standing.kind !== 'open') {
    so.hasBegun = true;
    if (standing.kind === 'pending') so.earliest = Math.max(so.earliest, standing.since + leg.patienceMs);
    return undefined;
  }
  const plan = planChannel(scope, {
    channel,
    template: leg.template,
    attempt: tries,
    from: Math.max(so.earliest, standing.from, gapEndsAt(scope, channel)),
    usePreferred: !so.hasBegun && tries === 0 && scope.preferred !== null,
  });
  if (plan.kind !== 'blocked') return withAsked(plan, so.asked);
  so.asked.push(...plan.asked);
  so.because.push(...plan.because);
  return undefined;
}

/** The first instant at which both the machine's and the strategy's least times between contacts are over. */
function gapEndsAt({ view, gaps, preferred }: StepScope, channel: Channel): number {
  if (preferred === null) return -Infinity;
  const { sms, email, call } = view.lastContactAt;
  const lastOfAny = Math.max(sms, email, call);
  return Math.max(
    lastOfAny + view.rules.limits.gapMinutes * minuteMs,
    lastOfAny + (gaps.hours ?? 0) * hourMs,
    view.lastContactAt[channel] + (gaps[channel] ?? 0) * hourMs,
  );
}

/** A plan that waits for a later channel tells what the earlier ones asked for too. */
function withAsked(plan: Exclude<StepPlan, { kind: 'done' }>, before: readonly AskedContact[]): StepPlan {
  return plan.kind === 'ready' ? plan : { ...plan, asked: [...before, ...plan.asked] };
}

/** Earlier contacts on a channel which fulfilled this step of this account at this age, oldest first. */
function triesOf({ view, subject }: StepScope, channel: Channel): readonly LedgerEntry[] {
  return view.person.attempts
    .filter((entry) => entry.channel === channel && entry.about.some((about) => isSame(about, subject)))
    .sort((a, b) => a.reservedAt - b.reservedAt);
}

function isSame(a: Subject, b: Subject): boolean {
  return (
    a.accountId === b.accountId && a.step === b.step && a.dueDate === b.dueDate && a.agreement === b.agreement
  );
}

/** One channel of a leg, and the earliest moment for it. */
interface ChannelTry {
  readonly channel: Channel;
  readonly template: string;
  readonly attempt: number;
  readonly from: number;
  readonly usePreferred: boolean;
}

function planChannel(scope: StepScope, one: ChannelTry): Exclude<StepPlan, { kind: 'done' }> {
  const { view, account, step } = scope;
  const { channel, attempt, from, usePreferred } = one;
  const destination = destinationOf(view, channel);
  if (destination === null) return { kind: 'blocked', because: [noDestination + channel], asked: [] };
  const { context } = scope;
  const wanted = { context, channel, name: one.template, locale: view.locale };
  const template = findText(view.rules.templates, wanted);
  if (template === undefined)
    return { kind: 'blocked', because: [`no_template/${one.template}.${channel}`], asked: [] };
  const { elements, locale } = template;
  const isOwn = context !== 'overdue';
  const proposal: ContactProposal = {
    ...{ account, channel, purpose: step.purpose, destination, elements },
    ...(isOwn && { isOwn }),
  };
  const { subject } = scope;
  const asked = [{ subject, attempt, template: one.template, proposal, isDue: from <= view.now }];
  const time = timeContact(scope, proposal, { from: toInstant(from), usePreferred });
  if (time.at === null) return { kind: 'blocked', because: time.because, asked };
  if (time.at > view.now) return { kind: 'later', at: time.at, for: channel, because: time.because, asked };
  const hindrance = closesSoon(view, proposal) ?? stopped(scope, channel);
  if (hindrance !== null) return { ...hindrance, asked };
  const { debtorId } = view.person;
  const contactId = contactIdOf({ ...subject, debtorId, channel, attempt });
  const contact = {
    ...{ contactId, debtorId, channel, purpose: step.purpose, destination },
    ...{ template: one.template, locale, attempt },
  };
  return { kind: 'ready', subject, contact };
}

/** While a stop is in force its contacts are looked at again after this time, in milliseconds. */
const stopRecheckMs = 30 * minuteMs;

/**
 * The kill switch. A contact that a stop covers waits, also where the step has another channel: who stops one channel does
 * not mean a flood on the next. Where `tick` cannot tell what is stopped (a creditor, a strategy) the person is only looked at
 * again, so that what is stopped uses up no channel's pace. Each person comes back at their own point of the time, so that a resumption is no burst.
 */
function stopped({ view, account, strategyName }: StepScope, channel: Channel) {
  const { stops } = view.rules;
  if (stops.length === 0) return null;
  const stop = stopFor(stops, { creditor: account.creditor, strategy: strategyName, channel });
  if (stop === undefined) return null;
  const spreadMs = Math.floor(stopRecheckMs * fractionOf(view.person.debtorId));
  const at = toInstant(view.now + stopRecheckMs + spreadMs);
  const isKnownToTick = stop.scope.kind === 'all' || stop.scope.kind === 'channel';
  const wakeFor: WakeFor = isKnownToTick ? channel : 'look';
  return { kind: 'later', at, for: wakeFor, because: [`stop/${stop.stopId}`] } as const;
}

/**
 * A contact just before its window ends could leave the provider's queue or still ring after it: within the margin it
 * waits for the next window. Null when there is time enough. That a channel has ended may only be confirmed at once: its few
 * minutes are all there is.
 */
function closesSoon(view: PersonView, proposal: ContactProposal) {
  if (proposal.purpose === 'optout_confirmation') return null;
  const marginMs = view.rules.limits.sendMarginMinutes * minuteMs;
  const { allowed, nextAt, because } = permitContact(view, proposal, toInstant(view.now + marginMs));
  if (allowed) return null;
  return nextAt === null
    ? ({ kind: 'blocked', because } as const)
    : ({ kind: 'later', at: nextAt, for: proposal.channel, because } as const);
}
