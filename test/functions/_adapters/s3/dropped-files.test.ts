import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDroppedFiles, type DroppedFiles } from '#functions/_adapters/s3/dropped-files.ts';

describe('createDroppedFiles', () => {
  const objects = new Map<string, string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://local').pathname;
      if (request.method === 'PUT') objects.set(path, Buffer.concat(chunks).toString());
      const found = objects.get(path);
      response.statusCode = found === undefined ? 404 : 200;
      response.end(found ?? '<Error><Code>NoSuchKey</Code></Error>');
    });
  });
  let files: DroppedFiles;

  beforeEach(async () => {
    objects.clear();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = new S3Client({
      endpoint: `http://127.0.0.1:${String(port)}`,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    files = createDroppedFiles(client);
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('gives the bytes of a file as they arrive', async () => {
    objects.set('/drop/portfolio/a.csv', 'one\ntwo\n');
    const bytes = await files.open({ bucket: 'drop', key: 'portfolio/a.csv' });
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes!) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('one\ntwo\n');
  });

  it('writes text under the key it is given', async () => {
    await files.write({ bucket: 'drop', key: 'rejected/a b.csv' }, 'line\n');
    expect([...objects.keys()]).toEqual(['/drop/rejected/a%20b.csv']);
    expect(objects.get('/drop/rejected/a%20b.csv')).toContain('line\n');
  });

  it('fails on a file that is gone, by the name of what is wrong', async () => {
    await expect(files.open({ bucket: 'drop', key: 'portfolio/gone.csv' })).rejects.toThrow(
      expect.objectContaining({ name: 'NoSuchKey' }) as Error,
    );
  });
});
