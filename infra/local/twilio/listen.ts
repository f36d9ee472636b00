import type { Server } from 'node:http';

/** Starts a server on a free port of this machine only; gives its base URL, without a slash at its end. */
export function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(urlOf(server)));
  });
}

/** The base URL of a server that listens on this machine. */
export function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error('the server does not listen on a port');
  return `http://127.0.0.1:${address.port}`;
}

/** Stops a server at once, with the connections that its callers still keep. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
