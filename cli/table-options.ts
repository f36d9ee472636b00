import type { Command } from 'commander';

/** Which table a command works on, and how it answers. */
export interface TableOptions {
  readonly json?: true;
  readonly table?: string;
  readonly endpoint?: string;
}

/** Gives a command the options by which its table is named. */
export function onTable(command: Command): Command {
  return command
    .option('--json', 'print the result (and errors) as one line of JSON')
    .option('--table <name>', 'the deployed table (default: as for `import`)')
    .option('--endpoint <url>', 'address of another DynamoDB for --table');
}
