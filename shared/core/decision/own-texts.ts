import type { AnswerText } from '#shared/contracts/inbound.ts';
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

/** What each answer to a message of the person speaks of. */
export const answerContexts = {
  'reply-stopped': 'answer',
  'reply-started': 'answer',
  'reply-help': 'answer',
  'reply-noted': 'answer',
  'reply-thanks': 'answer',
  'reply-link': 'answer',
  'reply-paid': 'answer',
  'reply-which-day': 'answer',
  'reply-not-understood': 'answer',
  'reply-confirm': 'proposal',
  'promise-confirmation': 'promise',
} as const satisfies Readonly<Record<AnswerText, TemplateContext>>;

/** Confirms that a channel has ended, and by law says nothing else. */
export const optOutConfirmation = 'reply-stopped' satisfies AnswerText;

/** Texts to whoever writes to us and is not known, or is one of several: they disclose nothing. */
export const strangerTexts = ['reply-stranger', 'reply-which-person'] as const;
export type StrangerText = (typeof strangerTexts)[number];

const contexts: Readonly<Record<string, TemplateContext>> = { ...ownTexts, ...answerContexts };

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
