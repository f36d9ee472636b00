import { createServer } from 'node:http';

export interface CaughtRequest {
  /** As the sender addressed it, for the signature. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly signature: string;
}

/** What the catcher answers; a number is a status with an empty body. */
export type Answer = (request: CaughtRequest) => string | number | Promise<string | number>;

export interface WebhookCatcher {
  readonly url: string;
  readonly caught: CaughtRequest[];
  answer: Answer;
  stop(): Promise<void>;
}

/** A server that stands for our own webhooks and keeps what it was told. */
export async function startWebhookCatcher(): Promise<WebhookCatcher> {
  const caught: CaughtRequest[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8');
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const url = new URL(request.url!, catcher.url);
      const one: CaughtRequest = {
        url: `${catcher.url}${request.url!}`,
        path: url.pathname,
        query: url.searchParams,
        form: new URLSearchParams(body),
        signature: String(request.headers['x-twilio-signature']),
      };
      caught.push(one);
      const answer = await catcher.answer(one);
      response
        .writeHead(typeof answer === 'number' ? answer : 200)
        .end(typeof answer === 'number' ? '' : answer);
    })();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const catcher: WebhookCatcher = {
    url: `http://127.0.0.1:${port}`,
    caught,
    answer: () => '',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return catcher;
}
