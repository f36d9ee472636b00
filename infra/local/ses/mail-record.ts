import * as z from 'zod';
import { MailOutcomeSchema } from './mail-people.ts';

/** One mail as the local SES keeps it. */
export const MailRecordSchema = z.strictObject({
  messageId: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  replyTo: z.string().optional(),
  /** All headers by their names in small letters. */
  headers: z.record(z.string(), z.string()).default({}),
  contactId: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  configurationSet: z.string().optional(),
  acceptedAt: z.number(),
  outcome: MailOutcomeSchema,
  /** Event types that were published, in order. */
  published: z.array(z.enum(['Send', 'Delivery', 'Bounce', 'Complaint'])),
});
export type MailRecord = z.infer<typeof MailRecordSchema>;
export type SesEventType = MailRecord['published'][number];
