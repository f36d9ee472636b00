import * as z from 'zod';
import { contentElements } from './permission-words.ts';
import { IdSchema, LocaleSchema } from './primitives.ts';
import { templateContexts, type contextVariables } from './template-variables.ts';

/**
 * What a text is about, which decides what it can name. Steps of a strategy speak of what is due or `overdue`; the other
 * contexts belong to what a person and we have agreed (`promise`, `plan`), have settled (`payment`) or ask at the end
 * (`survey`); to what they wrote to us (`answer`, and `proposal` for a promise that we ask them to confirm); and to whoever
 * writes to us and is not known (`stranger`).
 */
export const TemplateContextSchema = z.enum(templateContexts);
export type TemplateContext = z.infer<typeof TemplateContextSchema>;

/** What a text of a context may name. */
export type VariableOf<X extends TemplateContext> = (typeof contextVariables)[X][number];
export type TemplateVariable = VariableOf<TemplateContext>;

/** Disclosure elements that a text declares to contain; content rules of the packs ask for them. */
export const ContentElementSchema = z.string().regex(/^[a-z_]{2,64}$/);

const shared = {
  name: IdSchema,
  locale: LocaleSchema,
  context: TemplateContextSchema.default('overdue').describe(
    'What the text is about, which decides the variables that it may name; absent: overdue, which is all that steps of a strategy can say.',
  ),
  elements: z
    .array(ContentElementSchema)
    .max(30)
    .describe(
      'What the text contains, in the words of the rule packs: creditor_identity, optout_instruction, ….',
    ),
};

const LiquidSchema = z.string().min(1).max(100_000);

export const SmsTemplateSchema = z.strictObject({ ...shared, channel: z.literal('sms'), body: LiquidSchema });
export const EmailTemplateSchema = z.strictObject({
  ...shared,
  channel: z.literal('email'),
  subject: LiquidSchema.describe('Subject line; it shows on a locked screen, so it says nothing of a debt.'),
  text: LiquidSchema.describe('The plain-text part; says what the HTML part says.'),
  /** HTML compiled from MJML when the configuration is built; still liquid. */
  html: LiquidSchema,
});
export const VoiceTemplateSchema = z.strictObject({
  ...shared,
  channel: z.literal('call'),
  greeting: LiquidSchema.describe(
    'Said to whoever picks up, before anything is disclosed: asks for the person and for a key.',
  ),
  message: LiquidSchema.describe('Said after the key was pressed: who calls and why.'),
  goodbye: LiquidSchema.describe('Said when nobody pressed a key.'),
  machine: LiquidSchema.describe(
    'Left on an answering machine: the limited message that lets no third party learn of a debt.',
  ),
});

/** One message text in one language for one channel, in the liquid language with a whitelist of variables. */
export const TemplateSchema = z.discriminatedUnion('channel', [
  SmsTemplateSchema,
  EmailTemplateSchema,
  VoiceTemplateSchema,
]);
export type Template = z.infer<typeof TemplateSchema>;
export type SmsTemplate = z.infer<typeof SmsTemplateSchema>;
export type EmailTemplate = z.infer<typeof EmailTemplateSchema>;
export type VoiceTemplate = z.infer<typeof VoiceTemplateSchema>;

const WordListSchema = z.array(z.string().min(1).max(60)).min(1).max(200);

/** config/templates/<locale>/words.yaml: what the check of that language's texts looks for. */
export const TemplateWordsSchema = z.strictObject({
  optOut: WordListSchema.describe('Keywords of which an opt-out instruction must name one.'),
  says: z
    .partialRecord(z.enum(contentElements), WordListSchema)
    .optional()
    .describe(
      'By disclosure element: words of which a text that declares the element must say one. Absent ones only a reader can judge.',
    ),
  debt: WordListSchema.describe(
    'Words that tell a third party of a debt: kept out of subjects, greetings, voicemail and the first words of a message.',
  ),
  threat: WordListSchema.describe('Words that no text may contain: threats, shaming, pretended authority.'),
});
export type TemplateWords = z.infer<typeof TemplateWordsSchema>;
