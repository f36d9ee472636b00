import { createServer } from 'node:http';
import { close, listen } from '#infra/local/twilio/listen.ts';

/** An address at which nobody listens any more. */
export async function deadUrl(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  await close(server);
  return url;
}
