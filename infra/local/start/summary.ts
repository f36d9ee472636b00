import { agreementsOn } from '#shared/core/agreements/account-agreements.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { LocalWorld } from './open-world.ts';

/** What a local run has done, as `npm start -- --headless --json` prints it. */
export interface RunSummary {
  readonly from: string;
  readonly to: string;
  readonly people: number;
  readonly accounts: {
    readonly total: number;
    readonly cured: number;
    readonly overdueWaiting: number;
    readonly withPeople: number;
    readonly goodStanding: number;
  };
  /** Contacts by channel and state. */
  readonly contacts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly paymentsTaken: number;
  /** Promises to pay, by how they stand. */
  readonly promises: Readonly<Record<string, number>>;
  /** Texts that people have written, and how each that was taken in was read. */
  readonly replies: { readonly written: number; readonly read: Readonly<Record<string, number>> };
  /** Cases opened, by reason. */
  readonly cases: Readonly<Record<string, number>>;
  /** Promises of the machine; every one of these has to be 0. */
  readonly broken: {
    /** Contacts that a provider took more than once. */
    readonly sentTwice: number;
    /** Overdue accounts without a wake-up and without a case. */
    readonly stuck: number;
    /** Messages that were given up. */
    readonly inDeadLetterQueues: number;
    /** AWS calls that a function's role does not allow. */
    readonly accessDenied: number;
  };
  readonly invocations: Readonly<Record<string, number>>;
}

export interface SummaryFacts {
  readonly startedAt: number;
  readonly people: readonly Person[];
  readonly payments: number;
  readonly written: number;
  readonly accessDenied: number;
}

/** Counts what has come of a run from the table, the providers and the queues. */
export async function summarise(world: LocalWorld, facts: SummaryFacts): Promise<RunSummary> {
  const stats = await world.run.stats();
  const accounts = facts.people.flatMap((person) => person.accounts.map((account) => ({ account, person })));
  const overdue = accounts.filter(({ account }) => account.pastDue > 0);
  const owned = overdue.filter(({ account, person }) => isOwned(account.accountId, person));
  const waiting = overdue.filter((one) => !owned.includes(one) && one.person.wakeUp !== undefined);
  const cured = accounts.filter(
    ({ account, person }) => account.pastDue === 0 && wasChased(account.accountId, person),
  );
  const attempts = facts.people.flatMap((person) => person.attempts);
  const dead = Object.entries(stats.queues).filter(([name]) => /dead|dlq/iu.test(name));
  return {
    from: new Date(facts.startedAt).toISOString(),
    to: new Date(world.clock.now()).toISOString(),
    people: facts.people.length,
    accounts: {
      total: accounts.length,
      cured: cured.length,
      overdueWaiting: waiting.length,
      withPeople: owned.length,
      goodStanding: accounts.length - overdue.length - cured.length,
    },
    contacts: countBy(
      attempts,
      ({ channel }) => channel,
      ({ state }) => state,
    ),
    paymentsTaken: facts.payments,
    promises: count(
      accounts.flatMap(({ account, person }) =>
        agreementsOn(account, person, world.clock.now()).promises.map(({ state }) => state),
      ),
    ),
    replies: {
      written: facts.written,
      read: count(
        facts.people.flatMap(({ inbound }) => inbound.map(({ intents }) => intents[0]?.kind ?? 'unknown')),
      ),
    },
    cases: count(facts.people.flatMap(({ cases }) => cases.map(({ reason }) => reason))),
    broken: {
      sentTwice: sentTwice(world),
      stuck: overdue.length - owned.length - waiting.length,
      inDeadLetterQueues: dead.reduce(
        (sum, [, counts]) => sum + counts.ready + counts.delayed + counts.inFlight,
        0,
      ),
      accessDenied: facts.accessDenied,
    },
    invocations: Object.fromEntries(
      Object.entries(stats.functions).map(([name, one]) => [name, one.invocations]),
    ),
  };
}

function isOwned(accountId: string, person: Person): boolean {
  return person.cases.some((one) => one.accountId === accountId && one.state === 'open');
}

/** Cured is who was past due here and is not any more: contacted about it, or paid. */
function wasChased(accountId: string, person: Person): boolean {
  return person.payments.some((payment) => payment.accountId === accountId);
}

/** Contacts by the ids that ride along to the providers: the second one with the same id is one too many. */
function sentTwice({ twilio, ses }: LocalWorld): number {
  const seen = new Set<string>();
  let twice = 0;
  const ids = [
    ...twilio.messages().map(({ statusCallback }) => contactIdIn(statusCallback)),
    ...twilio.calls().map(({ statusCallback }) => contactIdIn(statusCallback)),
    ...ses.mails().map(({ contactId }) => contactId),
  ];
  for (const id of ids) {
    if (id === undefined) continue;
    if (seen.has(id)) twice += 1;
    seen.add(id);
  }
  return twice;
}

function contactIdIn(callback: string | undefined): string | undefined {
  return callback === undefined ? undefined : (new URL(callback).searchParams.get('contactId') ?? undefined);
}

function count(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function countBy<T>(
  all: readonly T[],
  outer: (one: T) => string,
  inner: (one: T) => string,
): Record<string, Record<string, number>> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(outer(one), [...(groups.get(outer(one)) ?? []), one]);
  return Object.fromEntries([...groups].map(([name, members]) => [name, count(members.map(inner))]));
}
