import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';

export interface PortalServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves a handler of the HTTP API on this machine, with the events and answers that API Gateway would have. */
export async function servePortal(
  start: (origin: string) => Promise<(request: HttpRequest) => Promise<HttpAnswer>>,
): Promise<PortalServer> {
  const handler = Promise.withResolvers<(request: HttpRequest) => Promise<HttpAnswer>>();
  const server = createServer((incoming, outgoing) => {
    const answered = readBody(incoming).then(async (body) =>
      (await handler.promise)(eventOf(incoming, body)),
    );
    answered.then(
      (answer) => write(outgoing, answer),
      () => write(outgoing, { statusCode: 500 }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${String(port)}`;
  handler.resolve(await start(origin));
  return {
    origin,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function eventOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): HttpRequest {
  const { pathname, search } = new URL(url, 'http://local');
  const { cookie, ...others } = headers;
  return {
    routeKey: `${method} ${pathname}`,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)])),
    cookies: cookie?.split(/;\s*/) ?? [],
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(
  outgoing: ServerResponse,
  { statusCode = 200, headers = {}, cookies = [], body }: HttpAnswer,
): void {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, String(value));
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.writeHead(statusCode);
  outgoing.end(body);
}
