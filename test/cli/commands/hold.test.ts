import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { endHoldCommand, holdCommand, type HoldArgs } from '#cli/commands/hold.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';

let local: LocalDynamodb;
let folder: string;
let store: DebtorStore;
let place: { readonly table: string; readonly endpoint: string };
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-hold-'));
  local = await startLocalDynamodb();
});
afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const table = await local.createTable(1);
  place = { table: table.name, endpoint: local.endpoint };
  store = createDebtorStore(table);
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
});

type Around = Parameters<typeof holdCommand>[1];

async function printed(run: (around: Around) => Promise<number>): Promise<string> {
  const output = new PassThrough();
  const now = () => at('2026-03-10T04:00:00Z');
  await run({ output, environment: {}, dotDir: folder, now, userName: () => 'lin' });
  output.end();
  return (await text(output)).replaceAll(/in the table .*\.\n|, in .*\.\n/gu, '.\n');
}

const hold = (args: Partial<HoldArgs>) =>
  printed((around) =>
    holdCommand(
      { debtor: 'P1', kind: 'dispute', account: 'A1', why: 'not mine', json: false, ...place, ...args },
      around,
    ),
  );

describe('dunwell hold and end-hold', () => {
  it('hold an account as long as the configuration says, and end it', async () => {
    const said = await hold({});
    const [held] = (await store.load('P1'))!.holds;
    expect(said).toBe(
      `Held: dispute on A1 of P1, from 2026-03-10 to 2026-04-08.\nEnd it with: dunwell end-hold P1 ${held!.holdId} --why "…"\n`,
    );
    expect(held).toMatchObject({ by: 'lin', via: 'agent', why: 'not mine' });
    const end = { debtor: 'P1', holdId: held!.holdId, why: 'settled', json: false, ...place };
    expect(await printed((around) => endHoldCommand(end, around))).toBe(
      `Ended: dispute on A1 of P1 (${held!.holdId}).\n`,
    );
    expect((await store.load('P1'))!.holds).toMatchObject([{ ended: { by: 'lin', why: 'settled' } }]);
  });

  it('leave one that is there already as it is', async () => {
    expect(await hold({})).toBe(await hold({}));
    expect((await store.load('P1'))!.holds).toHaveLength(1);
  });

  it.each<[string, Partial<HoldArgs>, string]>([
    ['a longer hold than may be', { until: '2027-03-10' }, 'hold_too_long'],
    ['a person whom nobody knows', { debtor: 'P9' }, 'unknown_person'],
    ['an account of somebody else', { account: 'A9' }, 'unknown_account'],
    ['a day that is none', { until: 'soon' }, 'usage'],
  ])('refuse %s and change nothing', async (_, args, code) => {
    const error: unknown = await hold(args).catch((thrown: unknown) => thrown);
    expect(error instanceof CommandError && error.problem).toBe(code);
    expect((await store.load('P1'))!.holds).toEqual([]);
  });
});
