import { createContactHandler, type SenderParts } from '#functions/_runtime/contact-queue.ts';
import type { CallPlacer } from '#shared/ports/message-sender.ts';
import { callChannel } from '#shared/usecases/contact-channel.ts';

/** Calls that are due: each wake-up leads to at most one. */
export function createHandler({ sender, ...parts }: SenderParts<CallPlacer>) {
  return createContactHandler({ ...parts, channel: callChannel(sender) });
}
