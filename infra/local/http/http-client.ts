import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** Kept-alive connections to the local parts: opening one for each call would cost more than the call. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const attemptsMax = 3;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer | string | undefined;
}

interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP exchange with a part of the local run. Fails when the part cannot be reached. */
export async function exchange(options: HttpRequest): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await exchangeOnce(options);
    } catch (error) {
      if (!(error instanceof ClosedWhileIdle) || attempt === attemptsMax) throw error;
    }
  }
}

/** A kept connection was closed by the other side at the moment in which it was used again: nothing was done. */
class ClosedWhileIdle extends Error {}

function exchangeOnce({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers: withLength(headers, body) }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new ClosedWhileIdle() : error);
    });
    outgoing.end(body);
  });
}

function withLength(headers: OutgoingHttpHeaders, body: Buffer | string | undefined): OutgoingHttpHeaders {
  const { 'transfer-encoding': _chunked, ...kept } = headers;
  return body === undefined ? kept : { ...kept, 'content-length': Buffer.byteLength(body) };
}
