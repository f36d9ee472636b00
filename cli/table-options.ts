import type { Command } from 'commander';

/** Options of a command that reads a Debtors table. */
export interface TableOptions {
  readonly json?: true;
  readonly table?: string;
  readonly endpoint?: string;
}

/** Adds them to a command. */
export function onTable(command: Command): Command {
  return command
    .option('--json', 'print the result (and errors) as one line of JSON')
    .option('--table <name>', 'the deployed table (default: as for `import`)')
    .option('--endpoint <url>', 'address of another DynamoDB for --table');
}
