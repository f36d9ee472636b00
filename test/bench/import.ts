import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse';
import { syntheticText } from '#cli/commands/portfolio-synthetic.ts';
import { accountItem, addressItems, profileItem } from '#functions/_adapters/dynamodb/items.ts';
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
const tablePeople = 4_000;
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

/** By CPU time, which other work on the machine changes less than the time that passes; csv-parse alone is the yardstick. */
async function parseSpeed(folder: string): Promise<BenchResult> {
  const file = await writePortfolio(folder, parsedPeople);
  const owns: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    owns.push(await perCpuSecond(() => ingest(file, nullStore).then(({ read }) => read)));
    peers.push(await perCpuSecond(() => countRecords(file)));
  }
  const own = median(owns);
  const peer = median(peers);
  return {
    name: 'import: parse and validate',
    unit: 'rows/CPU s',
    own,
    peer,
    peerName: 'csv-parse without validation',
    ratio: own / peer,
    goal: `≥ ${parseGoal} rows/s`,
    met: own >= parseGoal,
    machine: thisMachine(),
  };
}

async function countRecords(file: string): Promise<number> {
  let records = 0;
  const parser = createReadStream(file).pipe(parse());
  for await (const record of parser) if (Array.isArray(record)) records += 1;
  return records;
}

async function perCpuSecond(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  return (done / (user + system)) * 1_000_000;
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

/** Items written by an import, beside the emulator's own rate for the same items in plain batches of 25. */
async function tableSpeed(folder: string): Promise<BenchResult> {
  const file = await writePortfolio(folder, tablePeople);
  const items = await itemsOf(file);
  const local = await startLocalDynamodb();
  try {
    const owns: number[] = [];
    const peers: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const store = createDebtorStore(await local.createTable(1));
      const startedAt = performance.now();
      await ingest(file, store);
      owns.push((items.length / (performance.now() - startedAt)) * 1_000);
      peers.push(await batchItemsPerSecond(await local.createTable(1), items));
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

/** What the store is asked to write for a file, each item once. */
async function itemsOf(file: string): Promise<object[]> {
  const items = new Map<string, object>();
  const keeping: FeedStore = {
    ...nullStore,
    saveFeeds: (changes) => {
      for (const { accounts, debtor } of changes) {
        for (const account of accounts) items.set(`account ${account.accountId}`, accountItem(account));
        if (debtor === undefined) continue;
        items.set(`profile ${debtor.debtorId}`, profileItem(debtor));
        for (const item of addressItems(debtor)) items.set(`address ${item.PK} ${item.SK}`, item);
      }
      return Promise.resolve();
    },
  };
  await ingest(file, keeping);
  return [...items.values()];
}

async function batchItemsPerSecond({ client, name }: Table, items: readonly object[]): Promise<number> {
  const startedAt = performance.now();
  const waiting = Array.from(
    { length: Math.ceil(items.length / putsPerBatch) },
    (_, batch) => batch,
  ).values();
  const worker = async () => {
    for (const batch of waiting) {
      const chunk = items.slice(batch * putsPerBatch, (batch + 1) * putsPerBatch);
      const puts = chunk.map((item) => ({ PutRequest: { Item: { ...item } } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, worker));
  return (items.length / (performance.now() - startedAt)) * 1_000;
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
