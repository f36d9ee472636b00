import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { readConfig } from '../read-config.ts';
import { previewPage } from '../templates/preview-page.ts';
import { previewsText } from '../templates/preview-text.ts';
import { previewTexts, type PreviewChoice } from '../templates/text-preview.ts';

export interface PreviewArgs extends PreviewChoice {
  /** Folder of the configuration; absent: `config`. */
  readonly config?: string;
  readonly json?: boolean;
  /** File that takes the page for people who review texts. */
  readonly html?: string;
}

/**
 * `dunwell templates preview [NAME]`: shows how texts come out for invented people: what a locked phone shows, the whole
 * text and its other wordings, size, cost, declared elements, and how the content rules of all packs judge it. `json`
 * prints one JSON object, `html` writes one page with all of it side by side by language.
 *
 * @throws CommandError when the configuration is refused or nothing matches the choice.
 */
export async function templatesPreviewCommand(
  args: PreviewArgs,
  io: { readonly output: Writable; readonly now: () => Instant },
): Promise<ExitStatus> {
  const at = io.now();
  const dir = args.config ?? path.relative(process.cwd(), path.join(import.meta.dirname, '../../config'));
  const read = await readConfig(dir, { today: localDateAt('UTC', at) });
  if (!read.ok) {
    throw new CommandError(exitStatus.refused, 'config_refused', read.errors.map(configErrorText));
  }
  checkChoice(args, read.bundle);
  const previews = previewTexts(read.bundle, args, at);
  if (previews.length === 0) {
    const sentence = 'no text is both of that name, language and channel';
    throw new CommandError(exitStatus.refused, 'no_text', [sentence]);
  }
  if (args.html === undefined) {
    io.output.write(args.json === true ? `${JSON.stringify({ texts: previews })}\n` : previewsText(previews));
    return exitStatus.done;
  }
  await writeFile(args.html, previewPage(previews, read.bundle.version));
  io.output.write(`wrote ${previews.length} texts to ${args.html}\n`);
  return exitStatus.done;
}

function checkChoice(
  { name, locale, creditor }: PreviewChoice,
  { templates, creditors }: ConfigBundle,
): void {
  const choices = [
    { what: 'template', wanted: name, known: templates.map((one) => one.name) },
    { what: 'language', wanted: locale, known: templates.map((one) => one.locale) },
    { what: 'creditor', wanted: creditor, known: creditors.map((one) => one.creditor) },
  ];
  const reasons = choices.flatMap(({ what, wanted, known }) =>
    wanted === undefined || known.includes(wanted)
      ? []
      : [`there is no ${what} "${wanted}": use one of ${[...new Set(known)].sort().join(', ')}`],
  );
  if (reasons.length > 0) throw new CommandError(exitStatus.refused, 'unknown_choice', reasons);
}
