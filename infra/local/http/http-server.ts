import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';

/** Keeps idle connections of the functions' clients open: closing one while a request is on its way would fail the request. */
const keepAliveTimeoutMs = 10 * 60_000;

/** Listens on 127.0.0.1, on the wanted port if it is free, else on any; resolves to the port. */
export async function listenOnLoopback(server: Server, wantedPort = 0): Promise<number> {
  server.keepAliveTimeout = keepAliveTimeoutMs;
  try {
    return await listen(server, wantedPort);
  } catch (error) {
    if (wantedPort === 0) throw error;
    return listen(server, 0);
  }
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  return Buffer.concat(chunks);
}

export async function stopServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
