import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReceivedMails, type ReceivedMails } from '#functions/_adapters/s3/received-mails.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret-of-the-test',
  sessionToken: 'session',
};

/** The signature that a request should have (AWS General Reference, "Signature Version 4"), worked out by hand. */
function signatureOf({ method = '', url = '', headers }: IncomingMessage): string {
  const authorization = String(headers.authorization);
  const [, date, region, service, names] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+)/.exec(authorization)!;
  const lines = names!.split(';').map((name) => `${name}:${String(headers[name])}`);
  const payload = String(headers['x-amz-content-sha256']);
  const canonical = [method, url, '', ...lines, '', names, payload].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const scope = [date!, region!, service!, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope.join('/'), hash].join('\n');
  const hmac = (key: string | Buffer, data: string): Buffer =>
    createHmac('sha256', key).update(data).digest();
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

describe('createReceivedMails', () => {
  const objects = new Map<string, string>();
  let status: number | undefined;
  const server = createServer((request, response) => {
    const given = /Signature=([0-9a-f]+)/.exec(String(request.headers.authorization))?.[1];
    const found = objects.get(request.url ?? '');
    response.statusCode =
      given === signatureOf(request) ? (status ?? (found === undefined ? 404 : 200)) : 403;
    response.end(found ?? '<Error><Code>NoSuchKey</Code></Error>');
  });
  let mails: ReceivedMails;

  beforeEach(async () => {
    objects.clear();
    status = undefined;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    mails = createReceivedMails({
      ...{ bucket: 'mails', credentials, endpoint },
      region: () => Promise.resolve('eu-central-1'),
    });
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('gives a mail by a request that is signed as AWS asks', async () => {
    objects.set('/mails/incoming/a%20b%2B1', 'whole mail');
    expect(Buffer.from((await mails.read('incoming/a b+1', 100))!).toString()).toBe('whole mail');
  });

  it('gives the beginning of a long one, also where the range is not heard', async () => {
    objects.set('/mails/incoming/long', 'x'.repeat(300_000));
    expect(await mails.read('incoming/long', 1_000)).toHaveLength(1_000);
  });

  it('gives nothing for one that is gone', async () => {
    expect(await mails.read('incoming/gone', 100)).toBeUndefined();
  });

  it.each([403, 500, 503])('fails on %d, so that the queue tries again', async (code) => {
    objects.set('/mails/incoming/a', 'mail');
    status = code;
    await expect(mails.read('incoming/a', 100)).rejects.toThrow(String(code));
  });
});
