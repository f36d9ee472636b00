import { createRequire } from 'node:module';
import type inboxServer from 'aws-ses-v2-local';
import * as z from 'zod';
import { close, urlOf } from '../twilio/listen.ts';

/** The inbox keeps whole mails in memory; beyond so many it is emptied. */
const inboxMailsMax = 1_000;

/** The package is CommonJS with a default export, which Node and vitest import differently: both `require` it alike. */
const { default: startServer } = z
  .object({ default: z.custom<typeof inboxServer.default>((value) => typeof value === 'function') })
  .parse(createRequire(import.meta.url)('aws-ses-v2-local'));

/** The web page of aws-ses-v2-local, with the newest mails of this run. */
export interface MailInbox {
  readonly url: string;
  /** Shows a mail that SES has taken, by the request that sent it. */
  show(form: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the inbox on a free port of this machine. */
export async function startMailInbox(): Promise<MailInbox> {
  const server = await startServer({ host: '127.0.0.1', port: 0 });
  const url = urlOf(server);
  let shown = 0;
  return {
    url,
    async show(form) {
      if (shown % inboxMailsMax === 0) await fetch(`${url}/clear-store`, { method: 'POST' });
      shown += 1;
      const headers = {
        Authorization: 'AWS4-HMAC-SHA256 local',
        'Content-Type': 'application/x-www-form-urlencoded',
      };
      const response = await fetch(url, { method: 'POST', headers, body: form });
      if (!response.ok) throw new Error(`the inbox did not take the mail: ${await response.text()}`);
    },
    stop: () => close(server),
  };
}
