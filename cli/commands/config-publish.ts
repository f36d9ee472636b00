import { setTimeout as sleep } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import type { Rollout } from '#shared/contracts/publishing.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import type { ConfigService, Delivery } from '../delivery/config-service.ts';
import { openDelivery, type DeliveryChoice, type OpenDelivery } from '../delivery/open-delivery.ts';
import { approveVersion, publishBundle, short, type Published } from '../delivery/publish.ts';
import { inProgress } from '../delivery/standing.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { readConfig } from '../read-config.ts';

export interface DeliverySurroundings extends Pick<DeliveryChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly errors: Writable;
}

interface RolloutArgs {
  readonly stage?: string | undefined;
  readonly why?: string | undefined;
  readonly rollout?: Rollout | undefined;
  readonly wait: boolean;
  readonly json: boolean;
}
export interface PublishArgs extends RolloutArgs {
  readonly dir: string;
}
export interface ApproveArgs extends RolloutArgs {
  readonly version: string;
}

/** How often a command that waits asks how a deployment stands, and for how long at most. */
const askEveryMs = 1_000;
const waitMaxMs = 3 * 60 * 60_000;

/**
 * `dunwell config publish [DIR]`: checks a configuration as `validate` does, gives it to AppConfig, and rolls it out, or
 * leaves it waiting for a second approver.
 *
 * @throws CommandError when the configuration is refused, here or by AppConfig's validator, or a deployment is in progress.
 */
export async function publishCommand(args: PublishArgs, around: DeliverySurroundings): Promise<ExitStatus> {
  const read = await readConfig(args.dir);
  if (!read.ok) {
    const reasons = read.errors.map(configErrorText);
    throw new CommandError(exitStatus.refused, 'refused', [
      ...reasons,
      `${args.dir} is refused: nothing was published`,
    ]);
  }
  return withDelivery(args, around, async (open) => {
    const record = { by: await open.who(), why: args.why ?? '' };
    const { service } = open;
    const published = await publishBundle(read.bundle, { service, record, rollout: args.rollout });
    if (published.kind === 'started') return finish(published.delivery, args, { ...around, open });
    around.output.write(args.json ? `${JSON.stringify(published)}\n` : `${inWords(published, open, args)}\n`);
    return exitStatus.done;
  });
}

/** `dunwell config approve VERSION`: the second pair of eyes; rolls the version out. */
export async function approveCommand(args: ApproveArgs, around: DeliverySurroundings): Promise<ExitStatus> {
  return withDelivery(args, around, async (open) => {
    const record = { by: await open.who(), why: args.why ?? '' };
    const { service } = open;
    const delivery = await approveVersion(args.version, { service, record, rollout: args.rollout });
    return finish(delivery, args, { ...around, open });
  });
}

function inWords(
  published: Exclude<Published, { kind: 'started' }>,
  { place }: OpenDelivery,
  { stage }: RolloutArgs,
): string {
  const version = short(published.version);
  if (published.kind === 'unchanged')
    return `${version} is in force in ${place} already: nothing was published`;
  const who = published.among === null ? 'Somebody else' : `One of ${published.among.join(', ')}`;
  const option = stage === undefined ? '' : ` --stage ${stage}`;
  return [
    `${version} was taken by AppConfig and waits in ${place} for its second approver`,
    `${who} can look at it by \`dunwell config status${option}\` and let it go by \`dunwell config approve ${version}${option}\``,
  ].join('\n');
}

async function finish(
  started: Delivery,
  { wait, json }: RolloutArgs,
  { open, output }: DeliverySurroundings & { readonly open: OpenDelivery },
): Promise<ExitStatus> {
  const delivery = wait ? await waitForEnd(started, open.service) : started;
  const { version, number, state, percent, undone } = delivery;
  output.write(
    json
      ? `${JSON.stringify({ kind: 'started', ...delivery })}\n`
      : `${short(version)} in ${open.place}: deployment ${String(number)} is ${state} at ${String(percent)} %${undone === null ? '' : ` (${undone})`}\n`,
  );
  return undone === null ? exitStatus.done : exitStatus.broken;
}

async function waitForEnd(started: Delivery, service: ConfigService): Promise<Delivery> {
  const until = Date.now() + waitMaxMs;
  let delivery = started;
  while (inProgress([delivery]) !== undefined && Date.now() < until) {
    await sleep(askEveryMs);
    delivery = await service.delivery(delivery.number);
  }
  return delivery;
}

/** Opens what a command works on and closes it afterwards. */
export async function withDelivery(
  { stage }: { readonly stage?: string | undefined },
  { environment, dotDir }: DeliverySurroundings,
  work: (open: OpenDelivery) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const open = await openDelivery({ stage, environment, dotDir });
  try {
    return await work(open);
  } finally {
    open.close();
  }
}
