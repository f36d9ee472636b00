import { BadRequestException } from '@aws-sdk/client-appconfig';
import { readBundle } from '#shared/core/bundle/read-bundle.ts';
import { CommandError } from '../command-error.ts';
import type { Delivery, KeptVersion } from '../delivery/config-service.ts';
import type { OpenDelivery } from '../delivery/open-delivery.ts';
import { short, start } from '../delivery/publish.ts';
import { inForce, inProgress, namedVersion, waiting } from '../delivery/standing.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withDelivery, type DeliverySurroundings } from './config-publish.ts';

interface StatusArgs {
  readonly stage?: string | undefined;
  readonly json: boolean;
}
export interface RollbackArgs extends StatusArgs {
  readonly version?: string | undefined;
  readonly why?: string | undefined;
}

interface Standing {
  readonly place: string;
  readonly inForce: Delivery | null;
  /** Whether this release can apply what is in force; null while nothing is. */
  readonly fitsThisRelease: boolean | null;
  readonly inProgress: Delivery | null;
  readonly waiting: readonly KeptVersion[];
  readonly last: readonly Delivery[];
}

/** `dunwell config status`: what is published, what is being rolled out and how far, and what waits for an approver. */
export async function statusCommand(args: StatusArgs, around: DeliverySurroundings): Promise<ExitStatus> {
  return withDelivery(args, around, async (open) => {
    const standing = await readStanding(open);
    around.output.write(args.json ? `${JSON.stringify(standing)}\n` : inWords(standing));
    return exitStatus.done;
  });
}

/**
 * `dunwell config rollback [VERSION]`: takes back what is being rolled out, else what was rolled out last, else, when a
 * version is named, rolls that one out to all at once. Needs no second approver: it only goes back.
 */
export async function rollbackCommand(args: RollbackArgs, around: DeliverySurroundings): Promise<ExitStatus> {
  return withDelivery(args, around, async (open) => {
    const told =
      args.version === undefined ? await takeBackLast(open) : await goBackTo(args.version, args, open);
    around.output.write(args.json ? `${JSON.stringify(told)}\n` : `${told.did} in ${open.place}\n`);
    return exitStatus.done;
  });
}

interface WentBack {
  readonly version: string;
  readonly did: string;
}

async function takeBackLast({ service }: OpenDelivery): Promise<WentBack> {
  const deliveries = await service.deliveries();
  const last = inProgress(deliveries) ?? inForce(deliveries);
  if (last === undefined) throw refusedWith('nothing was ever published: there is nothing to go back from');
  try {
    await service.takeBack(last.number);
  } catch (error) {
    if (!(error instanceof BadRequestException)) throw error;
    throw refusedWith(
      `${error.message}: name the version to go back to (\`dunwell config status\` lists them)`,
    );
  }
  const { version } = last;
  return { version, did: `${short(version)} was taken back (deployment ${String(last.number)})` };
}

async function goBackTo(
  named: string,
  { why }: RollbackArgs,
  { service, who }: OpenDelivery,
): Promise<WentBack> {
  const deliveries = await service.deliveries();
  const running = inProgress(deliveries);
  const kept = namedVersion(named, await service.versions());
  if (!deliveries.some(({ keptNumber, state }) => keptNumber === kept.number && state !== 'ROLLED_BACK'))
    throw refusedWith(`${named} was never in force: publish it`);
  if (running !== undefined) await service.takeBack(running.number);
  const record = { by: await who(), why: why ?? 'rollback' };
  const delivery = await start(service, kept.number, 'at-once', record);
  return {
    version: kept.version,
    did: `${short(kept.version)} is rolled out again to all at once (deployment ${String(delivery.number)})`,
  };
}

function refusedWith(sentence: string): CommandError {
  return new CommandError(exitStatus.refused, 'no_way_back', [sentence]);
}

async function readStanding({ service, place }: OpenDelivery): Promise<Standing> {
  const [versions, last] = await Promise.all([service.versions(), service.deliveries()]);
  const present = inForce(last);
  const fits =
    present === undefined ? null : readBundle(await service.content(present.keptNumber)).kind === 'right';
  return {
    place,
    inForce: present ?? null,
    fitsThisRelease: fits,
    inProgress: inProgress(last) ?? null,
    waiting: waiting(versions, last),
    last,
  };
}

function inWords({ place, last, ...standing }: Standing): string {
  const { inForce: present, inProgress: running, fitsThisRelease } = standing;
  const lines = [
    present === null
      ? `${place}: nothing was ever published; functions use what they were built with`
      : `${place}: ${short(present.version)} is in force${by(present.record)}`,
    ...(fitsThisRelease === false
      ? ['  this release cannot apply it: publish the configuration again after deploying this release']
      : []),
    ...(running === null
      ? []
      : [
          `  ${short(running.version)} is being rolled out: ${running.state} at ${String(running.percent)} %${by(running.record)}`,
        ]),
    ...standing.waiting.map(({ version, record }) => `  ${short(version)} waits to be approved${by(record)}`),
    ...last.map(
      ({ number, version, state, startedAt, undone }) =>
        `  deployment ${String(number)}  ${startedAt ?? ''}  ${short(version)}  ${state}${undone === null ? '' : `: ${undone}`}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function by(record: { readonly by: string; readonly why: string }): string {
  const who = record.by === '' ? '' : `, by ${record.by}`;
  return `${who}${record.why === '' ? '' : ` (${record.why})`}`;
}
