import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createReadStream } from 'node:fs';
import { syntheticText } from '#cli/commands/portfolio-synthetic.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import type { Table } from '#functions/_adapters/dynamodb/table.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';

const today = '2026-03-02';
const parseGoal = 50_000;
const memoryGoalMb = 300;
const tableShareGoal = 0.9;
const rounds = 5;
const parsedPeople = 100_000;
const memoryPeople = 950_000;
const tablePeople = 2_000;
const putsPerBatch = 25;
const batchesAtOnce = 16;

type FeedStore = Pick<DebtorStore, 'loadFeeds' | 'saveFeeds'>;
const nullStore: FeedStore = {
  loadFeeds: () => Promise.resolve(new Map()),
  saveFeeds: () => Promise.resolve(),
};

/** bench.md `import`: rows parsed and validated a second, memory at a million rows, and rows into the local table. */
export async function run(): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-bench-'));
  try {
    return [await parseSpeed(folder), await memory(folder), await tableSpeed(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function parseSpeed(folder: string): Promise<BenchResult> {
  const file = await writePortfolio(folder, parsedPeople);
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) rates.push(await rowsPerSecond(file, nullStore));
  const own = median(rates);
  return {
    name: 'import: parse and validate',
    unit: 'rows/s',
    own,
    goal: `≥ ${parseGoal} rows/s`,
    met: own >= parseGoal,
    machine: thisMachine(),
  };
}

/** In a process of its own, started as the command starts it: what the bench itself holds does not count. */
async function memory(folder: string): Promise<BenchResult> {
  const file = await writePortfolio(folder, memoryPeople);
  const script = path.join(import.meta.dirname, 'import-memory', 'main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-semi-space-size=8',
    script,
    file,
    today,
  ]);
  const { rows, peakMb } = JSON.parse(stdout) as { rows: number; peakMb: number };
  return {
    name: `import: memory at ${rows} rows`,
    unit: 'MB',
    own: peakMb,
    goal: `≤ ${memoryGoalMb} MB at 1,000,000 rows`,
    met: peakMb <= memoryGoalMb && rows >= 1_000_000,
    machine: thisMachine(),
  };
}

/** Rows written, beside the emulator's own rate for the same items in plain batches of 25; profile and account are two. */
async function tableSpeed(folder: string): Promise<BenchResult> {
  const file = await writePortfolio(folder, tablePeople);
  const local = await startLocalDynamodb();
  try {
    const owns: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const table = await local.createTable(1);
      const items = await itemsPerRow(file);
      owns.push((await rowsPerSecond(file, createDebtorStore(table))) * items);
      peers.push(await batchItemsPerSecond(await local.createTable(1), tablePeople * 2));
    }
    const own = median(owns);
    const peer = median(peers);
    const ratio = own / peer;
    return {
      name: 'import: into the local table',
      unit: 'items/s',
      own,
      peer,
      peerName: 'plain batch writes',
      ratio,
      goal: `≥ ${tableShareGoal} ×`,
      met: ratio >= tableShareGoal,
      machine: thisMachine(),
    };
  } finally {
    await local.stop();
  }
}

/** Items that a row becomes: its account, and a share of its person's profile. */
async function itemsPerRow(file: string): Promise<number> {
  let items = 0;
  const counting: FeedStore = {
    ...nullStore,
    saveFeeds: (changes) => {
      for (const { accounts, debtor } of changes) items += accounts.length + (debtor === undefined ? 0 : 1);
      return Promise.resolve();
    },
  };
  const { read } = await ingest(file, counting);
  return items / read;
}

async function batchItemsPerSecond({ client, name }: Table, items: number): Promise<number> {
  const puts = Array.from({ length: items }, (_, index) => ({
    PutRequest: { Item: { PK: `debtor#${index}`, SK: 'profile', body: 'x'.repeat(300) } },
  }));
  const startedAt = performance.now();
  const waiting = Array.from({ length: Math.ceil(items / putsPerBatch) }, (_, batch) => batch).values();
  const worker = async () => {
    for (const batch of waiting) {
      const chunk = puts.slice(batch * putsPerBatch, (batch + 1) * putsPerBatch);
      await client.send(new BatchWriteCommand({ RequestItems: { [name]: chunk } }));
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, worker));
  return (items / (performance.now() - startedAt)) * 1_000;
}

async function rowsPerSecond(file: string, store: FeedStore): Promise<number> {
  const startedAt = performance.now();
  const { read } = await ingest(file, store);
  return (read / (performance.now() - startedAt)) * 1_000;
}

async function ingest(file: string, store: FeedStore) {
  const opened = await openPortfolio(createReadStream(file), { today });
  if (opened.kind === 'refused') throw new Error(opened.errors[0]?.message);
  return ingestRows(opened.lines, { store, clock: { now: () => toInstant(Date.parse(today)) } });
}

async function writePortfolio(folder: string, people: number): Promise<string> {
  const file = path.join(folder, `${people}.csv`);
  await pipeline(Readable.from(syntheticText({ people, seed: 1, today })), createWriteStream(file));
  return file;
}
