import mjml2html from 'mjml';

/** Where the text of an e-mail goes in the layout; stands on a line of its own. */
export const contentMark = '<!-- content -->';

export interface MjmlProblem {
  /** Line of the e-mail's own body from 1; 0 when it is the layout that is wrong. */
  readonly line: number;
  readonly problem: string;
  readonly fix: string;
}

export interface CompiledMjml {
  readonly html: string;
  readonly problems: readonly MjmlProblem[];
}

/**
 * Compiles the body of an e-mail to HTML. A body that is no whole `<mjml>` document is put into the layout first, so that
 * all e-mails share one look. Runs when the configuration is built: mjml never gets into a Lambda's bundle.
 */
export async function compileMjml(body: string, layout: string, locale: string): Promise<CompiledMjml> {
  const whole = body.trimStart().startsWith('<mjml');
  const mark = layout.indexOf(contentMark);
  const linesBefore = whole ? 0 : layout.slice(0, mark).split('\n').length - 1;
  // A function as the replacement, because a text may contain `$&`.
  const source = (whole ? body : layout.replace(contentMark, () => body)).replace(
    '<mjml>',
    `<mjml lang="${locale}">`,
  );
  const bodyLines = body.split('\n').length;
  const toBodyLine = (line: number): number => {
    const own = line - linesBefore;
    return own >= 1 && own <= bodyLines ? own : 0;
  };
  try {
    // No fonts: the default ones would make the reader's mail program fetch a file from a third party.
    const options = {
      validationLevel: 'soft',
      fonts: {},
      keepComments: false,
      ignoreIncludes: true,
    } as const;
    const { html, errors } = await mjml2html(source, options);
    const problems = errors.map(({ line, message }) => ({
      line: toBodyLine(line),
      problem: message,
      fix: 'see https://documentation.mjml.io for what is permitted here',
    }));
    return {
      html: withoutIndentation(html),
      problems: [...problems, ...unclosed(body), ...included(source), ...droppedLiquid(source, html)],
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { html: '', problems: [{ line: 0, problem, fix: 'close every element that is opened' }] };
  }
}

function included(source: string): MjmlProblem[] {
  if (!/<mj-include\b/u.test(source)) return [];
  return [
    {
      line: 0,
      problem: 'mj-include is not permitted',
      fix: 'write the text out, or put it into layout.mjml',
    },
  ];
}

/** MJML closes what is left open by itself, and swallows what follows. */
function unclosed(body: string): MjmlProblem[] {
  const open = new Map<string, number>();
  for (const [, slash, tag = '', selfClosing] of body.matchAll(/<(\/?)(mj[a-z-]*)\b[^>]*?(\/?)>/gu)) {
    if (selfClosing !== '/') open.set(tag, (open.get(tag) ?? 0) + (slash === '/' ? -1 : 1));
  }
  return [...open]
    .filter(([, balance]) => balance !== 0)
    .map(([tag, balance]) => ({
      line: 0,
      problem: balance > 0 ? `<${tag}> is not closed` : `</${tag}> closes nothing`,
      fix: balance > 0 ? `add </${tag}>` : 'remove it',
    }));
}

/** MJML drops text that stands between elements, and with it a condition around them, without a word. */
function droppedLiquid(source: string, html: string): MjmlProblem[] {
  const problems: MjmlProblem[] = [];
  for (const [tag] of source.matchAll(/\{%.*?%\}/gsu)) {
    if (count(html, tag) < count(source, tag)) {
      const fix = 'put it inside mj-text, or wrap it in mj-raw';
      problems.push({ line: 0, problem: `MJML drops ${tag} where it stands`, fix });
    }
  }
  return problems;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** A third of MJML's output is indentation, which every function would carry. */
function withoutIndentation(html: string): string {
  return html.replaceAll(/^[ \t]+|[ \t]+$/gmu, '').replaceAll(/\n{2,}/gu, '\n');
}
