import type { Subject } from '#shared/contracts/ledger.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';

/** Texts that no strategy names: they speak of what was agreed, paid or ended, each in its context. */
export const ownTexts = {
  'promise-confirmation': 'promise',
  'promise-reminder': 'promise',
  'broken-promise': 'promise',
  'plan-confirmation': 'plan',
  receipt: 'payment',
  survey: 'survey',
} as const satisfies Readonly<Record<string, TemplateContext>>;
export type OwnText = keyof typeof ownTexts;

const contexts: Readonly<Record<string, TemplateContext>> = ownTexts;

/** What a contact speaks of: what is overdue, or what was agreed, paid or ended. */
export function contextOf({
  about,
  template,
}: {
  readonly about: readonly Subject[];
  readonly template: string;
}): TemplateContext {
  return about[0]?.agreement === undefined ? 'overdue' : (contexts[template] ?? 'overdue');
}
