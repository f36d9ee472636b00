import { createContactHandler, type SenderParts } from '#functions/_runtime/contact-queue.ts';
import type { LinkIssuer } from '#shared/ports/link-issuer.ts';
import type { EmailSender } from '#shared/ports/message-sender.ts';
import { emailChannel } from '#shared/usecases/contact-channel.ts';

/** E-mails that are due: each wake-up leads to at most one. */
export function createHandler({
  sender,
  links,
  inboundDomain,
  ...parts
}: SenderParts<EmailSender> & { readonly links: LinkIssuer; readonly inboundDomain?: string | undefined }) {
  return createContactHandler({ ...parts, channel: emailChannel(sender, links, inboundDomain) });
}
