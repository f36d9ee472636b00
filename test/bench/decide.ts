import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '#infra/build/build-paths.ts';
import { readConfig } from '#cli/read-config.ts';
import type { Person } from '#shared/contracts/person.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { dayMs, hourMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { entry } from '#test/builders/stored.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';

const rounds = 5;
const decisionsPerRound = 40_000;
const accountsGoal = 80_000;
/** The day of the shipped sample, and days after it at which people are decided about. */
const sampleDay = '2026-03-02';
const days = 45;
/** Contacts in each ledger: about what the shipped strategy makes in two months. */
const attemptsEach = 12;

/** Whole decisions about the shipped people by the shipped configuration: strategy, conditions, permission and all. */
export async function run(): Promise<BenchResult> {
  const read = await readConfig(join(projectDir, 'config'), { today: sampleDay });
  if (!read.ok) throw new Error('config/ is refused: run `npx dunwell config validate`');
  const rules = compileRules(read.bundle);
  const people = (await samplePeople()).map(withHistory);
  const accounts = people.reduce((sum, { accounts: own }) => sum + own.length, 0) / people.length;
  const rates = Array.from({ length: rounds + 1 }, () => rateOf(people, rules) * accounts);
  const own = median(rates.slice(1));
  return {
    name: `decide: accounts of the shipped people (${String(attemptsEach)} contacts in each ledger)`,
    unit: 'accounts/s per core',
    own,
    goal: `≥ ${String(accountsGoal)}/s`,
    met: own >= accountsGoal,
    machine: thisMachine(),
  };
}

/** People decided about in a second of processor time, at hours spread over the days after the sample's. */
function rateOf(people: readonly Person[], rules: DecisionRules): number {
  const start = Date.parse(sampleDay);
  const before = process.cpuUsage();
  for (let nth = 0; nth < decisionsPerRound; nth += 1) {
    const now: Instant = toInstant(start + ((nth * 7) % (days * 24)) * hourMs);
    decide(people[nth % people.length]!, rules, now);
  }
  const { user, system } = process.cpuUsage(before);
  return decisionsPerRound / ((user + system) / 1e6);
}

async function samplePeople(): Promise<readonly Person[]> {
  const store = createFakeDebtorStore({ shards: 1 });
  const file = createReadStream(join(projectDir, 'infra/local/samples/portfolio.csv'));
  const portfolio = await openPortfolio(file, { today: sampleDay });
  if (portfolio.kind === 'refused') throw new Error('the shipped sample is refused');
  const ids = new Set<string>();
  const saveFeeds: typeof store.saveFeeds = (changes) => {
    for (const { debtorId } of changes) ids.add(debtorId);
    return store.saveFeeds(changes);
  };
  const clock = createFakeClock(toInstant(Date.parse(sampleDay)));
  await ingestRows(portfolio.lines, { store: { ...store, saveFeeds }, clock });
  const people = await Promise.all([...ids].map((id) => store.load(id)));
  return people.filter((person) => person !== null);
}

/** The person with a ledger of earlier steps: the cost of looking through it is part of every decision. */
function withHistory(person: Person): Person {
  const [account] = person.accounts;
  const { accountId, dueDate } = account!;
  const attempts = Array.from({ length: attemptsEach }, (_, nth) =>
    entry({
      contactId: `c-${String(nth)}`,
      debtorId: person.debtorId,
      about: [{ accountId, strategy: 'early-card@1', stage: 'early', step: `old-${String(nth)}`, dueDate }],
      reservedAt: Date.parse(sampleDay) - (attemptsEach - nth) * 5 * dayMs,
      state: 'delivered',
    }),
  );
  return { ...person, attempts };
}
