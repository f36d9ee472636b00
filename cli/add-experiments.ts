import type { Command } from 'commander';
import type { ExperimentsSurroundings } from './commands/experiments.ts';
import { onTable, type TableOptions } from './table-options.ts';

/** Adds `dunwell experiments`. */
export function addExperiments(program: Command, surroundings: ExperimentsSurroundings): void {
  onTable(
    program
      .command('experiments')
      .description(
        'tell how the arms of the experiments stand: people, opt-outs, complaints, cures, how sure',
      )
      .argument('[name]', 'only this one')
      .option('--config <dir>', 'configuration whose experiments are told (default: config)'),
  ).action(async (name: string | undefined, options: TableOptions & { readonly config?: string }) => {
    const { experimentsCommand } = await import('./commands/experiments.ts');
    const { json = false, config: configDir, ...others } = options;
    const around = configDir === undefined ? surroundings : { ...surroundings, configDir };
    process.exitCode = await experimentsCommand({ name, json, ...others }, around);
  });
}
