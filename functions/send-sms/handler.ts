import { createContactHandler, type SenderParts } from '#functions/_runtime/contact-queue.ts';
import type { SmsSender } from '#shared/ports/message-sender.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';

/** Text messages that are due: each wake-up leads to at most one. */
export function createHandler({ sender, ...parts }: SenderParts<SmsSender>) {
  return createContactHandler({ ...parts, channel: smsChannel(sender) });
}
