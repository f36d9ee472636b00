import { Option, type Command } from 'commander';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { dateOption } from '../date-option.ts';
import { wholeNumber } from '../whole-number.ts';
import { uciMonths, type UciMonth } from './uci-record.ts';

interface SyntheticOptions {
  readonly people: number;
  readonly seed: number;
  readonly today?: LocalDate;
}
interface UciOptions {
  readonly month: UciMonth;
  readonly seed: number;
  readonly today?: LocalDate;
  readonly payments?: string;
}

type ReplayUciOptions = Pick<UciOptions, 'month' | 'seed'> & { readonly json?: true };

/** `portfolio`: makes portfolio files, and replays the payments that come with one. */
export function addPortfolio(portfolio: Command, presentDate: () => LocalDate): void {
  portfolio
    .command('synthetic')
    .description("invent people in several countries, with numbers and addresses that are nobody's")
    .option('--people <count>', 'how many people', wholeNumber, 200)
    .option('--seed <number>', 'the same seed gives the same people', wholeNumber, 1)
    .addOption(
      dateOption('--today <date>', 'date that due dates are counted from (default: the present one)'),
    )
    .action(async ({ people, seed, today }: SyntheticOptions) => {
      const { syntheticCommand } = await import('../commands/portfolio-synthetic.ts');
      process.exitCode = await syntheticCommand(
        { people, seed, today: today ?? presentDate() },
        { output: process.stdout },
      );
    });
  portfolio
    .command('from-uci')
    .description('turn the UCI records of credit card clients (dataset 350) into a portfolio and payments')
    .argument('<file>', 'uci-default-of-credit-card-clients.csv')
    .addOption(new Option('--month <month>', 'the snapshot').choices(uciMonths).makeOptionMandatory())
    .option('--seed <number>', 'the same seed gives the same names and numbers', wholeNumber, 1)
    .option('--payments <file>', 'write the payments of the later months there, as NDJSON')
    .addOption(dateOption('--today <date>', "move all dates so that the snapshot's last day is this one"))
    .action(async (file: string, options: UciOptions) => {
      const { fromUciCommand } = await import('../commands/portfolio-from-uci.ts');
      process.exitCode = await fromUciCommand({ file, ...options }, { output: process.stdout });
    });
  portfolio
    .command('replay-uci')
    .description(
      'book what the cardholders of the UCI data paid after a month, and count what became of the late ones',
    )
    .argument('<file>', 'uci-default-of-credit-card-clients.csv')
    .addOption(new Option('--month <month>', 'the snapshot').choices(uciMonths).makeOptionMandatory())
    .option('--seed <number>', 'the same seed gives the same due days', wholeNumber, 1)
    .option('--json', 'print the counts as one line of JSON')
    .action(async (file: string, { json, ...options }: ReplayUciOptions) => {
      const { replayUciCommand } = await import('../commands/portfolio-replay-uci.ts');
      process.exitCode = await replayUciCommand(
        { file, json: json === true, ...options },
        { output: process.stdout },
      );
    });
}
