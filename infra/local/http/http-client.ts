import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** Kept-alive connections to the local parts: opening one for each call would cost more than the call. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer | string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP exchange with a part of the local run. Fails when the part cannot be reached. */
export function exchange({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers: withLength(headers, body) }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function withLength(headers: OutgoingHttpHeaders, body: Buffer | string | undefined): OutgoingHttpHeaders {
  const { 'transfer-encoding': _chunked, ...kept } = headers;
  return body === undefined ? kept : { ...kept, 'content-length': Buffer.byteLength(body) };
}
