import type { Account } from '#shared/contracts/account.ts';
import type { Case, Subject } from '#shared/contracts/ledger.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import { daysPastDue as daysPastDueOf } from '#shared/core/ageing/days-past-due.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { strategyFor, type CompiledStrategy, type PlacedStep } from './compile-rules.ts';
import type { Because, PlannedContact } from './decision.ts';
import type { PersonView } from './person-view.ts';
import { noDestination, planStep, startOfDay, type AskedContact, type StepScope } from './plan-step.ts';

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
  | {
      readonly kind: 'case';
      readonly account: Account;
      readonly reason: Case['reason'];
      readonly because: Because;
      readonly asked?: readonly AskedContact[];
    }
  | { readonly kind: 'rest'; readonly account: Account; readonly asked?: readonly AskedContact[] };

type NoContact = Exclude<AccountAction, ContactAction>;

export interface ContactAction {
  readonly kind: 'contact';
  readonly account: Account;
  readonly daysPastDue: number;
  readonly subject: Subject;
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

/** The next action of one account by its own ageing and strategy. */
export function nextActionFor(account: Account, view: PersonView): AccountAction {
  if (isOwnedByPeople(account, view)) return { kind: 'rest', account };
  const overdue = account.pastDue > 0;
  if (!overdue && account.minimumDue <= 0) return { kind: 'rest', account };
  if (!view.rules.creditors.has(account.creditor)) {
    return unresolved(account, 'no_strategy', [`creditor/${account.creditor}`]);
  }
  const strategy = strategyFor(account, view.rules);
  if (strategy === null) return unresolved(account, 'no_strategy', [`product/${account.product}`]);
  if (view.homeZone === null) return unresolved(account, 'not_permitted', ['builtin/zone']);
  return agedAction({ account, view, strategy, homeZone: view.homeZone, overdue });
}

interface Ageing {
  readonly account: Account;
  readonly view: PersonView;
  readonly strategy: CompiledStrategy;
  readonly homeZone: string;
  readonly overdue: boolean;
}

function agedAction(ageing: Ageing): AccountAction {
  const { account, view, homeZone } = ageing;
  const daysPastDue = daysPastDueOf(account, localDateAt(homeZone, view.now));
  const blocked: string[] = [];
  const asked: AskedContact[] = [];
  const steps = remainingSteps(ageing, daysPastDue);
  for (const [index, placed] of steps.entries()) {
    const plan = planStep(scopeOf(ageing, placed));
    if (plan.kind === 'ready') return { ...plan, kind: 'contact', account, daysPastDue };
    asked.push(...plan.asked);
    if (plan.kind === 'later' && plan.at < supersededAt(ageing, steps[index + 1])) {
      return { kind: 'wait', account, until: plan.at, for: plan.for, because: plan.because, asked };
    }
    if (plan.kind === 'blocked') blocked.push(...plan.because);
  }
  return { ...(blocked.length > 0 ? unreachable(ageing, blocked) : escalation(ageing)), asked };
}

/** When the next step takes a step's place, carried out or not. */
function supersededAt({ account, homeZone }: Ageing, next: PlacedStep | undefined): number {
  return next === undefined ? Infinity : startOfDay(homeZone, dateOf(account, next));
}

/**
 * The step that today's age stands on, then those to come. Of several steps that were missed only the newest is left: a
 * late run does not pour out what should have gone over weeks. A step that fell due before a payment moved the due date
 * belongs to an age the account no longer has.
 */
function remainingSteps(ageing: Ageing, daysPastDue: number): readonly PlacedStep[] {
  const { strategy, overdue } = ageing;
  // In good standing and the due date has passed: the feed has not told the next one yet.
  if (!overdue && daysPastDue > 0) return [];
  const upcoming = strategy.steps.filter(
    (placed) => placed.step.daysPastDue > daysPastDue && (overdue || placed.step.daysPastDue <= 0),
  );
  const stage = strategy.stages.find((one) => one.from <= daysPastDue && daysPastDue <= one.to);
  const current = strategy.steps.findLast(
    (placed) => placed.stage === stage?.id && placed.step.daysPastDue <= daysPastDue,
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

function scopeOf(ageing: Ageing, placed: PlacedStep): StepScope {
  const { account, view, strategy, homeZone } = ageing;
  const { stage, step } = placed;
  const subject: Subject = {
    accountId: account.accountId,
    strategy: strategy.id,
    stage,
    step: step.id,
    dueDate: account.dueDate,
  };
  const preferred = step.preferred ?? strategy.preferred;
  return { account, view, homeZone, subject, step, preferred, date: dateOf(account, placed) };
}

/** No remaining step can reach the person: people have to. Someone in good standing is simply left alone. */
function unreachable({ account, overdue }: Ageing, blocked: readonly string[]): NoContact {
  if (!overdue) return { kind: 'rest', account };
  const because = [...new Set(blocked)].slice(0, becauseMax);
  const noAddress = because.every((one) => one.startsWith(noDestination));
  return { kind: 'case', account, reason: noAddress ? 'unreachable' : 'not_permitted', because };
}

/** Every step is done: after a pause the account goes to people. */
function escalation({ account, view, strategy, homeZone, overdue }: Ageing): NoContact {
  if (!overdue) return { kind: 'rest', account };
  const due = addDays(account.dueDate, strategy.lastDaysPastDue + strategy.escalation.afterDays);
  const until = startOfDay(homeZone, due);
  return until <= view.now
    ? { kind: 'case', account, reason: 'steps_used_up', because: [] }
    : { kind: 'wait', account, until, for: 'look', because: ['steps_used_up'] };
}

/** A case for an account that nothing can be decided about; one in good standing waits for a better feed. */
function unresolved(account: Account, reason: Case['reason'], because: Because): AccountAction {
  return account.pastDue > 0 ? { kind: 'case', account, reason, because } : { kind: 'rest', account };
}

/** True when an account's fate is in other hands: a case owns it until people return it. */
function isOwnedByPeople(account: Account, { person }: PersonView): boolean {
  return person.cases.some((one) => one.accountId === account.accountId && one.state === 'open');
}
