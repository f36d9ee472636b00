import { readConfig } from '#cli/read-config.ts';
import type { Person } from '#shared/contracts/person.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { viewOf, type PersonView } from '#shared/core/decision/person-view.ts';
import { dayMs, toInstant } from '#shared/kernel/instant.ts';
import { account, debtor, person } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';

const rounds = 5;
const accountsPerRound = 500_000;
const samples = 1_000;
const attemptsEach = 6;
/** A million accounts in five seconds on one core: a part of the twelve that deciding about them may take. */
const goal = 200_000;
const now = toInstant(Date.UTC(2026, 5, 1, 4));

/** Risk and segment of an account, each from fresh facts, by the shipped model and segments. */
export async function run(): Promise<BenchResult> {
  const read = await readConfig(new URL('../../config', import.meta.url).pathname, { today: '2026-06-01' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const rules = compileRules(read.bundle);
  const views = Array.from({ length: samples }, (_, nth) => viewOf(samplePerson(nth), rules, now));
  const rates = Array.from({ length: rounds + 1 }, () => rateOver(views.filter((view) => view !== null)));
  const own = median(rates.slice(1));
  return {
    name: 'risk and segment of an account',
    unit: '/s per core',
    own,
    goal: `≥ ${String(goal)}/s`,
    met: own >= goal,
    machine: thisMachine(),
  };
}

function rateOver(views: readonly PersonView[]): number {
  let seen = 0;
  const before = process.cpuUsage();
  for (let nth = 0; nth < accountsPerRound; nth += 1) {
    const view = views[nth % views.length]!;
    const { risk, segment } = factScope(view.person.accounts[0]!, view);
    seen += segment.length + (risk?.probability ?? 0);
  }
  const { user, system } = process.cpuUsage(before);
  if (seen === 0) throw new Error('nothing was worked out');
  return accountsPerRound / ((user + system) / 1e6);
}

function samplePerson(nth: number): Person {
  const dueDate = new Date(now - (nth % 120) * dayMs).toISOString().slice(0, 10);
  const columns = {
    x_credit_limit: '5000',
    x_times_late_3: String(nth % 4),
    x_paid_last_month: String(nth % 2),
  };
  return person({
    debtor: debtor(),
    accounts: [account({ dueDate, attributes: nth % 2 === 0 ? columns : {} })],
    attempts: Array.from({ length: attemptsEach }, (_, index) => {
      const reservedAt = now - (attemptsEach - index) * dayMs;
      const about = [{ accountId: 'A1', strategy: 's@1', stage: 'early', step: `s${index}`, dueDate }];
      const state = (['delivered', 'no_answer', 'undelivered'] as const)[(nth + index) % 3] ?? 'delivered';
      return entry({ contactId: `c${index}`, about, state, channel: 'sms', reservedAt, stateAt: reservedAt });
    }),
  });
}
