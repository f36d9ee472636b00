import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';

import { type GatewayAnswer, errorAnswer } from '#infra/local/gateway/answers.ts';
import type { Caller, Callers } from '#infra/local/gateway/callers.ts';
import { listenOnLoopback, readBody, stopServer } from '#infra/local/http/http-server.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** A signed request to one of the services. */
export interface ServiceRequest {
  readonly caller: Caller;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Answers the requests of one service. `operation` is what is counted. */
export type ServiceHandler = (
  request: ServiceRequest,
) => Promise<GatewayAnswer & { readonly operation: string }>;

export interface Gateway {
  readonly url: string;
  readonly requestCounts: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/**
 * The one address to which all AWS calls of the functions go. It knows the caller by the access key, asks the service's
 * handler (which refuses what the role does not allow), and counts.
 */
export async function startGateway(options: {
  readonly callers: Callers;
  readonly clock: VirtualClock;
  /** By the service's name in signatures; may be filled after the start. */
  readonly services: ReadonlyMap<string, ServiceHandler>;
  /** Files that may be read without a signature, by path: the certificate of topic messages. */
  readonly publicFiles: ReadonlyMap<string, string>;
  readonly port?: number | undefined;
  readonly onEvent: OnRunEvent;
}): Promise<Gateway> {
  const requestCounts = new Map<string, number>();
  const answer = async (request: IncomingMessage): Promise<GatewayAnswer> => {
    const file = options.publicFiles.get(request.url ?? '');
    if (file !== undefined)
      return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: file };
    const body = await readBody(request);
    const found = options.callers.find(request.headers.authorization);
    if (found === undefined) return unknownCaller;
    const handle = options.services.get(found.service);
    if (handle === undefined) return unknownService(found.service);
    const { method = 'GET', url = '/', headers } = request;
    const { operation, ...result } = await handle({ caller: found.caller, method, url, headers, body });
    const counted = `${found.service}:${operation}`;
    requestCounts.set(counted, (requestCounts.get(counted) ?? 0) + 1);
    return result;
  };
  const server = createServer((request, response) => {
    void options.clock.track(
      answer(request)
        .catch((error: unknown) => {
          options.onEvent({
            kind: 'failed',
            where: `gateway ${request.method ?? ''} ${request.url ?? ''}`,
            error,
          });
          return errorAnswer('query', { status: 500, code: 'InternalFailure', message: String(error) });
        })
        .then((result) => write(response, result, options.clock)),
    );
  });
  const port = await listenOnLoopback(server, options.port);
  return { url: `http://127.0.0.1:${port}`, requestCounts, stop: () => stopServer(server) };
}

function write(
  response: ServerResponse,
  { status, headers, body }: GatewayAnswer,
  clock: VirtualClock,
): void {
  response.sendDate = false;
  response.writeHead(status, {
    ...headers,
    date: new Date(clock.now()).toUTCString(),
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

const unknownCaller = errorAnswer('query', {
  status: 403,
  code: 'InvalidClientTokenId',
  message: 'The access key in the signature belongs to no function of this run.',
});

function unknownService(service: string): GatewayAnswer {
  return errorAnswer('query', {
    status: 501,
    code: 'NotImplemented',
    message: `The local run has no service ${service}. See the list of what does not run locally.`,
  });
}
