import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { resumeCommand, stopCommand, type StopArgs, type StopSurroundings } from '#cli/commands/stop.ts';
import { stopsCommand } from '#cli/commands/stops.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { at } from '#test/builders/person.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { runDunwell } from '../run-dunwell.ts';

const noon = at('2026-03-10T16:00:00Z');
const why = 'wrong amounts in the feed';
let local: LocalDynamodb;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-stop-'));
  local = await startLocalDynamodb();
});
afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

let place: { readonly table: string; readonly endpoint: string };
let store: ReturnType<typeof createStopStore>;
beforeEach(async () => {
  const table = await local.createTable(1);
  place = { table: table.name, endpoint: local.endpoint };
  store = createStopStore(table);
});

async function printed(
  run: (around: StopSurroundings) => Promise<number>,
  changes: Partial<StopSurroundings> = {},
) {
  const output = new PassThrough();
  const around = {
    output,
    environment: {},
    dotDir: folder,
    now: () => noon,
    userName: () => 'lin',
    ...changes,
  };
  const status = await run(around);
  output.end();
  return { status, printed: await text(output) };
}
const args = (scope: StopArgs['scope'], changes: Partial<StopArgs> = {}): StopArgs => ({
  scope,
  why,
  json: false,
  ...place,
  ...changes,
});
const stop = (scope: StopArgs['scope'], changes?: Partial<StopArgs>, around?: Partial<StopSurroundings>) =>
  printed((surroundings) => stopCommand(args(scope, changes), surroundings), around);
const resume = (scope: StopArgs['scope'], changes?: Partial<StopArgs>) =>
  printed((surroundings) => resumeCommand(args(scope, changes), surroundings));
const stops = (changes: { readonly history?: boolean; readonly json?: boolean } = {}) =>
  printed((surroundings) =>
    stopsCommand({ ...place, history: false, json: false, ...changes }, surroundings),
  );

async function refusal(run: Promise<unknown>): Promise<CommandError> {
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
  return error;
}

describe('dunwell stop', () => {
  it('stops by the name of whoever is at the machine, says how soon, and how to resume', async () => {
    const { status, printed: answer } = await stop({ creditor: 'demo-bank-us' });
    expect(status).toBe(0);
    expect(answer).toBe(
      `Stopped creditor:demo-bank-us in table ${place.table} at ${place.endpoint}.\n` +
        'No contact of it begins later than 2 seconds from now; what is queued waits.\n' +
        'Resume with: dunwell resume --creditor demo-bank-us --why "…"\n',
    );
    expect(await store.inForce()).toMatchObject([
      { stopId: 'creditor:demo-bank-us', by: 'lin', why, at: noon },
    ]);
  });

  it('takes another name for who does it, and answers as JSON', async () => {
    const { printed: json } = await stop({ channel: 'sms' }, { by: 'ana', json: true });
    expect(JSON.parse(json)).toMatchObject({
      result: 'stopped',
      stop: { stopId: 'channel:sms', by: 'ana', why },
      effectWithinSeconds: 2,
    });
  });

  it('tells who had stopped it already, and keeps the reason', async () => {
    await stop({ all: true });
    const { status, printed: answer } = await stop({ all: true }, { by: 'ana', why: 'me too' });
    expect(status).toBe(0);
    expect(answer).toContain(`all, 2026-03-10T16:00:00.000Z by lin: ${why}\n`);
    expect(await store.history(1)).toMatchObject([{ result: 'already_stopped', by: 'ana', why: 'me too' }]);
  });

  it.each<[string, Partial<StopArgs>, string, RegExp]>([
    ['a misspelt creditor', { scope: { creditor: 'demo-bnak' } }, 'unknown_name', /known are .*demo-bank-us/],
    ['a strategy that is none', { scope: { strategy: 'early' } }, 'unknown_name', /known are .*early-card/],
    ['an experiment that is none', { scope: { experiment: 'tone' } }, 'unknown_name', /experiment/],
    [
      'a strategy with its version',
      { scope: { strategy: 'early-card@1' } },
      'usage',
      /--strategy: use letters/,
    ],
    ['nothing', { scope: {} }, 'usage', /--all, --creditor/],
    ['two things', { scope: { all: true, channel: 'sms' } }, 'usage', /more than one/],
    ['a reason that is none', { why: 'x' }, 'usage', /--why/],
    ['a reason of two lines', { why: 'one\nand two' }, 'usage', /--why: write it on one line/],
    ['nobody', { by: '' }, 'usage', /--by/],
  ])('refuses %s and stops nothing', async (_, changes, problem, sentence) => {
    const error = await refusal(stop({ all: true }, changes));
    expect(error).toMatchObject({ status: 2, problem });
    expect(error.message).toMatch(sentence);
    expect(await store.history(10)).toEqual([]);
  });

  it('stops everything though the configuration is gone, and says so of a creditor', async () => {
    const gone = { configDir: path.join(folder, 'gone') };
    const error = await refusal(stop({ creditor: 'demo-bank-us' }, {}, gone));
    expect(error).toMatchObject({ status: 2, problem: 'names_unreadable' });
    expect(await stop({ all: true }, {}, gone)).toMatchObject({ status: 0 });
    expect(await store.inForce()).toMatchObject([{ stopId: 'all' }]);
  });

  it('refuses when no table is named and nothing runs here, instead of stopping what nobody asks', async () => {
    const error = await refusal(stop({ all: true }, { table: undefined, endpoint: undefined }));
    expect(error).toMatchObject({ status: 2, problem: 'no_table' });
    expect(error.message).toContain('nothing was changed');
  });

  it('ends with 1 when the table does not answer', async () => {
    const error = await refusal(stop({ all: true }, { table: 'missing' }));
    expect(error).toMatchObject({ status: 1, problem: 'broken' });
    expect(error.message).toContain('run it again');
  });

  it('wants a reason, on the command line', async () => {
    const { status, errors } = await runDunwell(['stop', '--all']);
    expect(status).toBe(2);
    expect(errors).toContain("'--why <text>' not specified");
  });

  it('knows the channels, on the command line', async () => {
    const { status, errors } = await runDunwell(['stop', '--channel', 'fax', '--why', why]);
    expect(status).toBe(2);
    expect(errors).toContain('sms, email, call');
  });
});

describe('dunwell resume', () => {
  it('lifts a stop and names what is stopped still', async () => {
    await stop({ all: true });
    await stop({ channel: 'call' });
    const { printed: answer } = await resume({ all: true }, { why: 'mended' });
    expect(answer).toContain(`Resumed all in table ${place.table}`);
    expect(answer).toContain('Still stopped: channel:call, ');
    expect(await store.inForce()).toMatchObject([{ stopId: 'channel:call' }]);
  });

  it('says that nothing was stopped, keeps the reason, and is no error', async () => {
    const { status, printed: answer } = await resume({ creditor: 'never-heard-of' });
    expect(status).toBe(0);
    expect(answer).toContain('creditor:never-heard-of was not stopped');
    expect(await store.history(10)).toMatchObject([{ result: 'not_stopped', why }]);
  });
});

describe('dunwell stops', () => {
  it('tells what is stopped and, when asked, who did what, newest first', async () => {
    await stop({ all: true });
    await resume({ all: true }, { why: 'mended', by: 'ana' });
    await stop({ channel: 'email' });
    const { printed: list } = await stops({ history: true });
    expect(list.split('\n').map((line) => line.trim())).toEqual([
      `Stopped in table ${place.table} at ${place.endpoint} (1)`,
      `channel:email, 2026-03-10T16:00:00.000Z by lin: ${why}`,
      '',
      'History, newest first (3)',
      `3  stopped channel:email, 2026-03-10T16:00:00.000Z by lin: ${why}`,
      '2  resumed all, 2026-03-10T16:00:00.000Z by ana: mended',
      `1  stopped all, 2026-03-10T16:00:00.000Z by lin: ${why}`,
      '',
    ]);
    const { printed: json } = await stops({ json: true });
    expect(JSON.parse(json)).toMatchObject({ inForce: [{ stopId: 'channel:email' }] });
    expect(JSON.parse(json)).not.toHaveProperty('history');
  });

  it('says so when nothing is stopped', async () => {
    expect((await stops()).printed).toContain('Nothing is stopped');
  });
});
