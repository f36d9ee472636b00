import type { Template, TemplateVariable } from '#shared/contracts/template.ts';
import { optOutConfirmation } from '#shared/core/decision/own-texts.ts';
import { errorIn, type CheckedPart, type CheckedTemplate } from './checked-template.ts';
import type { ConfigError } from './config-error.ts';
import { literalFigures } from './literal-figures.ts';
import { saysWord, wordAt, wordsOfSource } from './words-in.ts';

/**
 * What no text may say, in whatever branch it stands: threats, amounts and dates that are written out, and, in the parts
 * that others may see or hear, anything that tells of a debt.
 */
export function wordingErrors(subject: CheckedTemplate): ConfigError[] {
  return [
    ...discretionErrors(subject),
    ...furtherErrors(subject),
    ...threatErrors(subject),
    ...figureErrors(subject),
  ];
}

/** Parts that somebody else may see on a locked screen or hear at the telephone. */
const discreetParts = new Set(['subject', 'greeting', 'goodbye', 'machine']);
const pages: readonly TemplateVariable[] = ['payUrl', 'manageUrl', 'surveyUrl'];
const untellingVariables: readonly string[] = [
  'givenName',
  'familyName',
  'creditorName',
  'creditorPhone',
  ...pages,
] satisfies readonly TemplateVariable[];
const nameFirst = /^\P{L}{0,3}\{\{-?\s*(?:creditorName|givenName|familyName)\b/u;

/** Amounts, dates and counts tell of a debt; names and links do not. */
export function tellsOfDebt(name: string): boolean {
  return !untellingVariables.includes(name);
}

function discretionErrors(subject: CheckedTemplate): ConfigError[] {
  const errors: ConfigError[] = [];
  for (const part of subject.checked) {
    if (part.part === 'body' && !nameFirst.test(part.source)) {
      const fix = 'begin with {{ creditorName }}, so that a locked screen shows no more than who writes';
      errors.push(errorIn(subject, part.part, { problem: 'does not begin with a name', fix }));
    }
    if (!discreetParts.has(part.part) && !isDiscreet(subject.template)) continue;
    const words = wordsOfSource(part.source);
    const told = [
      ...[...part.variables].filter(tellsOfDebt).map((name) => `{{ ${name} }}`),
      ...(subject.words?.debt ?? []).filter((word) => saysWord(words, word)).map((word) => `"${word}"`),
    ];
    for (const what of told) {
      const fix = isDiscreet(subject.template)
        ? 'leave it out: this text says nothing of the account'
        : 'leave it out: others may see or hear this part';
      errors.push(errorIn(subject, part.part, { problem: `tells of a debt by ${what}`, fix }));
    }
  }
  return errors;
}

/**
 * Texts that say nothing of the account in any part: to whoever is not known, and the confirmation that a channel has ended,
 * which by law has no other content.
 */
function isDiscreet({ context, name }: Template): boolean {
  return context === 'stranger' || name === optOutConfirmation;
}

function furtherErrors(subject: CheckedTemplate): ConfigError[] {
  if (subject.template.name !== optOutConfirmation) return [];
  const links = subject.checked.flatMap(({ part, variables }) =>
    [...variables].filter((name) => pages.includes(name)).map((name) => ({ part, name })),
  );
  return links.map(({ part, name }) =>
    errorIn(subject, part, {
      problem: `names {{ ${name} }}, and who has opted out is told that and nothing else`,
      fix: 'leave it out',
    }),
  );
}

function threatErrors(subject: CheckedTemplate): ConfigError[] {
  return subject.checked.flatMap((part) => {
    const words = wordsOfSource(part.source);
    return (subject.words?.threat ?? [])
      .map((word) => ({ word, at: wordAt(words, word) }))
      .filter(({ at }) => at !== -1)
      .map(({ word, at }) =>
        errorAtOffset(subject, part, {
          line: lineAt(words, at),
          problem: `contains "${word}", which words.yaml lists as a threat`,
          fix: 'say what will happen plainly and only if it is true, or leave it out',
        }),
      );
  });
}

function figureErrors(subject: CheckedTemplate): ConfigError[] {
  return subject.checked.flatMap((part) => {
    const words = wordsOfSource(part.source);
    return literalFigures(words, subject.template.locale).map(({ kind, text, at }) =>
      errorAtOffset(subject, part, {
        line: lineAt(words, at),
        problem: `writes out the ${kind} "${text}"`,
        fix: 'name it by a variable, which is right for each person and written as the language writes it',
      }),
    );
  });
}

/** Lines of a text before a place in it. */
function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length - 1;
}

function errorAtOffset(
  subject: CheckedTemplate,
  part: CheckedPart,
  { line, problem, fix }: Pick<ConfigError, 'line' | 'problem' | 'fix'>,
): ConfigError {
  const error = errorIn(subject, part.part, { problem, fix });
  return { ...error, line: error.line + line };
}
