import type { Account } from '#shared/contracts/account.ts';
import type { ExperimentEvent, ExperimentMark } from '#shared/contracts/experiment-count.ts';
import type { Person } from '#shared/contracts/person.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { AssignedArm } from './assign-arm.ts';
import type { CompiledExperiment } from './compile-experiments.ts';

/** Days after an experiment's end during which what happened before it is still marked. */
const markedDaysAfterEnd = 3;

/** A person at an instant, and by what their experiments are told. */
export interface ExperimentFacts {
  readonly person: Person;
  /** Accounts as they were before the change that brought each of them back to nothing past due. */
  readonly cured: readonly Account[];
  readonly experiments: readonly CompiledExperiment[];
  readonly now: Instant;
  /** Zone of the person's dates. */
  readonly zone: string;
  /** The arm that an account of the person is in now; null: none. */
  readonly armOf: (account: Account) => Pick<AssignedArm, 'experiment' | 'arm'> | null;
}

/**
 * What has happened to a person in their experiments, each event of each arm once. All of it but the cures is read from the
 * present facts, so whatever was missed, came twice or in another order is made up for the next time they are looked at.
 */
export function experimentMarks(facts: ExperimentFacts): readonly ExperimentMark[] {
  const today = localDateAt(facts.zone, facts.now);
  const open = facts.experiments.filter(({ to }) => today <= addDays(to, markedDaysAfterEnd));
  if (open.length === 0) return [];
  const { debtorId } = facts.person;
  const marks = new Map<string, ExperimentMark>();
  for (const { experiment, arm, events } of [...ofAccounts(facts), ...ofContacts(facts)]) {
    const to = open.find((one) => one.experiment === experiment)?.to;
    if (to === undefined) continue;
    for (const event of events)
      marks.set(`${experiment} ${arm} ${event}`, { experiment, arm, event, debtorId, to });
  }
  return [...marks.values()];
}

interface Happened {
  readonly experiment: string;
  readonly arm: string;
  readonly events: readonly ExperimentEvent[];
}

function* ofAccounts({ person, cured, armOf }: ExperimentFacts): Generator<Happened> {
  const seen = [
    ...cured.map((account) => ({ account, events: ['assigned', 'overdue', 'cured'] as const })),
    ...person.accounts.map((account) => ({
      account,
      events: account.pastDue > 0 ? (['assigned', 'overdue'] as const) : (['assigned'] as const),
    })),
  ];
  for (const { account, events } of seen) {
    const arm = armOf(account);
    if (arm !== null) yield { experiment: arm.experiment, arm: arm.arm, events };
  }
}

/** Contacts name the arm by which they came about, so they stay true when people are dealt anew. */
function* ofContacts({ person, experiments, zone }: ExperimentFacts): Generator<Happened> {
  for (const { experiment, arm, at } of firstContacts(person)) {
    const to = experiments.find((one) => one.experiment === experiment)?.to;
    if (to === undefined) continue;
    const isWithin = (moment: number): boolean => moment >= at && localDateAt(zone, toInstant(moment)) <= to;
    yield { experiment, arm, events: ['assigned', 'contacted', ...refusals(person, isWithin)] };
  }
}

interface ArmContact {
  readonly experiment: string;
  readonly arm: string;
  readonly at: number;
}

/** When a person was first contacted by each arm. Attempts come oldest first; a failed one surely sent nothing. */
function firstContacts({ attempts }: Person): readonly ArmContact[] {
  const first = new Map<string, ArmContact>();
  const sent = attempts.filter(({ state }) => state !== 'failed');
  for (const { about, reservedAt } of sent) {
    for (const { experiment, arm } of about.flatMap((subject) => subject.arm ?? [])) {
      const key = `${experiment} ${arm}`;
      if (!first.has(key)) first.set(key, { experiment, arm, at: reservedAt });
    }
  }
  return [...first.values()];
}

function refusals(person: Person, isWithin: (moment: number) => boolean): readonly ExperimentEvent[] {
  const consents = [...person.consents, ...(person.debtor?.consents ?? [])];
  const ended = person.endedDestinations.filter(({ at }) => isWithin(at));
  const optedOut =
    consents.some(({ level, at }) => level === 'optout' && isWithin(at)) ||
    ended.some(({ reason }) => reason === 'opted_out_at_provider');
  const complained = ended.some(({ reason }) => reason === 'complaint');
  return [...(optedOut ? (['optedOut'] as const) : []), ...(complained ? (['complained'] as const) : [])];
}
