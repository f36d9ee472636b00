import { createContactHandler, type SenderParts } from '#functions/_runtime/contact-queue.ts';
import type { LinkIssuer } from '#shared/ports/link-issuer.ts';
import type { SmsSender } from '#shared/ports/message-sender.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';

/** Text messages that are due: each wake-up leads to at most one. */
export function createHandler({
  sender,
  links,
  ...parts
}: SenderParts<SmsSender> & { readonly links: LinkIssuer }) {
  return createContactHandler({ ...parts, channel: smsChannel(sender, links) });
}
