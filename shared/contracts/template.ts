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
  elements: z.array(ContentElementSchema).max(30),
};

const LiquidSchema = z.string().min(1).max(100_000);

export const SmsTemplateSchema = z.strictObject({ ...shared, channel: z.literal('sms'), body: LiquidSchema });
export const EmailTemplateSchema = z.strictObject({
  ...shared,
  channel: z.literal('email'),
  subject: LiquidSchema,
  text: LiquidSchema,
  /** HTML compiled from MJML when the configuration is built; still liquid. */
  html: LiquidSchema,
});
export const VoiceTemplateSchema = z.strictObject({
  ...shared,
  channel: z.literal('call'),
  /** Said to whoever picks up, before anything is disclosed: asks for the person and for a key. */
  greeting: LiquidSchema,
  /** Said after the key was pressed: who calls and why. */
  message: LiquidSchema,
  /** Said when nobody pressed a key. */
  goodbye: LiquidSchema,
  /** Left on an answering machine: the limited message that lets no third party learn of a debt. */
  machine: LiquidSchema,
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
