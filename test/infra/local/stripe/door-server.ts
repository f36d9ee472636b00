import { createServer } from 'node:http';
import { close, listen } from '#infra/local/twilio/listen.ts';

export interface WebhookCatcher {
  readonly url: string;
  /** Answers so many of the next webhooks with 500, unread. */
  fail(times: number): void;
  stop(): Promise<void>;
}

/** A server that hands each webhook to a function's handler, as the HTTP API does. */
export async function catchWebhooks(
  take: (body: string, headers: Record<string, string>) => Promise<{ readonly status: number | undefined }>,
): Promise<WebhookCatcher> {
  let failing = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      if (failing > 0) {
        failing -= 1;
        response.writeHead(500).end();
        return;
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      void take(body, headers).then(({ status = 500 }) => response.writeHead(status).end());
    });
  });
  const url = await listen(server);
  return {
    url,
    fail: (times) => {
      failing = times;
    },
    stop: () => close(server),
  };
}
