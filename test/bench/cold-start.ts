import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FunctionName } from '#shared/contracts/environment.ts';
import { assetsDir } from '#infra/build/build-paths.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';
import { firstCalls, type FirstCall } from './cold-start/first-calls.ts';
import { startStubCloud } from './cold-start/stub-cloud.ts';

/** Starts of each function; they take turns with the empty one, so that the machine's moods hit all alike. */
const rounds = 21;
const bundleKibMax = 400;

/** How long a start and first call may take, in starts of an empty Node. */
const ratioMax: Readonly<Record<FunctionName, number>> = {
  ingest: 3,
  'ingest-file': 3.5,
  plan: 3.5,
  tick: 3.5,
  'send-sms': 3.5,
  'send-email': 3.5,
  'place-call': 3.5,
  'receive-twilio': 3,
  'receive-ses': 3,
};

const child = fileURLToPath(new URL('cold-start/child.mjs', import.meta.url));

/** Each function's real bundle, started and called once against a stubbed cloud, against a Node that does nothing. */
export async function run(): Promise<readonly BenchResult[]> {
  const cloud = await startStubCloud();
  const calls = Object.entries(firstCalls(cloud));
  const empty = emptyFunction();
  const times = new Map<string, number[]>(calls.map(([name]) => [name, []]));
  const emptyTimes: number[] = [];
  const startEmpty = (): Promise<number> => start(empty, { environment: {}, event: {} }, cloud.url);
  await startEmpty();
  for (let round = 0; round < rounds; round += 1) {
    emptyTimes.push(await startEmpty());
    for (const [name, call] of calls) times.get(name)?.push(await start(bundleOf(name), call, cloud.url));
  }
  cloud.stop();
  const emptyMs = median(emptyTimes);
  return calls.flatMap(([name]) => resultsOf(name, median(times.get(name) ?? []), emptyMs));
}

function resultsOf(name: string, ownMs: number, emptyMs: number): BenchResult[] {
  const goal = (ratioMax as Readonly<Record<string, number>>)[name]!;
  const kib = statSync(bundleOf(name)).size / 1_024;
  return [
    {
      name: `cold-start ${name}`,
      unit: 'ms',
      own: ownMs,
      peer: emptyMs,
      peerName: 'empty Node',
      ratio: ownMs / emptyMs,
      goal: `≤ ${String(goal)} × empty Node`,
      met: ownMs / emptyMs <= goal,
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

function bundleOf(name: string): string {
  const bundle = join(assetsDir, name, 'index.mjs');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: run \`npm run build\` first.`);
  return bundle;
}

function emptyFunction(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'dunwell-bench-')), 'index.mjs');
  writeFileSync(file, 'export const handler = async () => undefined;\n');
  return file;
}

/** Milliseconds from starting the process to its end. Only the variables that a Lambda has reach it. */
function start(bundle: string, { environment, event }: FirstCall, endpoint: string): Promise<number> {
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: endpoint,
    ...environment,
  };
  const began = performance.now();
  const process_ = spawn(process.execPath, [child, pathToFileURL(bundle).href, JSON.stringify(event)], {
    env,
  });
  let output = '';
  process_.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  process_.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    process_.on('exit', (code) => {
      const took = performance.now() - began;
      if (code === 0 && !output.includes('"level":"ERROR"')) resolve(took);
      else reject(new Error(`${bundle} did not start: ${output}`));
    });
  });
}
