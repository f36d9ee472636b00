import * as z from 'zod';
import { CountrySchema, EmailSchema, IdSchema, PhoneSchema } from './primitives.ts';

/** Who the messages come from: names in each language, sender numbers, where to pay. */
export const CreditorSchema = z.strictObject({
  creditor: IdSchema.describe('Id as the feed sends it; equals the file name.'),
  names: z
    .record(z.string(), z.string().min(1).max(100))
    .refine((names) => 'en' in names, {
      message: 'has no `en` name, which every other language falls back to',
    })
    .describe('Display name by locale; `en` is the fallback.'),
  country: CountrySchema.describe(
    'Where the institution is licensed: decides which rules bind it everywhere.',
  ),
  party: z.enum(['first_party', 'third_party']).describe('Whether it collects its own debt.'),
  phone: PhoneSchema.describe('Number that a debtor can call.'),
  payUrl: z
    .url({ protocol: /^https$/, error: 'write a URL that begins with https://' })
    .describe('Page where a debtor can pay.'),
  smsFrom: PhoneSchema.describe('Sender of text messages.'),
  voiceFrom: PhoneSchema.describe('Caller number.'),
  emailFrom: EmailSchema.describe('Sender of e-mails; its domain must be verified in SES.'),
});
export type Creditor = z.infer<typeof CreditorSchema>;
