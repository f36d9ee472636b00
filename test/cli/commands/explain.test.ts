import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { explainCommand, type ExplainArgs } from '#cli/commands/explain.ts';
import { replayCommand, type ReplayArgs } from '#cli/commands/replay.ts';
import { readConfig } from '#cli/read-config.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createEvidenceLog } from '#functions/_adapters/dynamodb/evidence-log.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { liveThrough } from '#test/builders/life.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { projectRoot, runDunwell } from '../run-dunwell.ts';

const noon = at('2026-03-10T16:00:00Z');
let local: LocalDynamodb;
let table: { readonly table: string; readonly endpoint: string };
let folder: string;
let stops: StopStore;
let decisions: readonly { readonly decisionId: string; readonly kind: string }[];

/** A cardholder in Boston with a New York number, a week past due: nobody answers, and wake-ups come late at night. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-explain-'));
  local = await startLocalDynamodb();
  const created = await local.createTable(1);
  table = { table: created.name, endpoint: local.endpoint };
  const read = await readConfig(path.join(projectRoot, 'config'), { today: '2026-03-01' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const store = createDebtorStore(created);
  stops = createStopStore(created);
  await liveThrough({
    store,
    rules: compileRules(read.bundle),
    start: at('2026-02-28T12:00:00Z'),
    days: 10,
    debtor: debtor({ country: 'US', region: 'MA', postalCode: '02108', phone: '+12125550123' }),
    accounts: [account({ creditor: 'demo-bank-us', currency: 'USD', dueDate: '2026-02-27' })],
    outcomes: ['no_answer', 'undelivered'],
    lateMinutes: [0, 480],
  });
  decisions = await createEvidenceLog(created).evidence('P1');
});
afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function printed<Args>(
  command: (args: Args & { json: boolean }, around: Surroundings) => Promise<number>,
  args: Args & { json?: boolean },
) {
  const output = new PassThrough();
  const around = { output, environment: {}, dotDir: folder, now: () => noon };
  const status = await command({ json: false, ...args }, around);
  output.end();
  return { status, printed: await text(output) };
}
type Surroundings = Parameters<typeof explainCommand>[1];

const explain = (args: Partial<ExplainArgs> = {}) =>
  printed<ExplainArgs>(explainCommand, { account: 'A1', json: false, ...table, ...args });
const replay = (args: Partial<ReplayArgs> & Pick<ReplayArgs, 'decision'>) =>
  printed<ReplayArgs>(replayCommand, { json: false, ...table, ...args });

async function refusal(run: Promise<unknown>): Promise<CommandError> {
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
  return error;
}

describe('dunwell explain', () => {
  it('prints person, age, decision, packs, rules, contacts and stored decisions', async () => {
    const { status, printed: report } = await explain();
    expect(status).toBe(0);
    const titles = report.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    expect(titles.map((title) => title.split(/[,(]/u)[0]?.trim())).toEqual([
      'Account A1 of P1',
      'Person',
      'Account',
      'Segment',
      'Decision',
      'Contact asked for',
      'Packs that bind it',
      'Rules',
      'Contacts about this account',
      'Stored decisions',
    ]);
    expect(report).toContain('zone    America/New_York by address: 2026-03-10 12:00');
    expect(report).toMatch(/us-ma \S+: residence US-MA; by America\/New_York/);
  });

  it('tells by which numbers a rule denies and when it lets pass again', async () => {
    const { printed: report } = await explain({ at: at('2026-03-11T03:00:00Z') });
    expect(report).toMatch(
      /DENIES {2}us-\w+\/hours.*\n +2026-03-10 23:00 in America\/New_York: open 08:00-21:00; passes from 2026-03-11 08:00/,
    );
    expect(report).toContain('Not permitted at this moment; the next chance is 2026-03-11 08:00');
    expect(report).toContain('If nothing else happens until then.');
  });

  it('names the contacts that were passed over, and the rules that denied them', async () => {
    const { printed: json } = await explain({ at: at('2026-03-02T20:00:00Z'), json: true });
    const denied: unknown = expect.arrayContaining(['us-tcpa/recorded-call']);
    expect((JSON.parse(json) as { passedOver: unknown }).passedOver).toContainEqual({
      step: 'first-call',
      channel: 'call',
      denied,
    });
  });

  it('tells of a moment that is past what was known then, and that accounts are those of today', async () => {
    const { printed: json } = await explain({ at: at('2026-02-28T12:00:00Z'), json: true });
    expect(JSON.parse(json)).toMatchObject({ attempts: [], daysPastDue: 1, stage: 'early' });
    const { printed: report } = await explain({ at: at('2026-02-28T12:00:00Z') });
    expect(report).toContain('Profile and accounts are as they stand now');
  });

  it('shows segment, risk and priority with what they come from', async () => {
    const { printed: json } = await explain({ json: true });
    const known: unknown = expect.arrayContaining([
      { fact: 'complaints', value: 0 },
      { fact: 'daysPastDue', value: 11 },
      { fact: 'x_hardship', value: null },
    ]);
    expect((JSON.parse(json) as { treatment: unknown }).treatment).toMatchObject({
      segment: { segment: 'ordinary', features: known },
      risk: { source: 'model', contributions: [{ feature: 'monthsLate', value: 1 }, {}, {}, {}] },
      priority: expect.any(Number) as unknown,
    });
    const { printed: report } = await explain();
    expect(report).toMatch(/Segment, risk and priority\n {2}segment {3}ordinary \(Ordinary, 一般逾期\)/u);
    expect(report).toMatch(
      /risk {6}\w+ by the model: .*\n.*monthsLate 1 \(-0\.\d+\), creditUse unknown \(0\)/u,
    );
  });

  it('names no name, number, address or amount', async () => {
    for (const json of [false, true]) {
      const { printed: report } = await explain({ json, at: at('2026-03-11T03:00:00Z') });
      expect(report).not.toMatch(/Mei|Lin\b|2125550123|example\.com|\b100\b|1,?000/);
    }
  });

  it('gives as JSON each rule with its verdict and each decision with its id', async () => {
    const { printed: json } = await explain({ json: true });
    const report = JSON.parse(json) as Record<string, unknown>;
    expect(report).toMatchObject({ account: 'A1', person: { debtor: 'P1', homeZone: 'America/New_York' } });
    expect((report['evidence'] as { decisionId: string }[]).map((one) => one.decisionId)).toEqual(
      decisions.map((one) => one.decisionId),
    );
    expect(new Set(decisions.map(({ kind }) => kind))).toEqual(new Set(['contact', 'withheld']));
  });

  it('tells that a contact which would be made is stopped, and by which stop', async () => {
    const decisionAt = async (at: Instant) =>
      (JSON.parse((await explain({ at, json: true })).printed) as { decision: Record<string, unknown> })
        .decision;
    const next = at(String((await decisionAt(noon))['until']));
    expect(await decisionAt(next)).toMatchObject({ kind: 'contact' });
    await stops.stop(stopOf({ kind: 'creditor', creditor: 'demo-bank-us' }));
    const stopped = await decisionAt(next);
    await stops.resume('creditor:demo-bank-us', { by: 'ana', why: 'mended', at: noon });
    expect(stopped).toMatchObject({ kind: 'wait', because: ['stop/creditor:demo-bank-us'] });
  });

  it('refuses an account that nobody has', async () => {
    const error = await refusal(explain({ account: 'A9' }));
    expect(error).toMatchObject({ status: 2, problem: 'unknown_account' });
  });

  it('refuses an instant without an offset, on the command line', async () => {
    const { status, errors } = await runDunwell(['explain', 'A1', '--at', '2026-03-07T04:00:00']);
    expect(status).toBe(2);
    expect(errors).toContain('with its offset or Z');
  });
});

describe('dunwell replay', () => {
  it('gives the same bytes for every stored decision', async () => {
    expect(decisions.length).toBeGreaterThanOrEqual(3);
    for (const { decisionId } of decisions) {
      const { status, printed: answer } = await replay({ decision: decisionId });
      expect(answer).toMatch(/^same bytes: \{"id":null,"allowed":/);
      expect(status).toBe(0);
    }
  });

  it('tells what differs when the packs are others, and ends with 1', async () => {
    const packsDir = path.join(folder, 'policies');
    cpSync(path.join(projectRoot, 'config/policies'), packsDir, { recursive: true });
    const file = path.join(packsDir, 'us-ma.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^version:.*$/m, 'version: 2030.1.0'));
    const decision = decisions[0]!.decisionId;
    const { status, printed: answer } = await replay({ decision, packsDir });
    expect(status).toBe(1);
    expect(answer).toMatch(/^pack us-ma was \S+ and is 2030\.1\.0\nother bytes\n {2}packs: /);
    const { printed: json } = await replay({ decision, packsDir, json: true });
    expect(JSON.parse(json)).toMatchObject({ same: false, versions: [{ pack: 'us-ma', now: '2030.1.0' }] });
  });

  it('refuses what is no id, and an id of nothing, with 2', async () => {
    expect(await refusal(replay({ decision: 'A1' }))).toMatchObject({ status: 2, problem: 'bad_id' });
    const unknown = await refusal(replay({ decision: 'P1~0~0123456789abcdef' }));
    expect(unknown).toMatchObject({ status: 2, problem: 'unknown_decision' });
    expect((await runDunwell(['replay', 'nonsense'])).status).toBe(2);
  });
});
