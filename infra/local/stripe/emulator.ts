import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { stripeVersion } from '#functions/_adapters/stripe/stripe-version.ts';
import { close, listen } from '#infra/local/twilio/listen.ts';
import type { LocalClock } from '#infra/local/twilio/local-clock.ts';
import { intentObject } from './events.ts';
import { checkoutPage } from './page.ts';
import { StripeSessions } from './sessions.ts';
import { createStripeWebhooks, type StripeWebhooks } from './webhooks.ts';

export interface StripeEmulatorOptions {
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly clock: LocalClock;
  /** The same seed gives the same ids. */
  readonly seed: string;
  /** File that keeps what Stripe knows across restarts of the local run. Absent: nothing is kept. */
  readonly journalPath?: string;
}

export interface StripeEmulator {
  /** Base URL of the API and of the hosted pages, without a slash at its end. */
  readonly url: string;
  readonly sessions: StripeSessions;
  readonly webhooks: StripeWebhooks;
  stop(): Promise<void>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}
interface Answer {
  readonly status: number;
  readonly body: object | string;
  readonly location?: string;
}

/** Starts a stand-in for the parts of Stripe that we use, on a free port of this machine. */
export async function startStripeEmulator(options: StripeEmulatorOptions): Promise<StripeEmulator> {
  const { clock, seed } = options;
  const webhooks = createStripeWebhooks(options.webhookSecret, clock, seed);
  const sessions = new StripeSessions({ clock, seed, webhooks, journalPath: options.journalPath });
  const known: { url?: string } = {};
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await read(request);
    const isApi = asked.path.startsWith('/v1/');
    const answer = isApi
      ? api(asked, sessions, { apiKey: options.apiKey, url: known.url ?? '' })
      : await page(asked, sessions);
    send(response, answer);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => send(response, failure(500, String(error))));
  });
  const url = await listen(server);
  known.url = url;
  return { url, sessions, webhooks, stop: () => close(server) };
}

function api(
  asked: Asked,
  sessions: StripeSessions,
  { apiKey, url }: { readonly apiKey: string; readonly url: string },
): Answer {
  const { method, path, headers } = asked;
  if (headers.authorization !== `Bearer ${apiKey}`) return failure(401, 'Invalid API Key provided');
  if (headers['stripe-version'] !== stripeVersion)
    return failure(400, 'another Stripe-Version is pinned here');
  if (method === 'POST' && path === '/v1/checkout/sessions') return open(asked, sessions, url);
  const [, intentId] = /^\/v1\/payment_intents\/(\w+)$/.exec(path) ?? [];
  const paid = intentId === undefined ? undefined : sessions.ofPayment(intentId);
  return paid === undefined
    ? failure(404, `No such resource: ${path}`, 'resource_missing')
    : { status: 200, body: intentObject(paid) };
}

function open({ headers, form }: Asked, sessions: StripeSessions, url: string): Answer {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key.length > 255)
    return failure(400, 'the Idempotency-Key is missing or too long');
  const made = sessions.open(form, key);
  if (made === 'idempotency_error')
    return {
      status: 400,
      body: { error: { type: made, message: 'this key came with other parameters before' } },
    };
  if ('param' in made) return failure(400, `${made.param}: ${made.message}`, 'parameter_invalid');
  return { status: 200, body: { id: made.id, object: 'checkout.session', url: `${url}/pay/${made.id}` } };
}

/** The hosted page, and its two buttons. */
async function page({ method, path }: Asked, sessions: StripeSessions): Promise<Answer> {
  const [, id = '', button] = /^\/pay\/(\w+)(?:\/(pay|back))?$/.exec(path) ?? [];
  const session = sessions.find(id);
  if (session === undefined) return { status: 404, body: 'there is no such page' };
  if (method === 'POST' && button === 'pay') {
    await sessions.pay(id);
    return back(session.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id));
  }
  if (method === 'POST') return back(session.cancelUrl);
  return { status: 200, body: checkoutPage(session, sessions.stateOf(session)) };
}

function back(location: string): Answer {
  return { status: 303, body: '', location };
}

function failure(status: number, message: string, code?: string): Answer {
  const error = { type: 'invalid_request_error', message, ...(code !== undefined && { code }) };
  return { status, body: { error } };
}

function send(response: ServerResponse, { status, body, location }: Answer): void {
  const isPage = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    ...(location !== undefined && { location }),
  });
  response.end(isPage ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  const { pathname: path } = new URL(request.url ?? '/', 'http://localhost');
  return { method: request.method ?? 'GET', path, headers: request.headers, form: new URLSearchParams(text) };
}
