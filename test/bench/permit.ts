import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { decidePermission } from '#shared/core/permission/decide-permission.ts';
import { toContactRequest } from '#shared/core/permission/to-contact-request.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';
import { sampleRequest, threePacks } from './samples/permission.ts';

const rounds = 5;
const decisionsPerRound = 200_000;
const decisionsGoal = 150_000;
const samples = 1_000;

const linesShort = 10_000;
const linesLong = 210_000;
const linesGoal = 40_000;
/** How much more memory ten times as many lines may take: nothing but the garbage collector's mood. */
const memoryGrowthMax = 1.5;

/** Decisions in process, and lines through the command as users run it. */
export async function run(): Promise<readonly BenchResult[]> {
  return [decisions(), ...(await lines())];
}

function decisions(): BenchResult {
  const packs = compilePacks(threePacks, {});
  const contacts = Array.from({ length: samples }, (_, nth) => toContactRequest(sampleRequest(nth)));
  const rates = Array.from({ length: rounds + 1 }, () => {
    // Processor time, not the clock on the wall: what else the machine does is none of this figure's business.
    const before = process.cpuUsage();
    for (let nth = 0; nth < decisionsPerRound; nth += 1) decidePermission(contacts[nth % samples]!, packs);
    const { user, system } = process.cpuUsage(before);
    return decisionsPerRound / ((user + system) / 1e6);
  });
  const own = median(rates.slice(1));
  return {
    name: 'permit: decisions (3 packs, 2 zones, 50 events)',
    unit: '/s per core',
    own,
    goal: `≥ ${String(decisionsGoal)}/s`,
    met: own >= decisionsGoal,
    machine: thisMachine(),
  };
}

/**
 * Processor time of the whole command, reading and writing included; start-up is left out by taking the difference of a
 * long and a short run.
 */
async function lines(): Promise<readonly BenchResult[]> {
  const line = `${JSON.stringify({ ...sampleRequest(7), packs: ['us-regf', 'us-tcpa', 'us-ca'], history: sampleRequest(7).history?.slice(0, 3) })}\n`;
  const rates: number[] = [];
  let short = await runCommand(line, linesShort);
  let long = short;
  for (let round = 0; round < rounds; round += 1) {
    short = await runCommand(line, linesShort);
    long = await runCommand(line, linesLong);
    rates.push((linesLong - linesShort) / (long.cpuSeconds - short.cpuSeconds));
  }
  const own = median(rates);
  const growth = long.memoryMib / short.memoryMib;
  return [
    {
      name: 'permit: lines through the command',
      unit: 'lines/s per core',
      own,
      goal: `≥ ${String(linesGoal)}/s`,
      met: own >= linesGoal,
      machine: thisMachine(),
    },
    {
      name: 'permit: peak memory, 210,000 lines against 10,000',
      unit: 'MiB',
      own: long.memoryMib,
      peer: short.memoryMib,
      peerName: '10,000 lines',
      ratio: growth,
      goal: `≤ ${String(memoryGrowthMax)} ×`,
      met: growth <= memoryGrowthMax,
      machine: thisMachine(),
    },
  ];
}

const program = `
import { permitCommand } from '#cli/commands/permit.ts';
await permitCommand({}, { input: process.stdin, output: process.stdout });
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stderr.write(JSON.stringify({ memoryMib: maxRSS / 1_024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));`;

type Spent = { readonly memoryMib: number; readonly cpuSeconds: number };

async function runCommand(line: string, count: number): Promise<Spent> {
  const cwd = new URL('../..', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { cwd });
  let spent = '';
  child.stderr.on('data', (chunk: Buffer) => (spent += chunk.toString()));
  child.stdout.pipe(new Writable({ write: (_chunk, _encoding, done) => done() }));
  const block = line.repeat(100);
  for (let written = 0; written < count; written += 100) {
    if (!child.stdin.write(block)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await once(child, 'close');
  return JSON.parse(spent) as Spent;
}
