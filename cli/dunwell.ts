import { userInfo } from 'node:os';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { addExperiments } from './add-experiments.ts';
import { CommandError, reportError } from './command-error.ts';
import { addDelivery } from './delivery-commands.ts';
import { addDiffAndPreview } from './config/add-diff-and-preview.ts';
import { dateOption } from './date-option.ts';
import { exitStatus } from './exit-status.ts';
import { addHolds } from './holds/add-holds.ts';
import { addModel } from './model/add-model.ts';
import { addPortfolio } from './portfolio/add-portfolio.ts';
import { addPayments } from './payments/add-payments.ts';
import { addStops } from './stops/add-stops.ts';
import { onTable, type TableOptions } from './table-options.ts';
import { addTemplates } from './templates/add-templates.ts';

const root = path.resolve(import.meta.dirname, '..');
const now = (): Instant => toInstant(Date.now());

/** Each command is loaded only when it is called: the weight of one does not slow the others. */
function buildProgram(): Command {
  const program = new Command('dunwell')
    .description('Contact automation for early-stage collections.')
    .exitOverride()
    // An error is told once, below, as a sentence or as JSON.
    .configureOutput({ outputError: () => undefined });
  addImport(program);
  addModel(program);
  addPortfolio(program.command('portfolio').description('make portfolio files'), presentDate);
  addPermission(program);
  addProof(program);
  const config = program.command('config').description('check, describe and publish the files under config/');
  addConfig(config);
  addDelivery(config);
  addExperiments(program, surroundings);
  addStops(program, { ...surroundings, userName: () => userInfo().username });
  addHolds(program, { ...surroundings, userName: () => userInfo().username });
  addPayments(program, { ...surroundings, userName: () => userInfo().username });
  addTemplates(program.command('templates').description('the texts that people receive'), now);
  return program;
}

interface ImportOptions {
  readonly dryRun?: true;
  readonly json?: true;
  readonly table?: string;
  readonly endpoint?: string;
  readonly today?: LocalDate;
}

function addImport(program: Command): void {
  program
    .command('import')
    .description('bring a portfolio file (CSV or NDJSON) into the Debtors table')
    .argument('<file>', 'the portfolio; rows that are refused go to FILE.rejected.csv with their reasons')
    .option('--dry-run', 'check the file and compare it with the table, but write nothing to the table')
    .option('--json', 'print the result (and errors) as one line of JSON')
    .option(
      '--table <name>',
      'the deployed table (default: DUNWELL_TABLE, else the local run, else an own local table)',
    )
    .option('--endpoint <url>', 'address of another DynamoDB for --table')
    .addOption(todayOption('date by which due dates are judged (default: the present one)'))
    .action(async (file: string, options: ImportOptions) => {
      const { importCommand } = await import('./commands/import.ts');
      const { dryRun = false, json = false, ...others } = options;
      process.exitCode = await importCommand(
        { file, dryRun, json, ...others },
        {
          output: process.stdout,
          errors: process.stderr,
          environment: process.env,
          dotDir: path.join(root, '.dunwell'),
          now,
        },
      );
    });
}

function addPermission(program: Command): void {
  program
    .command('permit')
    .description('decide for each request on standard input (NDJSON) whether a contact is permitted')
    .option('--packs <dir>', 'rule packs to use instead of config/policies')
    .action(async ({ packs }: { readonly packs?: string }) => {
      const { permitCommand } = await import('./commands/permit.ts');
      const args = packs === undefined ? {} : { packsDir: packs };
      process.exitCode = await permitCommand(args, { input: process.stdin, output: process.stdout });
    });
  program
    .command('read-reply')
    .description('read what each debtor means by the reply on standard input (NDJSON)')
    .option('--config <dir>', 'configuration whose words are used (default: config)')
    .action(async ({ config }: { readonly config?: string }) => {
      const { readReplyCommand } = await import('./commands/read-reply.ts');
      const args = config === undefined ? {} : { configDir: config };
      process.exitCode = await readReplyCommand(args, { input: process.stdin, output: process.stdout });
    });
  program
    .command('packs')
    .description('rule packs')
    .command('lint')
    .description('check the rule packs and list the rules that are not enforced yet')
    .option('--packs <dir>', 'rule packs to check instead of config/policies')
    .option('--json', 'answer as JSON')
    .action(async ({ packs, json }: { readonly packs?: string; readonly json?: boolean }) => {
      const { lintPacksCommand } = await import('./commands/packs.ts');
      const args = { ...(packs === undefined ? {} : { packsDir: packs }), json: json === true };
      process.exitCode = await lintPacksCommand(args, { output: process.stdout });
    });
}

/** Where commands on a table read and write. */
const surroundings = {
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
  dotDir: path.join(root, '.dunwell'),
  now,
};

function addProof(program: Command): void {
  onTable(
    program
      .command('explain')
      .description(
        'tell why an account is, was not, or will be contacted: every rule, and the stored decisions',
      )
      .argument('<account>', 'the account id')
      .option(
        '--at <instant>',
        'the moment in question, such as 2026-03-10T21:59:59+08:00 (default: now)',
        instant,
      ),
  ).action(async (account: string, options: TableOptions & { readonly at?: Instant }) => {
    const { explainCommand } = await import('./commands/explain.ts');
    const { json = false, ...others } = options;
    process.exitCode = await explainCommand({ account, json, ...others }, surroundings);
  });
  onTable(
    program
      .command('replay')
      .description(
        'decide a stored decision again and compare the bytes; exit 0 same, 1 other, 2 no such decision',
      )
      .argument('<decision>', 'its id, as `explain` prints it')
      .option('--packs <dir>', 'rule packs to use instead of config/policies'),
  ).action(async (decision: string, options: TableOptions & { readonly packs?: string }) => {
    const { replayCommand } = await import('./commands/replay.ts');
    const { json = false, packs: packsDir, ...others } = options;
    process.exitCode = await replayCommand({ decision, json, packsDir, ...others }, surroundings);
  });
}

function addConfig(config: Command): void {
  const io = { output: process.stdout, errors: process.stderr };
  addDiffAndPreview(config, presentDate);
  config
    .command('validate')
    .description('check all files of a configuration, alone and against one another')
    .argument('[dir]', 'the configuration (default: config)')
    .option('--json', 'print the result as JSON')
    .addOption(todayOption('date around which holidays are looked up'))
    .action(
      async (dir: string | undefined, options: { readonly json?: true; readonly today?: LocalDate }) => {
        const { configValidateCommand } = await import('./commands/config.ts');
        process.exitCode = await configValidateCommand({ ...(dir !== undefined && { dir }), ...options }, io);
      },
    );
  config
    .command('schema')
    .description('write the JSON Schemas by which editors complete the files')
    .argument('[dir]', 'where to (default: config/schemas)')
    .action(async (dir: string | undefined) => {
      const { configSchemaCommand } = await import('./commands/config.ts');
      process.exitCode = await configSchemaCommand(dir === undefined ? {} : { dir }, io);
    });
  config
    .command('reference')
    .description('write the reference of every field')
    .argument('[file]', 'where to (default: docs/config-reference.md)')
    .action(async (file: string | undefined) => {
      const { configReferenceCommand } = await import('./commands/config.ts');
      process.exitCode = await configReferenceCommand(file === undefined ? {} : { file }, io);
    });
}

function todayOption(description: string): Option {
  return dateOption('--today <date>', description);
}

function instant(value: string): Instant {
  const at = parseIsoInstant(value);
  if (at === undefined)
    throw new InvalidArgumentError(
      'Write an instant with its offset or Z, such as 2026-03-10T21:59:59+08:00.',
    );
  return at;
}

function presentDate(): LocalDate {
  return new Date(now()).toISOString().slice(0, 10);
}

/** A reader who has seen enough (`| head`) closes the pipe: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitStatus.done);
});

/** Commander's own sentences (an unknown option, a missing argument) end like every other error; help is none. */
function asCommandError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  // A proposal for a misspelt word comes on a line of its own.
  const sentence = error.message.replace(/^error: /u, '').replaceAll('\n', ' ');
  return new CommandError(exitStatus.refused, 'usage', [`${sentence} (--help lists all options)`]);
}

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  const isHelp = error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help');
  if (!isHelp) {
    process.exitCode = reportError(asCommandError(error), process.stderr, {
      json: process.argv.includes('--json'),
    });
  } else if (error.exitCode !== 0) {
    process.exitCode = exitStatus.refused;
  }
}
