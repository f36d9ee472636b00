import type { Account } from '#shared/contracts/account.ts';
import type { HandOverReason, Subject } from '#shared/contracts/ledger.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { defaultQueue } from '#shared/contracts/queue.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import { factScope, type FactScope } from '#shared/core/conditions/fact-scope.ts';
import type { AssignedArm } from '#shared/core/experiments/assign-arm.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { holdForPeople, pauseOf, planOwnContacts } from './agreed-action.ts';
import { chooseStrategy, type ChosenStrategy } from './choose-strategy.ts';
import type { CompiledStrategy, PlacedStep } from './compile-strategy.ts';
import type { Because, PlannedContact } from './decision.ts';
import type { PersonView } from './person-view.ts';
import { noDestination, planStep, type AskedContact, type StepScope } from './plan-step.ts';
import { startOfDay } from './start-of-day.ts';
import { suspensionOf, type Suspension } from './suspension.ts';

/** Most rules or facts that a case tells as its reasons. */
const becauseMax = 50;

/**
 * What one account asks for, before the person's other accounts are looked at. `asked` are the contacts that its steps
 * ask for and that cannot be made now, in the order of the steps.
 */
export type AccountAction =
  | ContactAction
  | {
      readonly kind: 'wait';
      readonly account: Account;
      readonly until: Instant;
      readonly for: WakeFor;
      readonly because: Because;
      readonly asked?: readonly AskedContact[];
    }
  | ({ readonly kind: 'case' } & HandedOver)
  | ({ readonly kind: 'place'; readonly agency: string } & HandedOver)
  | { readonly kind: 'rest'; readonly account: Account; readonly asked?: readonly AskedContact[] };

/** An account that is given away, to a queue of people or of an agency. */
interface HandedOver {
  readonly account: Account;
  readonly queue: string;
  readonly reason: HandOverReason;
  readonly because: Because;
  readonly asked?: readonly AskedContact[];
}

type NoContact = Exclude<AccountAction, ContactAction>;

export interface ContactAction {
  readonly kind: 'contact';
  readonly account: Account;
  readonly daysPastDue: number;
  readonly subject: Subject;
  /** Whether its strategy lets several accounts share one message. */
  readonly mayJoin: boolean;
  readonly contact: Omit<PlannedContact, 'about'>;
}

/** Most urgent first: longest past due, then the larger amount, then by id so that the order never depends on storage. */
export function byUrgency(a: ContactAction, b: ContactAction): number {
  return (
    b.daysPastDue - a.daysPastDue ||
    b.account.pastDue - a.account.pastDue ||
    (a.account.accountId < b.account.accountId ? -1 : 1)
  );
}

/** The next action of one account by what was agreed about it, its own ageing and its strategy. */
export function nextActionFor(account: Account, view: PersonView): AccountAction {
  const rest = { kind: 'rest', account } as const;
  if (isOwnedByOthers(account, view)) return rest;
  if (!isWatched(account) && !mayHaveOwnContacts(view.person)) return rest;
  if (!view.rules.creditors.has(account.creditor)) {
    return unresolved(account, view, { reason: 'no_strategy', because: [`creditor/${account.creditor}`] });
  }
  const scope = factScope(account, view);
  const chosen = chooseStrategy(scope);
  return chosen === null
    ? unresolved(account, view, { reason: 'no_strategy', because: [`product/${account.product}`] })
    : actionBy(chosen, scope);
}

/** Whether an account has anything that steps could speak of: something past due, or an instalment to come. */
function isWatched({ pastDue, minimumDue }: Account): boolean {
  return pastDue > 0 || minimumDue > 0;
}

/** Whether anything was agreed or paid of which the person may have to be told. */
function mayHaveOwnContacts({ promises, plans, payments }: PersonView['person']): boolean {
  return promises.length > 0 || plans.length > 0 || payments.length > 0;
}

/** The next action of an account by the strategy that it follows. */
function actionBy({ strategy, arm }: ChosenStrategy, scope: FactScope): AccountAction {
  const { account, view, daysPastDue } = scope;
  const { homeZone } = view;
  if (homeZone === null || daysPastDue === undefined)
    return unresolved(account, view, { reason: 'not_permitted', because: ['builtin/zone'] });
  const ageing = { account, view, scope, strategy, arm, homeZone, overdue: account.pastDue > 0, daysPastDue };
  return heldForPeople(ageing) ?? agreed(ageing) ?? bySteps(ageing);
}

/** A hold on an overdue account that a person has to look at. */
function heldForPeople({ account, view, scope, homeZone, overdue }: Ageing): NoContact | null {
  const found = overdue ? holdForPeople(scope, homeZone) : null;
  if (found === null) return null;
  const { hold, reason, mark } = found;
  return handOver(account, view, { queue: hold.queue, reason, because: [mark, `hold/${hold.kind}`] });
}

/** What was agreed or paid has its own contacts, and while an agreement stands there are no others. */
function agreed({ account, scope, strategy, homeZone, view, daysPastDue }: Ageing): AccountAction | null {
  const own = mayHaveOwnContacts(view.person) ? planOwnContacts(scope, strategy, homeZone) : null;
  if (own?.kind === 'ready') return { ...own, kind: 'contact', account, daysPastDue, mayJoin: false };
  const pause = pauseOf(scope.agreements, view.now);
  if (own !== null && (pause === null || own.at < pause.until)) {
    const { at, for: wakeFor, because, asked } = own;
    return { kind: 'wait', account, until: at, for: wakeFor, because, asked };
  }
  return pause && { kind: 'wait', account, until: pause.until, for: 'look', because: [pause.because] };
}

function bySteps(ageing: Ageing): AccountAction {
  const { account, scope, strategy, arm, homeZone } = ageing;
  if (!isWatched(account)) return { kind: 'rest', account };
  const suspension = suspensionOf(scope, strategy, homeZone);
  if (suspension !== null) return suspended(ageing, suspension);
  return arm?.strategy === null ? heldOut(ageing, arm) : agedAction(ageing);
}

/** An account whose steps are suspended rests until it is looked at again, or goes to a queue. */
function suspended({ account, view, overdue }: Ageing, suspension: Suspension): NoContact {
  const because = [suspension.because];
  if (suspension.kind === 'wait')
    return { kind: 'wait', account, until: suspension.until, for: 'look', because };
  if (!overdue) return { kind: 'rest', account };
  return handOver(account, view, { queue: suspension.queue, reason: 'stop_condition', because });
}

interface Ageing {
  readonly account: Account;
  readonly view: PersonView;
  readonly scope: FactScope;
  readonly strategy: CompiledStrategy;
  readonly arm: AssignedArm | null;
  readonly homeZone: string;
  readonly overdue: boolean;
  readonly daysPastDue: number;
}

function agedAction(ageing: Ageing): AccountAction {
  const { account, daysPastDue } = ageing;
  const blocked: string[] = [];
  const asked: AskedContact[] = [];
  const steps = remainingSteps(ageing);
  for (const [index, placed] of steps.entries()) {
    const plan = planStep(scopeOf(ageing, placed));
    if (plan.kind === 'ready') {
      return { ...plan, kind: 'contact', account, daysPastDue, mayJoin: ageing.strategy.groupsAccounts };
    }
    asked.push(...plan.asked);
    if (plan.kind === 'later' && plan.at < supersededAt(ageing, steps[index + 1])) {
      return { kind: 'wait', account, until: plan.at, for: plan.for, because: plan.because, asked };
    }
    if (plan.kind === 'blocked') blocked.push(...plan.because);
  }
  return { ...(blocked.length > 0 ? unreachable(ageing, blocked) : escalation(ageing)), asked };
}

/**
 * The machine contacts nobody who is held out, and looks at them whenever the champion would have: once the experiment is
 * over or stopped, its next step finds them. When its steps would have been used up, they go to a queue as everybody does.
 */
function heldOut(ageing: Ageing, { experiment, arm }: AssignedArm): NoContact {
  const { account, homeZone, daysPastDue } = ageing;
  const because = [`experiment/${experiment}/${arm}`];
  const next = remainingSteps(ageing).find(({ step }) => step.daysPastDue > daysPastDue);
  if (next !== undefined)
    return {
      kind: 'wait',
      account,
      until: startOfDay(homeZone, dateOf(account, next)),
      for: 'look',
      because,
    };
  const action = escalation(ageing);
  return action.kind === 'rest' ? action : { ...action, because };
}

/** When the next step takes a step's place, carried out or not. */
function supersededAt({ account, homeZone }: Ageing, next: PlacedStep | undefined): number {
  return next === undefined ? Infinity : startOfDay(homeZone, dateOf(account, next));
}

/**
 * The step that today's age stands on, then those to come. Of several steps that were missed only the newest is left: a
 * late run does not pour out what should have gone over weeks. A step that fell due before a payment moved the due date
 * belongs to an age the account no longer has. A step whose day has come exists only for accounts of which its condition
 * holds; of later ones nobody can say yet.
 */
function remainingSteps(ageing: Ageing): readonly PlacedStep[] {
  const { strategy, overdue, daysPastDue, scope } = ageing;
  // In good standing and the due date has passed: the feed has not told the next one yet.
  if (!overdue && daysPastDue > 0) return [];
  const upcoming = strategy.steps.filter(
    (placed) => placed.step.daysPastDue > daysPastDue && (overdue || placed.step.daysPastDue <= 0),
  );
  const stage = strategy.stages.find((one) => one.from <= daysPastDue && daysPastDue <= one.to);
  const current = strategy.steps.findLast(
    (placed) => placed.stage === stage?.id && placed.step.daysPastDue <= daysPastDue && placed.isFor(scope),
  );
  return current === undefined || precedesAgeing(ageing, current) ? upcoming : [current, ...upcoming];
}

function precedesAgeing({ account, homeZone }: Ageing, placed: PlacedStep): boolean {
  if (account.agedSince === undefined) return false;
  return dateOf(account, placed) < localDateAt(homeZone, toInstant(account.agedSince));
}

function dateOf(account: Account, { step }: PlacedStep): LocalDate {
  return addDays(account.dueDate, step.daysPastDue);
}

function scopeOf(ageing: Ageing, { stage, step, legs }: PlacedStep): StepScope {
  const { account, view, strategy, arm, homeZone } = ageing;
  const subject: Subject = {
    accountId: account.accountId,
    strategy: strategy.id,
    stage,
    step: step.id,
    dueDate: account.dueDate,
    ...(arm === null ? {} : { arm: { experiment: arm.experiment, arm: arm.arm } }),
  };
  return {
    ...{ account, view, homeZone, subject, step, legs },
    strategyName: strategy.name,
    gaps: strategy.gaps,
    preferred: step.preferred ?? strategy.preferred,
    context: 'overdue',
    date: addDays(account.dueDate, step.daysPastDue),
  };
}

/** No remaining step can reach the person: people have to. Someone in good standing is simply left alone. */
function unreachable(ageing: Ageing, blocked: readonly string[]): NoContact {
  const { account, view, overdue } = ageing;
  if (!overdue) return { kind: 'rest', account };
  const because = [...new Set(blocked)];
  const noAddress = because.every((one) => one.startsWith(noDestination));
  const queue = escalationQueue(ageing);
  return handOver(account, view, { queue, reason: noAddress ? 'unreachable' : 'not_permitted', because });
}

/** Every step is done: after a pause the account goes to a queue. */
function escalation(ageing: Ageing): NoContact {
  const { account, view, strategy, homeZone, overdue } = ageing;
  if (!overdue) return { kind: 'rest', account };
  const due = addDays(account.dueDate, strategy.lastDaysPastDue + strategy.escalation.afterDays);
  const until = startOfDay(homeZone, due);
  return until <= view.now
    ? handOver(account, view, { queue: escalationQueue(ageing), reason: 'steps_used_up', because: [] })
    : { kind: 'wait', account, until, for: 'look', because: ['steps_used_up'] };
}

/** The queue of the first route that fits the account; the last route fits every one. */
function escalationQueue({ strategy, scope }: Ageing): string {
  return strategy.escalation.routes.find(({ holds }) => holds(scope))?.queue ?? defaultQueue;
}

/**
 * Gives an account away: a case for people, or a placement with the agency of an outsourced queue. An agency that does
 * not serve where the person lives gets nothing: the account goes to people instead, with that as a reason.
 */
function handOver(
  account: Account,
  view: PersonView,
  { queue, reason, because }: Pick<HandedOver, 'queue' | 'reason' | 'because'>,
): NoContact {
  const named = view.rules.queues.get(queue);
  const people = named?.kind === 'human' ? queue : defaultQueue;
  const agency = view.rules.agencies.get(named?.agency ?? '');
  if (agency === undefined)
    return { kind: 'case', account, queue: people, reason, because: because.slice(0, becauseMax) };
  const serves = agency.countries.includes(view.debtor.country);
  const reasons = serves ? because : [...because.slice(0, becauseMax - 1), `agency/${agency.agency}/country`];
  const handed = { account, reason, because: reasons.slice(0, becauseMax) };
  return serves
    ? { kind: 'place', queue, agency: agency.agency, ...handed }
    : { kind: 'case', queue: people, ...handed };
}

/** A case for an account that nothing can be decided about; one in good standing waits for a better feed. */
function unresolved(
  account: Account,
  view: PersonView,
  why: Pick<HandedOver, 'reason' | 'because'>,
): AccountAction {
  return account.pastDue > 0
    ? handOver(account, view, { queue: defaultQueue, ...why })
    : { kind: 'rest', account };
}

/** True when an account's fate is in other hands: a case or a placement owns it until it is returned. */
function isOwnedByOthers({ accountId }: Account, { person }: PersonView): boolean {
  const owners = [...person.cases, ...person.placements];
  return owners.some((one) => one.accountId === accountId && one.state === 'open');
}
