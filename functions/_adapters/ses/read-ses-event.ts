import * as z from 'zod';
import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { fromTags } from './contact-tags.ts';
import { mailEventByBounceType, mailEventByType, type MailEvent } from './ses-words.ts';

const EventSchema = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())).default({}) }),
  bounce: z.looseObject({ bounceType: z.string() }).optional(),
});

/**
 * The receipt in one event that SES published. Undefined when it says nothing about a contact of ours, or in words that
 * we do not know; those are counted.
 *
 * @throws SyntaxError or ZodError when the message is no event of SES at all.
 */
export function readSesEvent(
  message: string,
  receivedAt: Instant,
  onUnrecognised: OnUnrecognised,
): Receipt | undefined {
  const { eventType, mail, bounce } = EventSchema.parse(JSON.parse(message));
  const event: MailEvent | null | undefined =
    eventType === 'Bounce'
      ? recognise(
          mailEventByBounceType,
          { field: 'bounceType', value: bounce?.bounceType ?? '' },
          onUnrecognised,
        )
      : recognise(mailEventByType, { field: 'eventType', value: eventType }, onUnrecognised);
  if (event === undefined || event === null) return undefined;
  const contact = fromTags(mail.tags);
  if (contact === undefined) {
    onUnrecognised({ field: 'contact', value: mail.messageId });
    return undefined;
  }
  return toReceipt(event, {
    ...contact,
    channel: 'email',
    state: event.state,
    at: receivedAt,
    providerId: mail.messageId,
  });
}

function toReceipt({ reason, ends }: MailEvent, receipt: Receipt): Receipt {
  return {
    ...receipt,
    ...(reason === undefined ? {} : { reason }),
    ...(ends === undefined ? {} : { ends: { reason: ends } }),
  };
}
