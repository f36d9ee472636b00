import path from 'node:path';
import { Option, type Command } from 'commander';
import type { Rollout } from '#shared/contracts/publishing.ts';

const root = path.resolve(import.meta.dirname, '..');
const surroundings = {
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
  dotDir: path.join(root, '.dunwell'),
};

interface StageOptions {
  readonly stage?: string;
  readonly json?: true;
}
interface RolloutOptions extends StageOptions {
  readonly why?: string;
  readonly atOnce?: true;
  readonly gradual?: true;
  readonly wait?: true;
}

/** The commands by which a configuration reaches the functions. */
export function addDelivery(config: Command): void {
  rolledOut(
    config
      .command('publish')
      .description('check a configuration and roll it out, or leave it waiting for a second approver')
      .argument('[dir]', 'the configuration (default: config)'),
  ).action(async (dir: string | undefined, options: RolloutOptions) => {
    const { publishCommand } = await import('./commands/config-publish.ts');
    const where = dir ?? path.relative(process.cwd(), path.join(root, 'config'));
    process.exitCode = await publishCommand({ dir: where, ...rolloutArgs(options) }, surroundings);
  });
  rolledOut(
    config
      .command('approve')
      .description('let a version go that somebody else published')
      .argument('<version>', 'its hash, or the beginning of it, as `status` prints it'),
  ).action(async (version: string, options: RolloutOptions) => {
    const { approveCommand } = await import('./commands/config-publish.ts');
    process.exitCode = await approveCommand({ version, ...rolloutArgs(options) }, surroundings);
  });
  onStage(
    config.command('status').description('tell what is published, what is being rolled out, and what waits'),
  ).action(async ({ stage, json }: StageOptions) => {
    const { statusCommand } = await import('./commands/config-status.ts');
    process.exitCode = await statusCommand({ stage, json: json === true }, surroundings);
  });
  onStage(
    config
      .command('rollback')
      .description('take back what is being rolled out or was rolled out last, or go back to a version')
      .argument('[version]', 'a version that was in force before')
      .option('--why <text>', 'the reason; it is kept with the deployment'),
  ).action(async (version: string | undefined, options: StageOptions & { readonly why?: string }) => {
    const { rollbackCommand } = await import('./commands/config-status.ts');
    const { json, ...others } = options;
    process.exitCode = await rollbackCommand({ version, ...others, json: json === true }, surroundings);
  });
}

function rolledOut(command: Command): Command {
  return onStage(command)
    .option('--why <text>', 'the reason; it is kept with the version')
    .addOption(new Option('--at-once', 'give it to all containers at the same time').conflicts('gradual'))
    .option('--gradual', 'give it to a growing share, whatever publishing.yaml says')
    .option('--wait', 'wait until it is rolled out or taken back');
}

function onStage(command: Command): Command {
  return command
    .addOption(
      new Option('--stage <stage>', 'a deployed stage (default: the local run that is going on)').choices([
        'dev',
        'prod',
      ]),
    )
    .option('--json', 'print the result (and errors) as one line of JSON');
}

function rolloutArgs({ stage, why, atOnce, gradual, wait, json }: RolloutOptions) {
  const rollout: Rollout | undefined = atOnce === true ? 'at-once' : gradual === true ? 'gradual' : undefined;
  return { stage, why, rollout, wait: wait === true, json: json === true };
}
