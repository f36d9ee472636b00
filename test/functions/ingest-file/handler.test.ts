import { describe, expect, it } from 'vitest';
import type { DroppedFiles } from '#functions/_adapters/s3/dropped-files.ts';
import { createHandler } from '#functions/ingest-file/handler.ts';
import { at } from '#test/builders/person.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent } from '../events.ts';

/** Files in memory by their key; a bucket of its own would prove nothing here. */
function fakeDroppedFiles(content: Readonly<Record<string, string>>) {
  const written = new Map<string, string>();
  const files: DroppedFiles = {
    open: ({ key }) => {
      const text = content[key];
      return Promise.resolve(text === undefined ? undefined : chunks(text));
    },
    write: ({ key }, text) => {
      written.set(key, text);
      return Promise.resolve();
    },
  };
  return { files, written };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < text.length; start += 7) {
    yield await Promise.resolve(Buffer.from(text.slice(start, start + 7)));
  }
}

function csv(...rows: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(portfolioObject());
  const lines = rows.map((row) => columns.map((column) => String(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

function dropped(key: string): object {
  return {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'drop' }, object: { key } },
  };
}

function intake(content: Readonly<Record<string, string>>) {
  const store = createFakeDebtorStore({ shards: 2 });
  const telemetry = createFakeTelemetry();
  const { files, written } = fakeDroppedFiles(content);
  const clock = createFakeClock(at('2026-03-05T09:00:00Z'));
  return { store, telemetry, written, handle: createHandler({ store, clock, files, telemetry }) };
}

describe('ingest-file', () => {
  it('takes the good rows of a file and writes the refused ones beside it, with their reasons', async () => {
    const bad = portfolioObject({ accountId: 'A2', pastDue: '-5' });
    const { handle, store, written, telemetry } = intake({
      'portfolio/march.csv': csv(portfolioObject(), bad),
    });
    expect(await handle(queueEvent(dropped('portfolio/march.csv')))).toEqual({ batchItemFailures: [] });
    expect((await store.load('P1'))?.accounts).toMatchObject([{ accountId: 'A1' }]);
    expect([...written.keys()]).toEqual(['rejected/march.csv.rejected.csv']);
    expect(written.get('rejected/march.csv.rejected.csv')).toMatch(
      /^line,accountId,reasons,text\n"3","A2","pastDue/,
    );
    expect(telemetry.counts).toEqual({ file_taken: 1, rows_imported: 1, rows_rejected: 1 });
  });

  it('writes nothing beside a file without refused rows', async () => {
    const { handle, written } = intake({ 'portfolio/march.csv': csv(portfolioObject()) });
    await handle(queueEvent(dropped('portfolio/march.csv')));
    expect(written.size).toBe(0);
  });

  it('refuses a file that is no portfolio as a whole, says why, and does not try again', async () => {
    const { handle, written, telemetry } = intake({ 'portfolio/photo.csv': 'colour,size\nred,3\n' });
    expect(await handle(queueEvent(dropped('portfolio/photo.csv')))).toEqual({ batchItemFailures: [] });
    expect(written.get('rejected/photo.csv.rejected.csv')).toContain('none of the columns of a portfolio');
    expect(telemetry.counts).toEqual({ file_refused: 1 });
  });

  it('splits very many refused rows over several files', async () => {
    const rows = Array.from({ length: 10_001 }, (_, index) =>
      portfolioObject({ accountId: `B${String(index)}`, pastDue: 'x' }),
    );
    const { handle, written } = intake({ 'portfolio/bad.csv': csv(...rows) });
    await handle(queueEvent(dropped('portfolio/bad.csv')));
    expect([...written.keys()]).toEqual(['rejected/bad.csv.rejected.csv', 'rejected/bad.csv.rejected.2.csv']);
    expect(written.get('rejected/bad.csv.rejected.2.csv')?.trimEnd().split('\n')).toHaveLength(2);
  });

  it('returns the message when the file is gone, so that an operator learns of it', async () => {
    const { handle } = intake({});
    expect(await handle(queueEvent(dropped('portfolio/gone.csv')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
  });

  it('returns a message that names no file', async () => {
    const { handle, telemetry } = intake({});
    expect(await handle(queueEvent({ detail: {} }))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
    expect(telemetry.lines[0]?.cause).toMatchObject({ name: 'InvalidMessageError' });
  });
});
