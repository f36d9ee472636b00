import type { Command } from 'commander';
import type { StopArgs, StopSurroundings } from '../commands/stop.ts';
import { onTable, type TableOptions } from '../table-options.ts';
import { withScope, type ScopeOptions } from './scope-options.ts';

type ActOptions = ScopeOptions & TableOptions & { readonly why: string; readonly by?: string };

/** The kill switch: `stop`, `resume` and `stops`. */
export function addStops(program: Command, surroundings: StopSurroundings): void {
  withAct(
    program
      .command('stop')
      .description('stop contacts within seconds, also those that are queued, until somebody resumes them'),
  ).action(async (options: ActOptions) => {
    const { stopCommand } = await import('../commands/stop.ts');
    process.exitCode = await stopCommand(argsOf(options), surroundings);
  });
  withAct(program.command('resume').description('lift a stop')).action(async (options: ActOptions) => {
    const { resumeCommand } = await import('../commands/stop.ts');
    process.exitCode = await resumeCommand(argsOf(options), surroundings);
  });
  onTable(
    program
      .command('stops')
      .description('tell what is stopped, by whom and why')
      .option('--history', 'also who stopped and resumed what'),
  ).action(async ({ json, history, ...place }: TableOptions & { readonly history?: true }) => {
    const { stopsCommand } = await import('../commands/stops.ts');
    const args = { ...place, json: json === true, history: history === true };
    process.exitCode = await stopsCommand(args, surroundings);
  });
}

function withAct(command: Command): Command {
  return onTable(
    withScope(command)
      .requiredOption('--why <text>', 'the reason, for whoever asks later')
      .option('--by <name>', 'who does it (default: your login name)'),
  );
}

function argsOf({ why, by, json, table, endpoint, ...scope }: ActOptions): StopArgs {
  return { scope, why, by, json: json === true, table, endpoint };
}
