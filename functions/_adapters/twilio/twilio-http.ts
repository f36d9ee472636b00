import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Clock } from '#shared/ports/clock.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/**
 * Longest that a connection may have rested before it is used again. A Lambda sleeps between events while the other side
 * closes its connections; a request written to such a one is lost without our knowing, and its contact with it.
 */
const restMaxMs = 4_000;
/** Largest answer that is read, in bytes. */
const answerLengthMax = 1_000_000;

export interface TwilioHttpOptions {
  /** `https://api.twilio.com`, without a slash at its end. */
  readonly baseUrl: string;
  readonly accountSid: string;
  /** Reads the secret; caches it itself. */
  readonly authToken: () => Promise<string>;
  readonly clock: Clock;
  /** From writing the request to having its whole answer. */
  readonly timeoutMs: number;
}

/** How a request ended. `not_sent`: Twilio surely never saw it. `lost`: it may have, and its answer did not come. */
export type TwilioAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfterSeconds: number | undefined;
      readonly body: unknown;
    }
  | { readonly kind: 'not_sent'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

export interface TwilioHttp {
  /** Posts a form to a resource of the account, such as `Messages.json`. */
  post(resource: string, form: URLSearchParams): Promise<TwilioAnswer>;
  get(resource: string, query: URLSearchParams): Promise<TwilioAnswer>;
}

/** Speaks Twilio's REST API over kept connections; knows whether a request can have been seen, and never throws. */
export function createTwilioHttp(options: TwilioHttpOptions): TwilioHttp {
  const { baseUrl, accountSid, authToken, clock, timeoutMs } = options;
  const secure = baseUrl.startsWith('https:');
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  let usedAt = clock.now();

  const restedAgent = (): HttpAgent => {
    const now = clock.now();
    if (Math.abs(now - usedAt) > restMaxMs) closeIdle(agent);
    usedAt = now;
    return agent;
  };

  const exchange = async (
    method: 'GET' | 'POST',
    resource: string,
    form: URLSearchParams,
  ): Promise<TwilioAnswer> => {
    const token = await authToken().catch(() => undefined);
    if (token === undefined) return { kind: 'not_sent', reason: 'token_unreadable' };
    const encoded = form.toString();
    const url = `${baseUrl}/2010-04-01/Accounts/${accountSid}/${resource}${method === 'GET' && encoded !== '' ? `?${encoded}` : ''}`;
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method,
      agent: restedAgent(),
      auth: `${accountSid}:${token}`,
      headers: method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {},
    });
    return settle(request, method === 'POST' ? encoded : '', { secure, timeoutMs });
  };
  return {
    post: (resource, form) => exchange('POST', resource, form),
    get: (resource, query) => exchange('GET', resource, query),
  };
}

/** Closes the connections that rest; those in use belong to requests whose answers are still to come. */
function closeIdle(agent: HttpAgent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

/** Sends the request and waits for its end. Nothing is written before the connection stands. */
function settle(
  request: ClientRequest,
  body: string,
  { secure, timeoutMs }: { secure: boolean; timeoutMs: number },
): Promise<TwilioAnswer> {
  let connected = false;
  request.on('socket', (socket) => {
    if (!socket.connecting) connected = true;
    else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
  });
  return new Promise((resolve) => {
    const finish = (answer: TwilioAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const fail = (reason: string): void => finish({ kind: connected ? 'lost' : 'not_sent', reason });
    const timer = setTimeout(() => {
      fail('time_out');
      request.destroy();
    }, timeoutMs);
    request.on('error', () => fail(connected ? 'connection_lost' : 'no_connection'));
    request.on('response', (response) => {
      readAnswer(response).then(finish, () => fail('connection_lost'));
    });
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<TwilioAnswer> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > answerLengthMax) return { kind: 'lost', reason: 'answer_too_long' };
  }
  const retryAfter = Number(response.headers['retry-after']);
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
    body: parseJson(text),
  };
}
