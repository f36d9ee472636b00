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
  return subject.checked.flatMap((part) => [
    ...openingErrors(subject, part),
    ...tellingErrors(subject, part),
  ]);
}

function openingErrors(subject: CheckedTemplate, { part, source }: CheckedPart): ConfigError[] {
  if (part !== 'body' || nameFirst.test(source)) return [];
  const fix = 'begin with {{ creditorName }}, so that a locked screen shows no more than who writes';
  return [errorIn(subject, part, { problem: 'does not begin with a name', fix })];
}

function tellingErrors(subject: CheckedTemplate, { part, source, variables }: CheckedPart): ConfigError[] {
  const saysNothing = saysNothingOfAccounts(subject.template);
  if (!saysNothing && !discreetParts.has(part)) return [];
  const words = wordsOfSource(source);
  const told = [
    ...[...variables].filter(tellsOfDebt).map((name) => `{{ ${name} }}`),
    ...(subject.words?.debt ?? []).filter((word) => saysWord(words, word)).map((word) => `"${word}"`),
  ];
  const why = saysNothing ? 'this text says nothing of accounts' : 'others may see or hear this part';
  return told.map((what) =>
    errorIn(subject, part, { problem: `tells of a debt by ${what}`, fix: `leave it out: ${why}` }),
  );
}

/** Texts to whoever is not known, and the confirmation that a channel has ended, which by law has no other content. */
function saysNothingOfAccounts({ context, name }: Template): boolean {
  return context === 'stranger' || name === optOutConfirmation;
}

function furtherErrors(subject: CheckedTemplate): ConfigError[] {
  if (subject.template.name !== optOutConfirmation) return [];
  return subject.checked.flatMap(({ part, variables }) =>
    pages
      .filter((name) => variables.has(name))
      .map((name) =>
        errorIn(subject, part, {
          problem: `names {{ ${name} }}, and whoever has opted out is told that and nothing else`,
          fix: 'leave it out',
        }),
      ),
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
