import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readSesEvent } from '#functions/_adapters/ses/read-ses-event.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import { eachNotification, type TopicParts } from '#functions/_runtime/topic-batch.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';

export interface ReceiveSesParts extends TopicParts {
  readonly store: DebtorStore;
  readonly addresses: AddressBook;
  readonly clock: Clock;
}

/** What SES says became of our e-mails. A notification that does not carry our topic's signature changes nothing. */
export function createHandler(parts: ReceiveSesParts) {
  const { clock, telemetry } = parts;
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachNotification(event, parts, async (message) => {
      const receipt = readSesEvent(message, clock.now(), countUnrecognised(telemetry));
      return `receipt_${receipt === undefined ? 'unusable' : await receiveReceipt(receipt, parts)}`;
    });
}
