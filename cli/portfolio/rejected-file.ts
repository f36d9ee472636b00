import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { rejectedHeader, toRejectedLine, type RejectedLine } from '#shared/core/portfolio/rejected-line.ts';

/** The file of rejected rows beside a portfolio; it exists only when there are any. */
export interface RejectedFile {
  readonly path: string;
  add(rejected: RejectedLine): Promise<void>;
  close(): Promise<void>;
}

/** Makes ready `FILE.rejected.csv`; one that a former run left is taken away, since it says nothing of this run. */
export async function openRejectedFile(portfolio: string): Promise<RejectedFile> {
  const path = `${portfolio}.rejected.csv`;
  await rm(path, { force: true });
  let stream: WriteStream | undefined;
  return {
    path,
    add: async (rejected) => {
      stream ??= await startFile(path);
      if (!stream.write(toRejectedLine(rejected))) await once(stream, 'drain');
    },
    close: async () => {
      if (stream === undefined) return;
      stream.end();
      await finished(stream);
    },
  };
}

async function startFile(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  await once(stream, 'open');
  stream.write(rejectedHeader);
  return stream;
}
