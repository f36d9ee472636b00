import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { isSignedByStripe } from '#functions/_adapters/stripe/stripe-signature.ts';
import { at } from '#test/builders/person.ts';

const now = at('2026-03-10T12:00:00Z');
const nowSeconds = now / 1_000;
const secret = 'whsec_test';
const body = '{"id":"evt_1","type":"charge.refunded"}';

/** As Stripe's own library signs. */
function sign({ by = secret, seconds = nowSeconds, payload = body } = {}): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp: seconds });
}

it.each([
  ['as the library made it', sign(), true],
  ['five minutes old', sign({ seconds: nowSeconds - 300 }), true],
  ['older than that', sign({ seconds: nowSeconds - 301 }), false],
  ['from the future', sign({ seconds: nowSeconds + 301 }), false],
  ['by another secret', sign({ by: 'whsec_other' }), false],
  ['of another body', sign({ payload: `${body} ` }), false],
  ['with another time', sign().replace(`t=${nowSeconds}`, `t=${nowSeconds + 1}`), false],
  ['of another scheme', sign().replace('v1=', 'v0='), false],
  ['cut short', sign().slice(0, -1), false],
  ['empty', '', false],
  ['missing', undefined, false],
])('a signature %s', (_, header, isSigned) => {
  expect(isSignedByStripe({ header, body }, secret, now)).toBe(isSigned);
});

it('is believed when one of several is right, as while a secret is being changed', () => {
  const [, other] = sign({ by: 'whsec_other' }).split(',');
  const header = `t=${nowSeconds},${other},${sign().split(',')[1]}`;
  expect(isSignedByStripe({ header, body }, secret, now)).toBe(true);
});

it('is judged like the library judges', () => {
  for (const header of [sign(), sign({ by: 'whsec_other' })]) {
    const theirs = (() => {
      try {
        return Stripe.webhooks.signature!.verifyHeader(body, header, secret, 300, undefined, now);
      } catch {
        return false;
      }
    })();
    expect(isSignedByStripe({ header, body }, secret, now)).toBe(theirs);
  }
});

it('is never right by an empty secret', () => {
  expect(isSignedByStripe({ header: sign({ by: 'x' }), body }, '', now)).toBe(false);
});
