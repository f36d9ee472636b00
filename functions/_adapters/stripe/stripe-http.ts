import { readStripeSecret } from './stripe-secret.ts';
import { stripeVersion } from './stripe-version.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** Longest that Stripe may take to answer one try. */
const timeoutMs = 6_000;
/** Tries of a request: all are safe, since each carries its idempotency key or only reads. */
const attemptsMax = 2;

export interface StripeHttpOptions {
  /** `https://api.stripe.com`, without a slash at its end. */
  readonly baseUrl: string;
  /** Reads the secret's text; caches it itself. */
  readonly secret: () => Promise<string>;
}

/** How a request ended. `failed`: no answer, or one that another try may change. */
export type StripeAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'failed'; readonly reason: string };

export interface StripeHttp {
  /** Posts a form; the same key gets the same answer. */
  post(path: string, form: URLSearchParams, idempotencyKey: string): Promise<StripeAnswer>;
  get(path: string): Promise<StripeAnswer>;
}

interface StripeRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Speaks Stripe's API; never throws. */
export function createStripeHttp({ baseUrl, secret }: StripeHttpOptions): StripeHttp {
  const ask = async (path: string, init: StripeRequest): Promise<StripeAnswer> => {
    const keys = await readStripeSecret(secret).catch(() => null);
    if (keys === null) return { kind: 'failed', reason: 'not_set_up' };
    const headers = {
      ...init.headers,
      authorization: `Bearer ${keys.apiKey}`,
      'stripe-version': stripeVersion,
    };
    let answer = await tryOnce(`${baseUrl}${path}`, { ...init, headers });
    for (let attempt = 1; attempt < attemptsMax && answer.kind === 'failed'; attempt += 1) {
      answer = await tryOnce(`${baseUrl}${path}`, { ...init, headers });
    }
    return answer;
  };
  return {
    post: (path, form, idempotencyKey) =>
      ask(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'idempotency-key': idempotencyKey,
        },
        body: form.toString(),
      }),
    get: (path) => ask(path, { method: 'GET', headers: {} }),
  };
}

async function tryOnce(url: string, init: StripeRequest): Promise<StripeAnswer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    if (isPassing(response.status)) return { kind: 'failed', reason: `status_${String(response.status)}` };
    return { kind: 'answered', status: response.status, body: parseJson(text) };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { kind: 'failed', reason: isTimeout ? 'time_out' : 'no_answer' };
  }
}

/** Another request with this key is under way, too many requests, or Stripe's own fault. */
function isPassing(status: number): boolean {
  return status === 409 || status === 429 || status >= 500;
}
