import type { TemplateVariable, TemplateWords } from '#shared/contracts/template.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import type { ConfigError } from './config-error.ts';
import type { ReadTemplate, SourcePart } from './read-templates.ts';

/** A part of a template with what it names. */
interface CheckedPart extends SourcePart {
  readonly variables: ReadonlySet<TemplateVariable>;
}
interface Subject extends ReadTemplate {
  readonly checked: readonly CheckedPart[];
  readonly words: TemplateWords | undefined;
}

/**
 * Checks what a text says as far as a machine can: that it renders, contains what it declares, threatens nobody, and
 * lets no third party learn of a debt in the parts that others may see or hear.
 */
export function checkTemplate(read: ReadTemplate, words: TemplateWords | undefined): ConfigError[] {
  const checks = read.parts.map((part) => ({ part, check: parseLiquid(part.source) }));
  const errors = checks.flatMap(({ part, check }) =>
    check.problems.map(({ line, problem, fix }) => ({
      file: read.file,
      line: part.firstLine + line - 1,
      field: part.part,
      problem,
      fix,
    })),
  );
  // What a text says can be judged only when it can be read.
  if (errors.length > 0) return errors;
  const checked = checks.map(({ part, check }) => ({ ...part, variables: check.variables }));
  const subject = { ...read, checked, words };
  return [...claimErrors(subject), ...discretionErrors(subject), ...threatErrors(subject)];
}

/** Which parts must bear a declared element out: an e-mail in both of its forms, a call once the person is known. */
const claimedParts = { sms: ['body'], email: ['text', 'html'], call: ['message'] } as const;

/** Elements that every text of a channel must contain. */
const requiredElements = {
  sms: ['creditor_identity', 'optout_instruction'],
  email: ['creditor_identity', 'optout_instruction'],
  call: ['creditor_identity', 'limited_content'],
} as const;

/** Variables of which a text that declares the element must name one. The other elements only a reader can judge. */
const evidence: Readonly<Record<string, readonly TemplateVariable[]>> = {
  creditor_identity: ['creditorName'],
  amount_due: ['amountDue'],
  how_to_pay: ['payUrl', 'creditorPhone'],
  how_to_dispute: ['creditorPhone'],
  complaint_channel: ['creditorPhone'],
};

function claimErrors(subject: Subject): ConfigError[] {
  const { template, checked } = subject;
  const declared = new Set(template.elements);
  const errors = requiredElements[template.channel]
    .filter((element) => !declared.has(element))
    .map((element) =>
      errorIn(subject, 'elements', {
        problem: `does not declare ${element}, which every text of this channel needs`,
        fix: `add ${element} to elements and say it in the text`,
      }),
    );
  const bearing = new Set<string>(claimedParts[template.channel]);
  for (const part of checked.filter((one) => bearing.has(one.part))) {
    for (const element of declared) errors.push(...unborneClaim(subject, part, element));
  }
  return errors;
}

function unborneClaim(subject: Subject, part: CheckedPart, element: string): ConfigError[] {
  if (element === 'optout_instruction') {
    const keywords = subject.words?.optOut;
    if (keywords === undefined || subject.template.channel === 'call') return [];
    if (keywords.some((word) => containsWord(part.source, word))) return [];
    const fix = `say how to opt out with ${keywords.join(' or ')}`;
    return [
      errorIn(subject, part.part, { problem: 'declares optout_instruction but names no keyword', fix }),
    ];
  }
  const variables = evidence[element];
  if (variables === undefined || variables.some((name) => part.variables.has(name))) return [];
  const fix = `use {{ ${variables.join(' }} or {{ ')} }} or do not declare it`;
  return [errorIn(subject, part.part, { problem: `declares ${element} but does not say it`, fix })];
}

/** Parts that somebody else may see on a locked screen or hear at the telephone. */
const discreetParts = new Set(['subject', 'greeting', 'goodbye', 'machine']);
const tellingVariables: readonly TemplateVariable[] = [
  'amountDue',
  'dueDate',
  'payBy',
  'daysPastDue',
  'accountCount',
];
const nameVariables = /^\P{L}{0,3}\{\{-?\s*(?:creditorName|givenName|familyName)\b/u;

function discretionErrors(subject: Subject): ConfigError[] {
  const errors: ConfigError[] = [];
  for (const part of subject.checked) {
    if (part.part === 'body' && !nameVariables.test(part.source)) {
      const fix = 'begin with {{ creditorName }}, so that a locked screen shows no more than who writes';
      errors.push(errorIn(subject, part.part, { problem: 'does not begin with a name', fix }));
    }
    if (!discreetParts.has(part.part)) continue;
    const told = [
      ...tellingVariables.filter((name) => part.variables.has(name)).map((name) => `{{ ${name} }}`),
      ...(subject.words?.debt ?? [])
        .filter((word) => containsWord(part.source, word))
        .map((word) => `"${word}"`),
    ];
    for (const what of told) {
      const fix = 'leave it out: others may see or hear this part';
      errors.push(errorIn(subject, part.part, { problem: `tells of a debt by ${what}`, fix }));
    }
  }
  return errors;
}

function threatErrors(subject: Subject): ConfigError[] {
  return subject.checked.flatMap((part) =>
    (subject.words?.threat ?? [])
      .filter((word) => containsWord(part.source, word))
      .map((word) =>
        errorIn(subject, part.part, {
          problem: `contains "${word}", which words.yaml lists as a threat`,
          fix: 'say what will happen plainly and only if it is true, or leave it out',
        }),
      ),
  );
}

/** Whole words in scripts that put spaces between them, any occurrence in those that do not. Liquid is not text. */
export function containsWord(source: string, word: string): boolean {
  const text = source.replaceAll(/\{[{%].*?[%}]\}|<[^>]*>/gsu, ' ');
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const spaced = !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);
  const pattern = spaced ? String.raw`(?<!\p{L})${literal}(?!\p{L})` : literal;
  return new RegExp(pattern, 'iu').test(text);
}

function errorIn(subject: Subject, field: string, words: Pick<ConfigError, 'problem' | 'fix'>): ConfigError {
  const part = subject.parts.find((one) => one.part === field);
  return { file: subject.file, line: part?.firstLine ?? 1, field, ...words };
}
