import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import type { DroppedFiles, FilePlace } from '#functions/_adapters/s3/dropped-files.ts';
import { parseMessage } from '#functions/_runtime/parse-message.ts';
import { eachMessage } from '#functions/_runtime/queue-batch.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { createRejectedFile } from './rejected-file.ts';

export interface IngestFileParts {
  readonly store: DebtorStore;
  readonly clock: Clock;
  readonly files: DroppedFiles;
  readonly telemetry: Telemetry;
}

/** What EventBridge says of an object that S3 has taken: its key is told plainly, not as part of a URL. */
const FileDroppedSchema = z.object({
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** A portfolio file in the drop bucket is read row by row; rows that are refused are written to a file beside it. */
export function createHandler(parts: IngestFileParts) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachMessage(event, parts.telemetry, async (body) => {
      const { bucket, object } = parseMessage(FileDroppedSchema, body).detail;
      await ingestFile({ bucket: bucket.name, key: object.key }, parts);
    });
}

async function ingestFile(
  place: FilePlace,
  { store, clock, files, telemetry }: IngestFileParts,
): Promise<void> {
  const bytes = await files.open(place);
  if (bytes === undefined) throw new Error(`${place.key} has no content`);
  const rejected = createRejectedFile(place, files);
  const portfolio = await openPortfolio(bytes, { today: localDateAt('UTC', clock.now()) });
  if (portfolio.kind === 'refused') {
    await rejected.addFile(portfolio.errors);
    telemetry.count('file_refused');
    return;
  }
  const summary = await ingestRows(portfolio.lines, {
    store,
    clock,
    onRejected: (line) => rejected.add(line),
  });
  await rejected.close();
  telemetry.count('file_taken');
  telemetry.count('rows_imported', summary.imported);
  telemetry.count('rows_rejected', summary.rejected);
  telemetry.info('file_taken', { key: place.key, ...summary });
}
