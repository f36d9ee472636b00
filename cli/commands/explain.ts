import path from 'node:path';
import type { Writable } from 'node:stream';
import type { Stop } from '#shared/contracts/stop.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { explainAccount } from '#shared/usecases/explain-account.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { accountReport } from '../explain/account-report.ts';
import { accountText } from '../explain/account-text.ts';
import { openDestination, type DestinationChoice } from '../portfolio/destination.ts';
import { readConfig } from '../read-config.ts';

export interface ExplainArgs extends Pick<DestinationChoice, 'table' | 'endpoint'> {
  readonly account: string;
  /** The moment in question, instead of the present one (of the local run, if there is one). */
  readonly at?: Instant | undefined;
  readonly json: boolean;
}

export interface ExplainSurroundings extends Pick<DestinationChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly now: () => Instant;
  /** Folder of the configuration by which it is judged; default: `config`. */
  readonly configDir?: string;
}

/**
 * `dunwell explain ACCOUNT [--at INSTANT]`: prints why an account is, was not, or will be contacted at a moment, for a
 * compliance officer to read, with every rule in order and the account's stored decisions. Writes nothing.
 *
 * @throws CommandError when the table has no such account, or the configuration is refused.
 */
export async function explainCommand(args: ExplainArgs, around: ExplainSurroundings): Promise<ExitStatus> {
  const place = await openDestination({ ...args, ...around, readOnly: true });
  try {
    const present = place.now === undefined ? around.now() : toInstant(Date.parse(place.now));
    const at = args.at ?? present;
    const config = await rulesAt(at, around.configDir ?? path.join(import.meta.dirname, '../../config'));
    const rules = { ...config, stops: await stopsAt(at, present, place.stops) };
    const explained = await explainAccount(args.account, at, { ...place, rules });
    if (explained === null) {
      const sentence = `${place.description} has no account ${args.account}; after an import it may take a moment`;
      throw new CommandError(exitStatus.refused, 'unknown_account', [sentence]);
    }
    const report = accountReport(explained);
    const time = at < present ? 'past' : at > present ? 'future' : 'present';
    around.output.write(args.json ? `${JSON.stringify(report)}\n` : accountText(report, time));
    return exitStatus.done;
  } finally {
    await place.close();
  }
}

/** What is stopped now counts for now and later; what was stopped at a moment that is past, only the history tells. */
async function stopsAt(at: Instant, present: Instant, stops: StopStore): Promise<readonly Stop[]> {
  return at < present ? [] : stops.inForce();
}

async function rulesAt(at: Instant, dir: string): Promise<DecisionRules> {
  const read = await readConfig(dir, { today: localDateAt('UTC', at) });
  if (!read.ok)
    throw new CommandError(exitStatus.refused, 'config_refused', read.errors.map(configErrorText));
  return compileRules(read.bundle);
}
