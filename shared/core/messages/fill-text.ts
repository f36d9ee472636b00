import type { Channel } from '#shared/contracts/primitives.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import { contextOf } from '#shared/core/decision/own-texts.ts';
import { findText, type CompiledByChannel } from '#shared/core/render/compile-templates.ts';
import { templateValues, type TemplateValues } from '#shared/core/render/template-values.ts';
import { contactFacts } from './contact-facts.ts';
import type { MessageSubject } from './message-subject.ts';

/** Renders a text of whatever context with values of the same. */
export type RenderText<C extends Channel, Rendered> = <X extends TemplateContext>(
  text: CompiledByChannel<X>[C],
  values: TemplateValues<X>,
) => Rendered;

/** A contact's text, or why there can be none. */
export type Filled<Rendered> = { readonly rendered: Rendered } | { readonly refused: string };

/** Finds the text that a contact names in the person's language and fills it with what it is about. */
export function fillText<C extends Channel, Rendered>(
  channel: C,
  subject: MessageSubject,
  render: RenderText<C, Rendered>,
): Filled<Rendered> {
  const { contact, rules } = subject;
  const { template, locale } = contact;
  const text = findText(rules.templates, { context: contextOf(contact), channel, name: template, locale });
  if (text === undefined) return { refused: `no_template/${template}.${channel}` };
  const facts = contactFacts(text.context, subject);
  return 'missing' in facts ? { refused: facts.missing } : { rendered: render(text, templateValues(facts)) };
}
