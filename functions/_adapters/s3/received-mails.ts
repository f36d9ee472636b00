import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

const timeoutMs = 5_000;

/** Mails as they came, in the bucket that SES writes them to. */
export interface ReceivedMails {
  /** The first `bytesMax` bytes of a mail; undefined when it is not there any more. */
  read(key: string, bytesMax: number): Promise<Uint8Array | undefined>;
}

export interface ReceivedMailsOptions {
  readonly bucket: string;
  readonly credentials: SignatureV4Init['credentials'];
  readonly region: () => Promise<string>;
  /** Another address of S3, which names buckets in the path; the local run's. */
  readonly endpoint?: string | undefined;
}

/**
 * Mails in S3, by the one request that is needed, signed by the SDK's own signer: the client of the SDK would be a fifth of the
 * bundle. Whatever a mail carries behind its beginning is not loaded.
 */
export function createReceivedMails(options: ReceivedMailsOptions): ReceivedMails {
  return {
    read: async (key, bytesMax) => {
      const region = await options.region();
      const url = addressOf(key, region, options);
      const signer = new SignatureV4({
        ...{ credentials: options.credentials, region, service: 's3' },
        // S3 signs the path as it is sent.
        ...{ sha256: Sha256, uriEscapePath: false },
      });
      const { headers } = await signer.sign({
        method: 'GET',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: {
          host: url.host,
          range: `bytes=0-${String(bytesMax - 1)}`,
          'x-amz-content-sha256': emptyHash,
        },
      });
      return load(url, headers, bytesMax);
    },
  };
}

const emptyHash = createHash('sha256').digest('hex');

function addressOf(key: string, region: string, { bucket, endpoint }: ReceivedMailsOptions): URL {
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint}/${bucket}/${path}`);
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${bucket}.s3.${region}.${suffix}/${path}`);
}

/** @throws Error when S3 does not answer in time, or with anything but the mail or that there is none. */
async function load(
  url: URL,
  headers: Readonly<Record<string, string>>,
  bytesMax: number,
): Promise<Uint8Array | undefined> {
  const response = await answerOf(url, headers);
  const status = response.statusCode ?? 0;
  if (status === 404) {
    response.destroy();
    return undefined;
  }
  if (status !== 200 && status !== 206) {
    response.destroy();
    throw new Error(`S3 answered ${String(status)} for a mail: let the queue try again`);
  }
  return firstBytes(response, bytesMax);
}

function answerOf(url: URL, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? httpsGet : httpGet;
    const request = get(url, { headers, timeout: timeoutMs }, resolve);
    request.on('timeout', () => request.destroy(new Error('S3 did not answer in time')));
    request.on('error', reject);
  });
}

async function firstBytes(body: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    assert(Buffer.isBuffer(chunk));
    const bytes: Buffer = chunk;
    chunks.push(bytes);
    length += bytes.length;
    if (length >= bytesMax) break;
  }
  return Buffer.concat(chunks).subarray(0, bytesMax);
}

/** Node's own hash in the form that the signer takes. */
class Sha256 {
  private readonly secret: string | Uint8Array | undefined;
  private data: (string | Uint8Array)[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined ? undefined : bytesOf(secret);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.data.push(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    const hash = this.secret === undefined ? createHash('sha256') : createHmac('sha256', this.secret);
    for (const one of this.data) hash.update(one);
    return Promise.resolve(hash.digest());
  }

  reset(): void {
    this.data = [];
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
