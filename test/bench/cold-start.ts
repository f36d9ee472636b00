import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { FunctionName } from '#shared/contracts/environment.ts';
import { assetFiles, assetsDir } from '#infra/build/build-paths.ts';
import { builtFunctions } from '#infra/build/built-functions.ts';
import { callFirst } from '#infra/build/first-call/compile.ts';
import { firstCalls, type FirstCall } from '#infra/build/first-call/first-calls.ts';
import { startStubCloud } from '#infra/build/first-call/stub-cloud.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';

/** Starts of each function; they take turns with the empty one, so that the machine's moods hit all alike. */
const rounds = 21;
const bundleKibMax = 400;

/** How long a start and first call may take, in starts of an empty Node. */
const ratioMax: Readonly<Record<FunctionName, number>> = {
  ingest: 3.5,
  'ingest-file': 3.5,
  plan: 3.5,
  tick: 3.5,
  'send-sms': 3.5,
  'send-email': 3.5,
  'place-call': 3.5,
  'receive-twilio': 3,
  'receive-ses': 3,
  'receive-mail': 3.5,
  'receive-payment': 3,
  portal: 3,
  ops: 3.5,
  work: 3.5,
  'guard-experiments': 3.5,
  // Called by hand a few times a day, with a whole configuration to judge.
  'check-config': 6,
};

const emptyCall: FirstCall = { environment: {}, event: {}, counted: '' };

/** Each function's real asset, started and called once in a stubbed cloud, against a Node that does nothing. */
export async function run(): Promise<readonly BenchResult[]> {
  const cloud = await startStubCloud(readFileSync(join(assetsDir, 'plan', assetFiles.config), 'utf8'));
  const calls = firstCalls(cloud);
  const empty = emptyFunction();
  const time = async (entry: string, call: FirstCall): Promise<number> => {
    const began = performance.now();
    await callFirst(entry, call, { endpoint: cloud.url });
    return performance.now() - began;
  };
  const times = new Map<string, number[]>(builtFunctions.map(({ name }) => [name, []]));
  const emptyTimes: number[] = [];
  await time(empty, emptyCall);
  for (let round = 0; round < rounds; round += 1) {
    emptyTimes.push(await time(empty, emptyCall));
    for (const { name } of builtFunctions) times.get(name)?.push(await time(entryOf(name), calls[name]));
  }
  cloud.stop();
  return builtFunctions.flatMap(({ name }) =>
    resultsOf(name, median(times.get(name) ?? []), median(emptyTimes)),
  );
}

function resultsOf(name: FunctionName, ownMs: number, emptyMs: number): BenchResult[] {
  const ratio = ownMs / emptyMs;
  const kib = statSync(join(assetsDir, name, assetFiles.bundle)).size / 1_024;
  return [
    {
      name: `cold-start ${name}`,
      unit: 'ms',
      own: ownMs,
      peer: emptyMs,
      peerName: 'empty Node',
      ratio,
      goal: `≤ ${String(ratioMax[name])} × empty Node`,
      met: ratio <= ratioMax[name],
      machine: thisMachine(),
    },
    {
      name: `bundle ${name}`,
      unit: 'KiB',
      own: kib,
      goal: `≤ ${String(bundleKibMax)} KiB`,
      met: kib <= bundleKibMax,
      machine: thisMachine(),
    },
  ];
}

function entryOf(name: FunctionName): string {
  const entry = join(assetsDir, name, assetFiles.entry);
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run \`npm run build\` first.`);
  return entry;
}

function emptyFunction(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'dunwell-bench-')), 'index.mjs');
  writeFileSync(file, 'export const handler = async () => undefined;\n');
  return file;
}
