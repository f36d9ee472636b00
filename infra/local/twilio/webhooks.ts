import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import type { LocalClock } from './local-clock.ts';

/** Twilio waits this long for the answer of a webhook (error 11205). */
const answerTimeoutMs = 15_000;
/** A failed status callback is tried once more within 15 s, and never again. */
const retryDelayMs = 5_000;

export type WebhookParameters = Readonly<Record<string, string>>;

export type WebhookAnswer =
  { readonly ok: true; readonly body: string } | { readonly ok: false; readonly why: string };

export interface WebhookCounts {
  /** Requests that we answered with 2xx. */
  answered: number;
  /** Status callbacks that failed twice and are lost. */
  lost: number;
}

/** Makes the requests that Twilio makes to us, signed exactly as Twilio signs them. */
export interface Webhooks {
  /** Asks a webhook once: for TwiML, or with an inbound message. */
  ask(url: string, parameters: WebhookParameters, method?: 'GET' | 'POST'): Promise<WebhookAnswer>;
  /** Posts a status callback; on failure once more, then it is lost. */
  notify(url: string, parameters: WebhookParameters): Promise<void>;
  readonly counts: Readonly<WebhookCounts>;
}

export function createWebhooks(authToken: string, clock: LocalClock): Webhooks {
  const counts: WebhookCounts = { answered: 0, lost: 0 };
  const ask = async (
    url: string,
    parameters: WebhookParameters,
    method: 'GET' | 'POST' = 'POST',
  ): Promise<WebhookAnswer> => {
    const answer = await request(signedRequest(authToken, url, parameters, method));
    if (answer.ok) counts.answered += 1;
    return answer;
  };
  return {
    ask,
    counts,
    async notify(url, parameters) {
      const first = await ask(url, parameters);
      if (first.ok) return;
      clock.schedule(clock.now() + retryDelayMs, async () => {
        const second = await ask(url, parameters);
        if (!second.ok) counts.lost += 1;
      });
    },
  };
}

/** A GET is signed over its whole URL, a POST over the URL and the sorted form fields. */
function signedRequest(
  authToken: string,
  url: string,
  parameters: WebhookParameters,
  method: 'GET' | 'POST',
): Request {
  const form = new URLSearchParams(parameters).toString();
  const isGet = method === 'GET';
  const target = isGet ? `${url}${url.includes('?') ? '&' : '?'}${form}` : url;
  const signature = twilioWebhooks.getExpectedTwilioSignature(authToken, target, isGet ? {} : parameters);
  return new Request(target, {
    method,
    headers: {
      'X-Twilio-Signature': signature,
      'User-Agent': 'TwilioProxy/1.1',
      ...(isGet ? {} : { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    },
    ...(isGet ? {} : { body: form }),
  });
}

async function request(outgoing: Request): Promise<WebhookAnswer> {
  try {
    const response = await fetch(outgoing, { signal: AbortSignal.timeout(answerTimeoutMs) });
    const body = await response.text();
    return response.ok
      ? { ok: true, body }
      : { ok: false, why: `${outgoing.url} answered ${response.status}` };
  } catch (error) {
    return { ok: false, why: `${outgoing.url} gave no answer: ${String(error)}` };
  }
}
