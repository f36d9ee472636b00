import path from 'node:path';
import type { Writable } from 'node:stream';
import { StopActSchema, type Stop, type StopScope } from '#shared/contracts/stop.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import { stoppableNames, type StoppableNames } from '#shared/core/stops/stoppable-names.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { secondMs, type Instant } from '#shared/kernel/instant.ts';
import { resumeContacts, type ResumeResult } from '#shared/usecases/resume-contacts.ts';
import { stopContacts, type StopResult, type WhoAndWhy } from '#shared/usecases/stop-contacts.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Destination } from '../portfolio/destination.ts';
import { readConfig } from '../read-config.ts';
import { clockAt, onSwitch, type SwitchChoice } from '../stops/open-switch.ts';
import { optionOf, scopeOf, type ScopeOptions } from '../stops/scope-options.ts';
import { stopText } from '../stops/stop-text.ts';

export interface StopArgs extends Pick<SwitchChoice, 'table' | 'endpoint'> {
  readonly scope: ScopeOptions;
  readonly why: string;
  /** Who does it, instead of the login name. */
  readonly by?: string | undefined;
  readonly json: boolean;
}

export interface StopSurroundings extends Pick<SwitchChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly now: () => Instant;
  /** Login name of whoever is at the machine. */
  readonly userName: () => string;
  /** Folder of the configuration that knows what there is to stop; default: `config`. */
  readonly configDir?: string;
}

const effectWithinSeconds = stopsTooOldMs / secondMs;

/**
 * `dunwell stop --all | --creditor ID | … --why TEXT`: stops contacts from the next decision on, also of what is queued, and
 * prints how to resume. Stopping what is stopped already is no error: the reason is kept.
 *
 * @throws CommandError when the name is not in the configuration, no table is meant, or it does not answer.
 */
export async function stopCommand(args: StopArgs, around: StopSurroundings): Promise<ExitStatus> {
  const scope = scopeOf(args.scope);
  const who = whoOf(args, around);
  return onSwitch({ ...args, ...around }, async (place) => {
    const clock = clockAt(place, around);
    const names = () => namesIn(around.configDir ?? configDirDefault, clock.now());
    const result = await stopContacts(scope, who, { stops: place.stops, clock, names });
    if (result.kind === 'refused')
      throw new CommandError(exitStatus.refused, result.problem, [result.message]);
    const { kind, stop } = result;
    const answer = { result: kind, stop, destination: place.description, effectWithinSeconds };
    around.output.write(args.json ? `${JSON.stringify(answer)}\n` : stoppedText(result, place));
    return exitStatus.done;
  });
}

/**
 * `dunwell resume --all | --creditor ID | … --why TEXT`: lifts a stop, and prints what is stopped still. Resuming what is not
 * stopped is no error: the reason is kept.
 *
 * @throws CommandError when no table is meant, or it does not answer.
 */
export async function resumeCommand(args: StopArgs, around: StopSurroundings): Promise<ExitStatus> {
  const scope = scopeOf(args.scope);
  const who = whoOf(args, around);
  return onSwitch({ ...args, ...around }, async (place) => {
    const result = await resumeContacts(scope, who, { stops: place.stops, clock: clockAt(place, around) });
    const { kind, stillInForce } = result;
    const answer = { result: kind, stillInForce, destination: place.description, effectWithinSeconds };
    around.output.write(args.json ? `${JSON.stringify(answer)}\n` : resumedText(scope, result, place));
    return exitStatus.done;
  });
}

/** The project's own configuration. */
export const configDirDefault = path.join(import.meta.dirname, '../../config');
const WhoSchema = StopActSchema.omit({ at: true, onBehalfOf: true });

function whoOf({ by, why }: StopArgs, { userName }: StopSurroundings): WhoAndWhy {
  const parsed = WhoSchema.safeParse({ by: by ?? userName(), why });
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new CommandError(exitStatus.refused, 'usage', reasons);
}

async function namesIn(dir: string, now: Instant): Promise<StoppableNames> {
  const read = await readConfig(dir, { today: localDateAt('UTC', now) });
  if (!read.ok) throw new Error(read.errors.slice(0, 3).map(configErrorText).join('; '));
  return stoppableNames(compileRules(read.bundle));
}

function stoppedText(
  { kind, stop }: StopResult & { readonly stop: Stop },
  { description }: Destination,
): string {
  const lines =
    kind === 'stopped'
      ? [
          `Stopped ${stop.stopId} in ${description}.`,
          `No contact of it begins later than ${String(effectWithinSeconds)} seconds from now; what is queued waits.`,
        ]
      : [
          `${stop.stopId} was stopped already in ${description}:`,
          `  ${stopText(stop)}`,
          'Your reason is kept in the history: dunwell stops --history',
        ];
  return text([...lines, `Resume with: dunwell resume ${optionOf(stop.scope)} --why "…"`]);
}

function resumedText(
  scope: StopScope,
  { kind, stillInForce }: ResumeResult,
  { description }: Destination,
): string {
  const first =
    kind === 'resumed'
      ? [
          `Resumed ${stopIdOf(scope)} in ${description}.`,
          'What has waited goes out at the usual pace, where and when it is permitted.',
        ]
      : [`${stopIdOf(scope)} was not stopped in ${description}. Your reason is kept in the history.`];
  const rest = stillInForce.map((stop) => `Still stopped: ${stopText(stop)}`);
  return text([...first, ...rest]);
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
