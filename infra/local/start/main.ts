import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '#infra/build/build-paths.ts';
import { savedInstant } from '#infra/local/run-backends.ts';
import type { RunEvent } from '#infra/local/run-event.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { dayMs, hourMs } from '#shared/kernel/instant.ts';
import { buildAssembly, readAssembly } from './build-assembly.ts';
import { openConfigFolder, type ConfigFolder } from './config-folder.ts';
import { dropPortfolio } from './import-portfolio.ts';
import { watchRun } from './live-view.ts';
import { openLocalWorld, type LocalWorld } from './open-world.ts';
import { helpText, readOptions, type StartOptions } from './options.ts';
import { letPeoplePay, type Payers } from './payers.ts';
import { peopleReader } from './read-people.ts';
import { replayPayments } from './replay-payments.ts';
import { describeSummary } from './report.ts';
import { simulatedMailboxes, simulatedPeople } from './simulated-people.ts';
import { summarise, type RunSummary } from './summary.ts';
import { letPeopleWrite } from './writers.ts';

/** The invented people, and the day their portfolio was made for. */
const sample = { file: join(projectDir, 'infra/local/samples/portfolio.csv'), from: '2026-03-02' };
/** Where `dunwell import` finds a local run that is going on. */
const runFile = join(projectDir, '.dunwell/run.json');

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  // The parts that are already open would keep the process alive.
  process.exit(1);
});

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    console.log(helpText);
    return;
  }
  if (options.portfolio !== undefined && options.from === undefined) {
    throw new Error('--portfolio needs --from: name the virtual day (YYYY-MM-DD) that the file was made for');
  }
  const say = (line: string): void => {
    if (!options.json) console.error(line);
  };
  if (!options.built) say('Bundling the functions and synthesising the template …');
  const assembly = options.built ? readAssembly() : await buildAssembly();
  const seen = watchEvents();
  const startedAt = startOf(options);
  const clock = createVirtualClock({ startAtMs: startedAt, speed: 'jump', onError: seen.failed });
  const world = await openLocalWorld({
    ...assembly,
    assemblyDir: assembly.dir,
    clock,
    seed: options.seed,
    dataDir: options.data,
    people: simulatedPeople(options.seed),
    mailboxes: simulatedMailboxes(options.seed),
    onEvent: seen.onEvent,
  });
  for (const line of world.run.notRunLocally) say(`Not run here: ${line}`);
  noteRun(world, assembly.stage);
  const folder = await openConfigFolder(world.run, {
    dir: options.config,
    stage: assembly.stage,
    say: complain,
  });
  const summary = await live(world, options, {
    startedAt,
    accessDenied: () => seen.accessDenied,
    say,
    folder,
  });
  folder.stop();
  await world.stop();
  rmSync(runFile, { force: true });
  console.log(options.json ? JSON.stringify(summary, null, 2) : describeSummary(summary));
}

function startOf({ data, from }: StartOptions): number {
  const saved = data === undefined ? undefined : savedInstant(data);
  return saved ?? Date.parse(`${from ?? sample.from}T00:00:00Z`);
}

interface Course {
  readonly startedAt: number;
  readonly accessDenied: () => number;
  readonly say: (line: string) => void;
  readonly folder: ConfigFolder;
}

async function live(world: LocalWorld, options: StartOptions, course: Course): Promise<RunSummary> {
  await course.folder.publish();
  const readPeople = peopleReader(world.run);
  const isResumed = (await readPeople()).length > 0;
  if (!isResumed) {
    course.say(`Importing ${options.portfolio ?? 'the invented portfolio'} through the drop folder …`);
    await dropPortfolio(world.run, options.portfolio ?? sample.file);
    await world.run.settle();
  }
  const payers = await startPayers(world, options, readPeople);
  const writers = letPeopleWrite(world, options.seed, readPeople);
  const take = async (): Promise<RunSummary> =>
    summarise(world, {
      startedAt: course.startedAt,
      people: await readPeople(),
      payments: payers.payments(),
      written: writers.written(),
      accessDenied: course.accessDenied(),
    });
  if (options.headless) await world.run.advanceTo(course.startedAt + options.days * dayMs);
  else {
    course.folder.follow();
    await watchRun(world, { speed: options.speed, take, say: course.say });
  }
  return take();
}

async function startPayers(
  world: LocalWorld,
  { payments, seed }: StartOptions,
  readPeople: Parameters<typeof letPeoplePay>[2],
): Promise<Payers> {
  return payments === undefined ? letPeoplePay(world, seed, readPeople) : replayPayments(world, payments);
}

/** Shows what an operator should see of a run's events, and counts what must not happen. */
function watchEvents() {
  const say = complain;
  const seen = { accessDenied: 0 };
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'refused') {
      seen.accessDenied += 1;
      say(`Access denied: ${event.caller} may not ${event.action} on ${event.resource}`);
    }
    if (event.kind === 'dropped')
      say(`Given up: ${String(event.count)} from ${event.source}: ${event.reason}`);
    if (event.kind === 'configured') say(`Configuration: ${event.what}`);
    if (event.kind === 'failed') say(`Failed: ${event.where}: ${String(event.error)}`);
    if (event.kind === 'invoked' && event.failure !== undefined)
      say(`${event.functionName} failed: ${event.failure}`);
  };
  const failed = (error: unknown): void => say(`Failed: ${String(error)}`);
  return {
    onEvent,
    failed,
    get accessDenied() {
      return seen.accessDenied;
    },
  };
}

/** Tells `dunwell` where this run's table and AWS calls are, and once a virtual hour what time it is there. */
function noteRun({ run, clock }: LocalWorld, stage: string): void {
  const table = run.resources.find(({ type }) => type.startsWith('AWS::DynamoDB::'));
  const endpoint = run.operatorEnvironment['AWS_ENDPOINT_URL_DYNAMODB'];
  mkdirSync(join(projectDir, '.dunwell'), { recursive: true });
  const write = (): void => {
    const now = new Date(clock.now()).toISOString();
    const gateway = run.operatorEnvironment['AWS_ENDPOINT_URL_APPCONFIG'];
    const door = run.doors[0]?.localUrl;
    const noted = { endpoint, tableName: table?.name, pid: process.pid, gateway, door, stage, now };
    writeFileSync(runFile, JSON.stringify(noted));
    clock.schedule(clock.now() + hourMs, write);
  };
  write();
}

/** Also with --json: what goes wrong, or happens to the configuration, belongs on standard error. */
function complain(line: string): void {
  console.error(line);
}
