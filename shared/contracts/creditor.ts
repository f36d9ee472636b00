import * as z from 'zod';
import { AgentsSchema } from './call-flow.ts';
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
  timeZone: z
    .string()
    .max(64)
    .optional()
    .describe('IANA zone by which its days of booking are meant; absent: UTC.'),
  calendar: z
    .strictObject({
      holidays: z
        .string()
        .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/)
        .describe('Country, or country and state, whose public holidays are no business days.'),
      weekend: z
        .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
        .max(6)
        .describe('Days of the week on which nothing is booked.'),
    })
    .optional()
    .describe(
      'Business days, for the settlement grace of promises; absent: Monday to Friday, holidays of its country.',
    ),
  links: z
    .boolean()
    .optional()
    .describe('Whether messages carry a personal link to our own pages instead of `payUrl`; absent: no.'),
  payments: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('stripe') }).describe("Stripe's hosted checkout."),
      z
        .strictObject({
          by: z.literal('issuer_page'),
          url: z
            .string()
            .regex(/^https:\/\/[^\s{}]+(?:\{(?:accountId|amount|currency|reference)\}[^\s{}]*)*$/)
            .max(500)
            .describe(
              "The issuer's own pay page; {accountId}, {amount}, {currency} and {reference} are filled in.",
            ),
        })
        .describe("The issuer's own pay page, which tells payments by a signed callback."),
    ])
    .optional()
    .describe('How a person pays on our pages; absent: they are sent to `payUrl`.'),
  agents: AgentsSchema.optional().describe(
    'Who takes calls that are put through; absent: nobody, and the person is called back.',
  ),
  smsFrom: PhoneSchema.describe('Sender of text messages.'),
  smsKeywords: z
    .enum(['provider', 'ours'])
    .optional()
    .describe(
      'Who acts on STOP, START and HELP: the provider by itself, which has then answered already, or we; absent: the provider.',
    ),
  voiceFrom: PhoneSchema.describe('Caller number.'),
  emailFrom: EmailSchema.describe('Sender of e-mails; its domain must be verified in SES.'),
});
export type Creditor = z.infer<typeof CreditorSchema>;
