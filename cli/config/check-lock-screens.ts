import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Template, TemplateWords } from '#shared/contracts/template.ts';
import { columnsOf, lockScreenColumns, lockScreenText } from '#shared/core/render/lock-screen.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import { creditorNameIn, templateValues, type TemplateValues } from '#shared/core/render/template-values.ts';
import { tellsOfDebt } from './check-wording.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import type { ReadTemplate } from './read-templates.ts';
import { factsRenderer, type Rendered } from './render-facts.ts';
import { sampleFacts, samplePeople } from './sample-facts.ts';
import { variationsOf } from './sample-variations.ts';
import { visibleText } from './visible-text.ts';
import { wordAt } from './words-in.ts';

/**
 * What a locked phone shows tells no third party of a debt: the first columns of a text message, and an e-mail's sender
 * and first words (its subject is judged as a whole). Judged with the shortest names, which bring the rest to the front.
 */
export function lockScreenErrors(
  templates: readonly ReadTemplate[],
  creditors: readonly Sourced<Creditor>[],
  words: ReadonlyMap<string, TemplateWords>,
): ConfigError[] {
  const files = templates.flatMap((read) => {
    const creditor = shortestNamed(creditors, read.template.locale);
    const debt = words.get(read.template.locale)?.debt ?? [];
    return creditor === undefined ? [] : messageErrors(read, creditor, debt);
  });
  return [...files, ...senderErrors(creditors, words)];
}

function shortestNamed(creditors: readonly Sourced<Creditor>[], locale: string): Creditor | undefined {
  const width = ({ value }: Sourced<Creditor>): number => columnsOf(creditorNameIn(value, locale));
  return [...creditors].sort((a, b) => width(a) - width(b))[0]?.value;
}

function messageErrors(read: ReadTemplate, creditor: Creditor, debt: readonly string[]): ConfigError[] {
  const shown = renderings(read.template, creditor).flatMap(({ values, rendered }) =>
    shownParts(rendered)
      .filter((shown) => read.parts.some(({ part }) => part === shown.part))
      .flatMap(({ part, text }) => toldBy(text, values, debt).map((what) => ({ part, text, what }))),
  );
  // Many facts tell the same of a part: the first is shown.
  const first = new Map([...shown].reverse().map((one) => [`${one.part} ${one.what}`, one]));
  return [...first.values()].reverse().map(({ part, text, what }) => ({
    file: read.file,
    line: read.parts.find((one) => one.part === part)?.firstLine ?? 1,
    field: part,
    problem: `tells of a debt by ${what} on a locked screen: "${lockScreenText(text)}"`,
    fix: `put other words first: others may see the first ${lockScreenColumns} columns`,
  }));
}

/** A text for people with short names, also without one of them, in all its branches. */
function renderings(
  template: Template,
  creditor: Creditor,
): readonly { readonly values: TemplateValues; readonly rendered: Rendered }[] {
  const { context, locale } = template;
  const render = factsRenderer(template, context);
  const { short } = samplePeople(locale);
  const debtors = [short, { ...short, givenName: '' }, { ...short, familyName: '' }];
  const comparisons = sourcesOf(template).flatMap((source) => parseLiquid(source, context).comparisons);
  return debtors
    .flatMap((debtor) => variationsOf(sampleFacts(context, { locale, creditor, debtor }), comparisons) ?? [])
    .map(({ facts }) => ({ values: templateValues(facts), rendered: render(facts) }));
}

function sourcesOf(template: Template): readonly string[] {
  if (template.channel === 'sms') return [template.body];
  return template.channel === 'email' ? [template.text, template.html] : [];
}

/** Mail programs show the beginning of either part. */
function shownParts(rendered: Rendered): readonly { readonly part: string; readonly text: string }[] {
  switch (rendered.channel) {
    case 'sms':
      return [{ part: 'body', text: rendered.body }];
    case 'email':
      return [
        { part: 'text', text: rendered.text },
        { part: 'html', text: visibleText(rendered.html) },
      ];
    case 'call':
      return [];
  }
}

/** Which words and values that tell of a debt begin within the first columns. A creditor's name has to be shown. */
function toldBy(text: string, values: TemplateValues, debt: readonly string[]): readonly string[] {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const withoutName = line.replaceAll(values.creditorName, (name) => '\u0000'.repeat(name.length));
  const isShown = (at: number): boolean => at !== -1 && columnsOf(line.slice(0, at)) < lockScreenColumns;
  const { context: _context, ...named } = values;
  const figures = Object.entries(named).filter(
    ([name, value]) =>
      typeof value === 'string' && value !== '' && tellsOfDebt(name) && isShown(withoutName.indexOf(value)),
  );
  return [
    ...figures.map(([name]) => `{{ ${name} }}`),
    ...debt.filter((word) => isShown(wordAt(withoutName, word))).map((word) => `"${word}"`),
  ];
}

function senderErrors(
  creditors: readonly Sourced<Creditor>[],
  words: ReadonlyMap<string, TemplateWords>,
): ConfigError[] {
  const debt = new Set([...words.values()].flatMap((list) => list.debt));
  return creditors.flatMap((source) => {
    const mailbox = source.value.emailFrom.split('@')[0] ?? '';
    const told = [...debt].filter((word) => wordAt(mailbox, word) !== -1);
    return told.map((word) =>
      errorAt(source, ['emailFrom'], {
        problem: `tells of a debt by "${word}": a locked screen shows the sender`,
        fix: 'use a mailbox that says no more than who writes, such as service@',
      }),
    );
  });
}
