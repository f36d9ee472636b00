import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const attemptsMax = 3;

/** A file in the drop bucket. */
export interface FilePlace {
  readonly bucket: string;
  readonly key: string;
}

export interface DroppedFiles {
  /** The file's bytes as they arrive; undefined when it is not there any more. */
  open(place: FilePlace): Promise<AsyncIterable<Uint8Array> | undefined>;
  write(place: FilePlace, text: string): Promise<void>;
}

/** Files in S3. The SDK's checksums are off for reading: a file written by another program may have none. */
export function createDroppedFiles(client: S3Client = createClient()): DroppedFiles {
  return {
    open: async ({ bucket, key }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body instanceof Readable ? Body : undefined;
    },
    write: async ({ bucket, key }, text) => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'text/csv' }),
      );
    },
  };
}

function createClient(): S3Client {
  return new S3Client({ maxAttempts: attemptsMax, responseChecksumValidation: 'WHEN_REQUIRED' });
}
