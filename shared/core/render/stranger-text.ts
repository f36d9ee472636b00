import type { Creditor } from '#shared/contracts/creditor.ts';
import type { StrangerText } from '#shared/core/decision/own-texts.ts';
import { findText, type CompiledTemplates } from './compile-templates.ts';
import { renderSms } from './render.ts';
import { templateValues } from './template-values.ts';

/** Which answer is wanted, by whom and in which language. */
export interface StrangerAnswer {
  readonly text: StrangerText;
  readonly creditor: Creditor;
  readonly locale: string;
}

/** A text message to somebody who is not known: it names the creditor and how to call, and nobody. Undefined: there is none. */
export function strangerText(
  templates: CompiledTemplates,
  { text, creditor, locale }: StrangerAnswer,
): string | undefined {
  const template = findText(templates, { context: 'stranger', channel: 'sms', name: text, locale });
  if (template === undefined) return undefined;
  const facts = { context: 'stranger', locale: template.locale, creditor } as const;
  return renderSms(template, templateValues(facts)).body;
}
