import * as z from 'zod';
import { PhoneSchema } from '#shared/contracts/primitives.ts';
import type { TwilioWebhook } from './status-callback.ts';

/** Longest text that is kept of an inbound message, in characters. */
const bodyLengthMax = 1_600;

const FormSchema = z.object({
  MessageSid: z.string().min(1),
  From: PhoneSchema,
  To: PhoneSchema,
  Body: z.string(),
});

/** What somebody wrote to one of our numbers. */
export interface InboundMessage {
  readonly providerId: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** The message in an inbound webhook; undefined when it comes from something that has no telephone number. */
export function readInboundMessage({ form }: Pick<TwilioWebhook, 'form'>): InboundMessage | undefined {
  const parsed = FormSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { MessageSid: providerId, From: from, To: to, Body: body } = parsed.data;
  return { providerId, from, to, body: body.slice(0, bodyLengthMax) };
}
