import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readSesEvent } from '#functions/_adapters/ses/read-ses-event.ts';
import type { SnsVerdict } from '#functions/_adapters/sns/verify-sns.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import { parseMessage } from '#functions/_runtime/parse-message.ts';
import { eachMessage } from '#functions/_runtime/queue-batch.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import * as z from 'zod';

export interface ReceiveSesParts {
  readonly store: DebtorStore;
  readonly addresses: AddressBook;
  readonly clock: Clock;
  /** Whether a notification comes from our topic. */
  readonly verify: (envelope: unknown) => Promise<SnsVerdict>;
  readonly telemetry: Telemetry;
}

/** How SES greets a topic when it is connected: the only message that is no event. */
const greeting = /^Successfully validated SNS topic/;

/** What SES says became of our e-mails. A notification that does not carry our topic's signature changes nothing. */
export function createHandler({ store, addresses, clock, verify, telemetry }: ReceiveSesParts) {
  const receive = async (body: string): Promise<string> => {
    const verdict = await verify(parseMessage(z.unknown(), body));
    if (verdict.kind === 'forged') {
      telemetry.info('signature_refused', { why: verdict.why });
      return 'signature_refused';
    }
    if (greeting.test(verdict.message)) return 'greeting';
    const receipt = readSesEvent(verdict.message, clock.now(), countUnrecognised(telemetry));
    return `receipt_${receipt === undefined ? 'unusable' : await receiveReceipt(receipt, { store, addresses })}`;
  };
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachMessage(event, telemetry, async (body) => telemetry.count(await receive(body)));
}
