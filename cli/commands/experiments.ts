import path from 'node:path';
import type { Writable } from 'node:stream';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { experimentStop } from '#shared/core/experiments/assign-arm.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { experimentReport } from '../experiments/experiment-report.ts';
import { experimentsText } from '../experiments/experiment-text.ts';
import { openDestination, type DestinationChoice } from '../portfolio/destination.ts';
import { readConfig } from '../read-config.ts';

export interface ExperimentsArgs extends Pick<DestinationChoice, 'table' | 'endpoint'> {
  /** Only this one; absent: all of the configuration. */
  readonly name?: string | undefined;
  readonly json: boolean;
}

export interface ExperimentsSurroundings extends Pick<DestinationChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly now: () => Instant;
  /** Folder of the configuration whose experiments are told; default: `config`. */
  readonly configDir?: string;
}

/**
 * `dunwell experiments [NAME]`: prints for each experiment of the configuration whether it runs, and for each arm how many
 * people took part, were contacted, opted out, complained and were cured, with how sure each rate is. Writes nothing.
 *
 * @throws CommandError when the configuration is refused or has no experiment of the name.
 */
export async function experimentsCommand(
  args: ExperimentsArgs,
  around: ExperimentsSurroundings,
): Promise<ExitStatus> {
  const place = await openDestination({ ...args, ...around, readOnly: true });
  try {
    const now = place.now === undefined ? around.now() : toInstant(Date.parse(place.now));
    const today = localDateAt('UTC', now);
    const dir = around.configDir ?? path.join(import.meta.dirname, '../../config');
    const experiments = chosen(await experimentsOf(dir, today), args.name, dir);
    const stops = await place.stops.inForce();
    const reports = [];
    for (const compiled of experiments) {
      const { experiment, arms } = compiled;
      const counts = await place.counts.count(
        experiment,
        arms.map(({ arm }) => arm),
      );
      reports.push(experimentReport(compiled, counts, { stop: experimentStop(experiment, stops), today }));
    }
    around.output.write(args.json ? `${JSON.stringify(reports)}\n` : experimentsText(reports));
    return exitStatus.done;
  } finally {
    await place.close();
  }
}

async function experimentsOf(dir: string, today: string): Promise<DecisionRules['experiments']> {
  const read = await readConfig(dir, { today });
  if (!read.ok)
    throw new CommandError(exitStatus.refused, 'config_refused', read.errors.map(configErrorText));
  return compileRules(read.bundle).experiments;
}

function chosen(
  experiments: DecisionRules['experiments'],
  name: string | undefined,
  dir: string,
): DecisionRules['experiments'] {
  if (name === undefined) return experiments;
  const found = experiments.filter(({ experiment }) => experiment === name);
  if (found.length > 0) return found;
  const known = experiments.map(({ experiment }) => experiment).join(', ');
  const sentence = `${dir} has no experiment ${name}; it has ${known === '' ? 'none' : known}`;
  throw new CommandError(exitStatus.refused, 'unknown_experiment', [sentence]);
}
