import { Option, type Command } from 'commander';
import { ChannelSchema, type Channel } from '#shared/contracts/primitives.ts';
import { StopScopeSchema, type StopScope } from '#shared/contracts/stop.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';

/** What is to be stopped or resumed: exactly one of these. */
export interface ScopeOptions {
  readonly all?: true;
  readonly creditor?: string;
  readonly strategy?: string;
  readonly channel?: Channel;
  readonly experiment?: string;
}

/** Gives a command the options that say what it stops or resumes. */
export function withScope(command: Command): Command {
  return command
    .option('--all', 'every contact of every creditor')
    .option('--creditor <id>', "one creditor's contacts")
    .option(
      '--strategy <name>',
      'contacts of one strategy, by its name without a version, of all its versions',
    )
    .addOption(new Option('--channel <channel>', 'contacts on one channel').choices(ChannelSchema.options))
    .option('--experiment <id>', 'one experiment: its people are contacted as if there were none');
}

/**
 * The scope that the options name.
 * @throws CommandError when they name none, several, or something that can be nobody's id.
 */
export function scopeOf({ all, ...named }: ScopeOptions): StopScope {
  const scopes: object[] = all === true ? [{ kind: 'all' }] : [];
  for (const [kind, name] of Object.entries(named)) scopes.push({ kind, [kind]: name });
  if (scopes.length !== 1) {
    const told = scopes.length === 0 ? 'nothing' : 'more than one thing';
    throw refused(`${told} is named: give one of --all, --creditor, --strategy, --channel and --experiment`);
  }
  const parsed = StopScopeSchema.safeParse(scopes[0]);
  if (parsed.success) return parsed.data;
  throw refused(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
}

function refused(sentence: string): CommandError {
  return new CommandError(exitStatus.refused, 'usage', [sentence]);
}

/** The option that names a scope, as it is typed. */
export function optionOf(scope: StopScope): string {
  switch (scope.kind) {
    case 'all':
      return '--all';
    case 'creditor':
      return `--creditor ${scope.creditor}`;
    case 'strategy':
      return `--strategy ${scope.strategy}`;
    case 'channel':
      return `--channel ${scope.channel}`;
    case 'experiment':
      return `--experiment ${scope.experiment}`;
  }
}
