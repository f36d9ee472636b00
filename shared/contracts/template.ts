import * as z from 'zod';
import { IdSchema, LocaleSchema } from './primitives.ts';

/** The only variables that a template may name: everything else is refused when the file is read. */
export const templateVariables = [
  'givenName',
  'familyName',
  'creditorName',
  'creditorPhone',
  'payUrl',
  'amountDue',
  'daysPastDue',
  'dueDate',
  'payBy',
  'accountCount',
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

/** Disclosure elements that a text declares to contain; content rules of the packs ask for them. */
export const ContentElementSchema = z.string().regex(/^[a-z_]{2,64}$/);

const shared = {
  name: IdSchema,
  locale: LocaleSchema,
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
  debt: WordListSchema.describe(
    'Words that tell a third party of a debt: kept out of subjects, greetings and voicemail.',
  ),
  threat: WordListSchema.describe('Words that no text may contain: threats, shaming, pretended authority.'),
});
export type TemplateWords = z.infer<typeof TemplateWordsSchema>;
