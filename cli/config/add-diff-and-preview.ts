import { Option, type Command } from 'commander';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { assumptions, previewDaysMax, type Assumption } from '#shared/usecases/preview-portfolio.ts';
import { dateOption } from '../date-option.ts';
import { wholeNumber } from '../whole-number.ts';

interface PreviewOptions {
  readonly portfolio: string;
  readonly config?: string;
  readonly against?: string;
  readonly from?: LocalDate;
  readonly days: number;
  readonly assume: Assumption;
  readonly csv?: string;
  readonly json?: true;
}

interface DiffOptions {
  readonly today?: LocalDate;
  readonly json?: true;
}

/** `dunwell config diff` and `dunwell config preview`: what a change of the configuration would do. */
export function addDiffAndPreview(config: Command, presentDate: () => LocalDate): void {
  addDiff(config, presentDate);
  addPreview(config, presentDate);
}

function addDiff(config: Command, presentDate: () => LocalDate): void {
  config
    .command('diff')
    .description('tell what differs between two configurations, and what of it is risky')
    .argument('<old>', 'a folder, or git:REVISION for the other side as it was in that revision')
    .argument('[new]', 'a folder or git:REVISION (default: config)')
    .option('--json', 'print the result (and errors) as one line of JSON')
    .addOption(dateOption('--today <date>', 'date around which holidays are looked up'))
    .action(async (old: string, name: string | undefined, options: DiffOptions) => {
      const { today, json = false } = options;
      const { configDiffCommand } = await import('../commands/config-diff.ts');
      process.exitCode = await configDiffCommand(
        { old, new: name, today: today ?? presentDate(), json },
        { output: process.stdout },
      );
    });
}

function addPreview(config: Command, presentDate: () => LocalDate): void {
  config
    .command('preview')
    .description('tell who of a portfolio would be contacted when and by what; sends and stores nothing')
    .requiredOption('--portfolio <file>', 'the portfolio (CSV or NDJSON)')
    .option('--config <dir>', 'the configuration: a folder or git:REVISION (default: config)')
    .option('--against <dir>', 'another configuration to compare with: a folder or git:REVISION')
    .addOption(dateOption('--from <date>', 'first day, by the calendar of each person (default: today)'))
    .option('--days <count>', `how many days, at most ${String(previewDaysMax)}`, wholeNumber, 14)
    .addOption(
      new Option('--assume <outcome>', 'what is taken to become of contacts')
        .choices(Object.keys(assumptions))
        .default('delivered'),
    )
    .option('--csv <file>', 'write every event there; with --against every change')
    .option('--json', 'print the result (and errors) as one line of JSON')
    .action(async (options: PreviewOptions) => {
      const { from, json = false, ...others } = options;
      const { configPreviewCommand } = await import('../commands/config-preview.ts');
      process.exitCode = await configPreviewCommand(
        { ...others, from: from ?? presentDate(), json },
        { output: process.stdout, errors: process.stderr },
      );
    });
}
