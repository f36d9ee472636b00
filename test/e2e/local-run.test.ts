import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '#infra/build/build-paths.ts';
import { buildAssembly, type Assembly } from '#infra/local/start/build-assembly.ts';
import { dropPortfolio } from '#infra/local/start/import-portfolio.ts';
import { openLocalWorld, type LocalWorld } from '#infra/local/start/open-world.ts';
import { letPeoplePay, type Payers } from '#infra/local/start/payers.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import { simulatedMailboxes, simulatedPeople } from '#infra/local/start/simulated-people.ts';
import { letPeopleWrite, type Writers } from '#infra/local/start/writers.ts';
import { summarise } from '#infra/local/start/summary.ts';
import { configDeliverySuite } from '#test/e2e/config-delivery.suite.ts';
import { linkPagesSuite } from '#test/e2e/link-pages.suite.ts';
import { killSwitchSuite } from '#test/e2e/kill-switch.suite.ts';
import { mailSuite } from '#test/e2e/mail.suite.ts';
import { paymentsSuite } from '#test/e2e/payments.suite.ts';
import { textingSuite } from '#test/e2e/texting.suite.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dayMs } from '#shared/kernel/instant.ts';

const sample = join(projectDir, 'infra/local/samples/portfolio.csv');
const startAtMs = Date.parse('2026-03-02T00:00:00Z');
const seed = 'e2e';

/** The synthesised template with the shipped people, run for some virtual days. */
async function liveThrough(assembly: Assembly, days: number) {
  const denied: string[] = [];
  const clock = createVirtualClock({ startAtMs, speed: 'jump' });
  const world = await openLocalWorld({
    ...assembly,
    assemblyDir: assembly.dir,
    clock,
    seed,
    people: simulatedPeople(seed),
    mailboxes: simulatedMailboxes(seed),
    onEvent: (event) => {
      if (event.kind === 'refused') denied.push(`${event.caller} ${event.action}`);
    },
  });
  const readPeople = peopleReader(world.run);
  await dropPortfolio(world.run, sample);
  await world.run.settle();
  const payers = letPeoplePay(world, seed, readPeople);
  const writers = letPeopleWrite(world, seed, readPeople);
  await world.run.advanceTo(startAtMs + days * dayMs);
  return { world, payers, writers, denied, people: await readPeople() };
}

let assembly: Assembly;
beforeAll(async () => {
  assembly = await buildAssembly();
}, 240_000);

describe('the shipped people through every real part, for three days', () => {
  let world: LocalWorld;
  let payers: Payers;
  let writers: Writers;
  let denied: string[];
  let people: readonly Person[];
  beforeAll(async () => {
    ({ world, payers, writers, denied, people } = await liveThrough(assembly, 3));
  }, 600_000);
  afterAll(() => world.stop());

  it('reach people by all three channels, and some of them pay', () => {
    const reached = people
      .flatMap((person) => person.attempts)
      .map(({ channel, state }) => `${channel} ${state}`);
    expect(reached).toContain('sms delivered');
    expect(reached).toContain('email delivered');
    expect(reached).toContain('call conversation');
    expect(payers.payments()).toBeGreaterThan(0);
    expect(people.some((person) => person.payments.length > 0)).toBe(true);
  });

  it('write back, and every text of theirs is taken in once', () => {
    expect(writers.written()).toBeGreaterThan(0);
    const ids = people.flatMap(({ inbound }) => inbound.map(({ inboundId }) => inboundId));
    const written = world.twilio.messages().filter(({ direction }) => direction === 'inbound');
    expect(ids.sort()).toEqual(written.map(({ sid }) => `sms:${sid}`).sort());
  });

  it('break none of the promises', async () => {
    const { broken } = await summarise(world, {
      startedAt: startAtMs,
      people,
      payments: 0,
      written: 0,
      accessDenied: denied.length,
    });
    expect(broken).toEqual({ sentTwice: 0, stuck: 0, inDeadLetterQueues: 0, accessDenied: 0 });
    expect(denied).toEqual([]);
  });

  it('have in their ledgers exactly what the providers took', () => {
    const entries = people.flatMap((person) => person.attempts);
    const texts = world.twilio.messages().filter(({ direction }) => direction === 'outbound-api');
    const taken = [...texts, ...world.twilio.calls()].map((record) => record.sid);
    const mailed = world.ses.mails().map((mail) => mail.messageId);
    const ledger = entries.flatMap(({ providerId }) => providerId ?? []);
    expect([...ledger].sort()).toEqual([...taken, ...mailed].sort());
  });

  it('are not contacted about an account after it was paid', () => {
    for (const person of people) {
      for (const account of person.accounts.filter((one) => one.pastDue === 0)) {
        const paidAt = Math.max(
          0,
          ...person.payments.filter((one) => one.accountId === account.accountId).map((one) => one.bookedAt),
        );
        const after = person.attempts.filter(
          (entry) =>
            entry.reservedAt > paidAt && entry.about.some(({ accountId }) => accountId === account.accountId),
        );
        if (paidAt > 0) expect(after).toEqual([]);
      }
    }
  });

  it('hear from nobody between ten at night and six in the morning of their own zone', () => {
    const zones = zonesInFile();
    let judged = 0;
    for (const { debtorId, attempts } of people) {
      const zone = zones.get(debtorId);
      if (zone === undefined || zone === '') continue;
      for (const { reservedAt } of attempts) {
        const hour = Number(
          new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
            reservedAt,
          ),
        );
        expect(hour, `${debtorId} in ${zone}`).toBeGreaterThanOrEqual(6);
        expect(hour, `${debtorId} in ${zone}`).toBeLessThan(22);
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(20);
  });

  it('get no text message that its provider could hold until after the permitted window', () => {
    for (const message of world.twilio.messages()) {
      if (message.direction !== 'outbound-api') continue;
      expect(message.validitySeconds).toBeGreaterThan(0);
      expect(message.validitySeconds).toBeLessThanOrEqual(4 * 3_600);
    }
  });
});

/** The zone that the feed states for each person. */
function zonesInFile(): Map<string, string> {
  const [header = '', ...rows] = readFileSync(sample, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const [id, zone] = [names.indexOf('debtorId'), names.indexOf('timeZone')];
  return new Map(rows.map((row) => row.split(',')).map((cells) => [cells[id] ?? '', cells[zone] ?? '']));
}

configDeliverySuite(() => assembly);
killSwitchSuite(() => assembly);
linkPagesSuite(() => assembly);
mailSuite(() => assembly);

paymentsSuite(() => assembly);
textingSuite(() => assembly);

describe('a run that is killed in the middle of sending', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dunwell-kill-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('goes on from its data: nobody is contacted twice, and nobody is lost', async () => {
    const args = [
      'infra/local/start/main.ts',
      '--built',
      '--headless',
      '--json',
      '--days',
      '2',
      '--data',
      dataDir,
    ];
    const journal = join(dataDir, 'twilio.ndjson');
    for (const lines of [25, 150]) await killOnceJournalHas(lines, args, journal);
    const summary: unknown = JSON.parse(await run(args));
    expect(summary).toMatchObject({
      people: 200,
      broken: { sentTwice: 0, stuck: 0, inDeadLetterQueues: 0, accessDenied: 0 },
    });
    const { contacts } = summary as { contacts: Record<string, Record<string, number>> };
    expect(contacts['sms']?.['delivered']).toBeGreaterThan(25);
    for (const states of Object.values(contacts)) expect(states).not.toHaveProperty('reserved');
  }, 900_000);
});

/** Kills a run with SIGKILL as soon as the telephony journal shows that it is sending. */
async function killOnceJournalHas(lines: number, args: readonly string[], journal: string): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: projectDir, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  const watching = setInterval(() => {
    if (existsSync(journal) && readFileSync(journal, 'utf8').split('\n').length > lines)
      child.kill('SIGKILL');
  }, 20);
  const signal = await ended;
  clearInterval(watching);
  expect(signal).toBe('SIGKILL');
}

async function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: projectDir, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
  return output;
}
