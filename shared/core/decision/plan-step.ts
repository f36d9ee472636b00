import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry, Subject } from '#shared/contracts/ledger.ts';
import type { Channel, LocalDate } from '#shared/contracts/primitives.ts';
import type { PreferredTimes, Step } from '#shared/contracts/strategy.ts';
import { contactIdOf } from '#shared/core/identity/contact-id.ts';
import { findTemplate } from '#shared/core/render/compile-templates.ts';
import { instantAt } from '#shared/core/time/local-time.ts';
import { hourMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { permitContact } from './contact-permission.ts';
import { timeContact, type ContactProposal } from './contact-time.ts';
import type { Because, PlannedContact } from './decision.ts';
import { destinationOf, type PersonView } from './person-view.ts';
import { standingOf } from './step-standing.ts';

/** One step of one account, and the day it falls on where the person lives. */
export interface StepScope {
  readonly account: Account;
  readonly view: PersonView;
  readonly homeZone: string;
  readonly subject: Subject;
  readonly step: Step;
  readonly preferred: PreferredTimes;
  readonly date: LocalDate;
}

/** Whether a step can be carried out now, later, never, or already was. */
export type StepPlan =
  | { readonly kind: 'ready'; readonly subject: Subject; readonly contact: Omit<PlannedContact, 'about'> }
  | {
      readonly kind: 'later';
      readonly at: Instant;
      readonly for: Channel;
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

/** One way to carry out a step: its own channel, or the fallback. */
interface Leg {
  readonly channel: Channel;
  readonly template: string;
  /** How long to wait for an answer on this leg before the next one, in milliseconds. */
  readonly patienceMs: number;
}

/** The first instant of a local day. */
export function startOfDay(homeZone: string, date: LocalDate): Instant {
  return instantAt(homeZone, date, 0);
}

/**
 * Plans a step: the first of its channels that has an address, a text and permission. The fallback comes after the wait
 * for a delivery or an answer, or at once when the first channel surely reached nobody.
 */
export function planStep(scope: StepScope): StepPlan {
  const because: string[] = [];
  const asked: AskedContact[] = [];
  let earliest = Math.max(scope.view.now, startOfDay(scope.homeZone, scope.date));
  let usePreferred = true;
  for (const leg of legsOf(scope.step)) {
    const tries = triesOf(scope, leg.channel);
    const standing = standingOf(tries, scope.view.rules.limits.attemptsMax);
    if (standing.kind === 'reached') return { kind: 'done', asked };
    if (standing.kind === 'open') {
      const from = Math.max(earliest, standing.from);
      const plan = planLeg(scope, leg, {
        attempt: tries.length,
        from,
        usePreferred: usePreferred && tries.length === 0,
      });
      if (plan.kind !== 'blocked') return withAsked(plan, asked);
      asked.push(...plan.asked);
      because.push(...plan.because);
    } else {
      usePreferred = false;
      earliest = Math.max(earliest, standing.kind === 'pending' ? standing.since + leg.patienceMs : 0);
    }
  }
  return usePreferred ? { kind: 'blocked', because, asked } : { kind: 'done', asked };
}

/** A plan that waits for its second channel tells what the first one asked for too. */
function withAsked(plan: Exclude<StepPlan, { kind: 'done' }>, before: readonly AskedContact[]): StepPlan {
  return plan.kind === 'ready' ? plan : { ...plan, asked: [...before, ...plan.asked] };
}

function legsOf({ channel, template, fallback }: Step): readonly Leg[] {
  if (fallback === undefined) return [{ channel, template, patienceMs: 0 }];
  return [
    { channel, template, patienceMs: fallback.afterHours * hourMs },
    { channel: fallback.channel, template: fallback.template, patienceMs: 0 },
  ];
}

/** Earlier contacts on a channel which fulfilled this step of this account at this age, oldest first. */
function triesOf({ view, subject }: StepScope, channel: Channel): readonly LedgerEntry[] {
  return view.person.attempts
    .filter((entry) => entry.channel === channel && entry.about.some((about) => isSame(about, subject)))
    .sort((a, b) => a.reservedAt - b.reservedAt);
}

function isSame(a: Subject, b: Subject): boolean {
  return a.accountId === b.accountId && a.step === b.step && a.dueDate === b.dueDate;
}

interface LegTry {
  readonly attempt: number;
  readonly from: number;
  readonly usePreferred: boolean;
}

function planLeg(
  scope: StepScope,
  leg: Leg,
  { attempt, from, usePreferred }: LegTry,
): Exclude<StepPlan, { kind: 'done' }> {
  const { view, account, step } = scope;
  const destination = destinationOf(view, leg.channel);
  if (destination === null) return { kind: 'blocked', because: [noDestination + leg.channel], asked: [] };
  const template = findTemplate(view.rules.templates, leg.template, leg.channel, view.locale);
  if (template === undefined)
    return { kind: 'blocked', because: [`no_template/${leg.template}.${leg.channel}`], asked: [] };
  const proposal: ContactProposal = {
    account,
    channel: leg.channel,
    purpose: step.purpose,
    destination,
    elements: template.elements,
  };
  const { subject } = scope;
  const isDue = from <= view.now && view.gapEndsAt <= view.now;
  const asked = [{ subject, attempt, template: leg.template, proposal, isDue }];
  const time = timeContact(scope, proposal, { from: toInstant(from), usePreferred });
  if (time.at === null) return { kind: 'blocked', because: time.because, asked };
  if (time.at > view.now)
    return { kind: 'later', at: time.at, for: leg.channel, because: time.because, asked };
  const closing = closesSoon(view, proposal);
  if (closing !== null) return { ...closing, asked };
  const { debtorId } = view.person;
  const contactId = contactIdOf({ ...subject, debtorId, channel: leg.channel, attempt });
  return {
    kind: 'ready',
    subject,
    contact: {
      contactId,
      debtorId,
      channel: leg.channel,
      purpose: step.purpose,
      destination,
      template: leg.template,
      locale: template.locale,
      attempt,
    },
  };
}

/**
 * A contact just before its window ends could leave the provider's queue or still ring after it: within the margin it
 * waits for the next window. Null when there is time enough.
 */
function closesSoon(view: PersonView, proposal: ContactProposal) {
  const marginMs = view.rules.limits.sendMarginMinutes * minuteMs;
  const { allowed, nextAt, because } = permitContact(view, proposal, toInstant(view.now + marginMs));
  if (allowed) return null;
  return nextAt === null
    ? ({ kind: 'blocked', because } as const)
    : ({ kind: 'later', at: nextAt, for: proposal.channel, because } as const);
}
