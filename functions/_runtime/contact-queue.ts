import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { WakeMessageSchema } from '#shared/contracts/queue-message.ts';
import { sendContact, type SendParts } from '#shared/usecases/send-contact.ts';
import { parseMessage } from './parse-message.ts';
import { eachMessage } from './queue-batch.ts';
import type { Telemetry } from './telemetry.ts';

/** What the handler of one channel is built from. */
export interface SenderParts<Sender> extends Omit<SendParts<never>, 'channel'> {
  readonly sender: Sender;
  readonly telemetry: Telemetry;
}

/** The handler of all three channels: each wake-up of a batch leads to at most one contact, and its outcome is counted. */
export function createContactHandler<M>({
  telemetry,
  ...parts
}: SendParts<M> & { readonly telemetry: Telemetry }) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachMessage(event, telemetry, async (body) => {
      const outcome = await sendContact(parseMessage(WakeMessageSchema, body), parts);
      telemetry.count(outcome.kind === 'withheld' ? `withheld_${outcome.decided}` : outcome.kind);
    });
}
