import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { checkWebhook } from '#functions/_adapters/standard-webhooks/check-webhook.ts';
import { at } from '#test/builders/person.ts';

const now = at('2026-03-10T12:00:00Z');
const secret = 'a'.repeat(64);
const otherSecret = 'b'.repeat(64);
const body = '{"type":"payment.received"}';
const nowSeconds = now / 1_000;

/** Signed as the library of Standard Webhooks signs. */
function signed({ id = 'evt-1', seconds = nowSeconds, by = secret } = {}) {
  const signature = new Webhook(by).sign(id, new Date(seconds * 1_000), body);
  return { id, timestamp: String(seconds), signature, body };
}

describe('a Standard Webhooks signature', () => {
  it.each([
    ['as the library made it', signed(), 'valid'],
    ['five minutes old', signed({ seconds: nowSeconds - 300 }), 'valid'],
    ['five minutes ahead', signed({ seconds: nowSeconds + 300 }), 'valid'],
    ['a second older', signed({ seconds: nowSeconds - 301 }), 'too_old'],
    ['a second further ahead', signed({ seconds: nowSeconds + 301 }), 'too_old'],
    ['by another secret', signed({ by: otherSecret }), 'invalid'],
    ['with another body', { ...signed(), body: `${body} ` }, 'invalid'],
    ['with another id', { ...signed(), id: 'evt-2' }, 'invalid'],
    ['with another time', { ...signed(), timestamp: String(nowSeconds + 1) }, 'invalid'],
    ['with a time in words', { ...signed(), timestamp: '1e9' }, 'invalid'],
    ['without a time', { ...signed(), timestamp: undefined }, 'invalid'],
    ['without an id', { ...signed(), id: undefined }, 'invalid'],
    ['without a signature', { ...signed(), signature: undefined }, 'invalid'],
    ['with an empty signature', { ...signed(), signature: '' }, 'invalid'],
    ['of another version', { ...signed(), signature: signed().signature.replace('v1,', 'v2,') }, 'invalid'],
    ['cut short', { ...signed(), signature: signed().signature.slice(0, -2) }, 'invalid'],
  ])('%s is judged', (_, webhook, judged) => {
    expect(checkWebhook(webhook, secret, now)).toBe(judged);
  });

  it('is valid when one of several is right, as while a secret is being changed', () => {
    const signature = `${signed({ by: otherSecret }).signature} ${signed().signature}`;
    expect(checkWebhook({ ...signed(), signature }, secret, now)).toBe('valid');
  });

  it('is made with the secret with or without its prefix', () => {
    expect(checkWebhook(signed(), `whsec_${secret}`, now)).toBe('valid');
  });

  it('is never valid by a secret that is empty', () => {
    expect(checkWebhook(signed(), 'whsec_', now)).toBe('invalid');
  });
});
