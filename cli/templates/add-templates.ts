import { Option, type Command } from 'commander';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Instant } from '#shared/kernel/instant.ts';

interface PreviewOptions {
  readonly locale?: string;
  readonly channel?: Channel;
  readonly creditor?: string;
  readonly config?: string;
  readonly json?: true;
  readonly html?: string;
}

/** Written out, so that no command waits for the schemas to be loaded. */
const channels = ['sms', 'email', 'call'] as const satisfies readonly Channel[];

/** Adds the commands about texts under `dunwell templates`. */
export function addTemplates(templates: Command, now: () => Instant): void {
  templates
    .command('preview')
    .description(
      'show how texts come out for invented people, what they cost and which content rules they meet',
    )
    .argument('[name]', 'a template (default: all)')
    .option('--locale <locale>', 'only the texts of a language, such as zh-CN')
    .addOption(new Option('--channel <channel>', 'only the texts of a channel').choices(channels))
    .option('--creditor <creditor>', 'who they come from (default: one that fits the language)')
    .option('--config <dir>', 'the configuration (default: config)')
    .option('--json', 'print one JSON object')
    .option('--html <file>', 'write one page with all of it, side by side by language')
    .action(async (name: string | undefined, options: PreviewOptions) => {
      const { templatesPreviewCommand } = await import('../commands/templates.ts');
      const args = { ...(name !== undefined && { name }), ...options };
      process.exitCode = await templatesPreviewCommand(args, { output: process.stdout, now });
    });
}
