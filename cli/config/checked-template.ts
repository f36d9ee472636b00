import type { TemplateContext, TemplateVariable, TemplateWords } from '#shared/contracts/template.ts';
import { templateValues, type TemplateValues } from '#shared/core/render/template-values.ts';
import type { ConfigError } from './config-error.ts';
import type { ReadTemplate, SourcePart } from './read-templates.ts';
import { factsRenderer, type Rendered } from './render-facts.ts';
import type { Variation } from './sample-variations.ts';
import { linksIn, visibleText } from './visible-text.ts';

/** A part of a template with what it names. */
export interface CheckedPart extends SourcePart {
  readonly variables: ReadonlySet<TemplateVariable>;
}

/** What a text becomes under some facts: its parts as their readers or hearers get them. */
export interface Rendering {
  readonly when: string;
  readonly values: TemplateValues;
  /** By part; of an HTML part what is seen of it. */
  readonly parts: ReadonlyMap<string, string>;
  /** Where the links of its HTML part lead. */
  readonly links: readonly string[];
}

/** A template that can be read, with all that it can become and the words of its language. */
export interface CheckedTemplate extends ReadTemplate {
  readonly checked: readonly CheckedPart[];
  readonly renderings: readonly Rendering[];
  readonly words: TemplateWords | undefined;
}

/** A text under each of the given facts. */
export function renderingsOf(
  { template }: ReadTemplate,
  variations: readonly Variation<TemplateContext>[],
): readonly Rendering[] {
  const render = factsRenderer(template, template.context);
  return variations.map(({ facts, when }) => {
    const rendered = render(facts);
    return {
      when,
      values: templateValues(facts),
      parts: partsOf(rendered),
      links: rendered.channel === 'email' ? linksIn(rendered.html) : [],
    };
  });
}

function partsOf(rendered: Rendered): ReadonlyMap<string, string> {
  switch (rendered.channel) {
    case 'sms':
      return new Map([['body', rendered.body]]);
    case 'email': {
      const { subject, text, html } = rendered;
      return new Map([
        ['subject', subject],
        ['text', text],
        ['html', visibleText(html)],
      ]);
    }
    case 'call': {
      const { greeting, message, goodbye, machine } = rendered;
      return new Map([
        ['greeting', greeting],
        ['message', message],
        ['goodbye', goodbye],
        ['machine', machine],
      ]);
    }
  }
}

/** An error at a part of a template, or at its head. */
export function errorIn(
  subject: ReadTemplate,
  field: string,
  words: Pick<ConfigError, 'problem' | 'fix'>,
): ConfigError {
  const part = subject.parts.find((one) => one.part === field);
  return { file: subject.file, line: part?.firstLine ?? 1, field, ...words };
}
