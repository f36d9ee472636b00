import { Option, type Command } from 'commander';
import { HoldKindSchema, type HoldKind } from '#shared/contracts/hold.ts';
import type { HoldSurroundings } from '../commands/hold.ts';
import { onTable, type TableOptions } from '../table-options.ts';

type WhyOptions = TableOptions & { readonly why: string; readonly by?: string };
interface HoldOptions extends WhyOptions {
  readonly kind: HoldKind;
  readonly account?: string;
  readonly from?: string;
  readonly until?: string;
}

/** Holds: `hold` and `end-hold`. */
export function addHolds(program: Command, surroundings: HoldSurroundings): void {
  withWhy(
    program
      .command('hold')
      .description('hold contact to a person, or about one account, until a day or until somebody ends it')
      .argument('<debtor>', 'id of the person')
      .addOption(
        new Option('--kind <kind>', 'why contact rests')
          .choices(HoldKindSchema.options)
          .makeOptionMandatory(),
      )
      .option('--account <id>', 'the account, for kinds that cover one')
      .option('--from <date>', 'first day (default: today where the person lives)')
      .option('--until <date>', 'last day (default: as config/holds.yaml says)'),
  ).action(async (debtor: string, { json, ...options }: HoldOptions) => {
    const { holdCommand } = await import('../commands/hold.ts');
    process.exitCode = await holdCommand({ debtor, ...options, json: json === true }, surroundings);
  });
  withWhy(
    program
      .command('end-hold')
      .description('end a hold before its time')
      .argument('<debtor>', 'id of the person')
      .argument('<hold>', 'id of the hold, as `dunwell explain` prints it'),
  ).action(async (debtor: string, holdId: string, { json, ...options }: WhyOptions) => {
    const { endHoldCommand } = await import('../commands/hold.ts');
    process.exitCode = await endHoldCommand(
      { debtor, holdId, ...options, json: json === true },
      surroundings,
    );
  });
}

function withWhy(command: Command): Command {
  return onTable(
    command
      .requiredOption('--why <text>', 'the reason, for whoever asks later')
      .option('--by <name>', 'who does it (default: your login name)'),
  );
}
