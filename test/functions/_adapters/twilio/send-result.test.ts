import { describe, expect, it } from 'vitest';
import { toSendResult } from '#functions/_adapters/twilio/send-result.ts';
import type { TwilioAnswer } from '#functions/_adapters/twilio/twilio-http.ts';

const answered = (status: number, body: unknown, retryAfterSeconds?: number): TwilioAnswer => ({
  kind: 'answered',
  status,
  body,
  retryAfterSeconds,
});
const never = { kind: 'never' };

describe('an answer of Twilio to a request to send', () => {
  it.each([
    ['a sid is acceptance', answered(201, { sid: 'SM1' }), { kind: 'accepted', providerId: 'SM1' }],
    [
      'a success without a sid is unknown',
      answered(201, {}),
      { kind: 'unknown', reason: 'answer_not_understood' },
    ],
    [
      'a redirect is unknown',
      answered(302, { sid: 'SM1' }),
      { kind: 'unknown', reason: 'answer_not_understood' },
    ],
    [
      'a success that is no JSON is unknown',
      answered(200, undefined),
      { kind: 'unknown', reason: 'answer_not_understood' },
    ],
    [
      'a server error is unknown whatever its code says',
      answered(503, { code: 20429 }),
      { kind: 'unknown', reason: 'provider_error' },
    ],
    [
      'a lost answer is unknown',
      { kind: 'lost', reason: 'time_out' },
      { kind: 'unknown', reason: 'time_out' },
    ],
    [
      'no connection is a rejection for a while',
      { kind: 'not_sent', reason: 'no_connection' },
      { kind: 'rejected', reason: 'no_connection', retry: { kind: 'after', ms: 60_000 } },
    ],
    [
      'an invalid number ends it',
      answered(400, { code: 21211 }),
      { kind: 'rejected', reason: 'invalid_number', retry: never, ends: 'dead_number' },
    ],
    [
      'an opt-out ends the number',
      answered(400, { code: 21610 }),
      { kind: 'rejected', reason: 'opted_out', retry: never, ends: 'opted_out_at_provider' },
    ],
    [
      'a region that is not enabled ends nothing',
      answered(400, { code: 21408 }),
      { kind: 'rejected', reason: 'region_not_enabled', retry: never },
    ],
    [
      'too many requests wait',
      answered(429, { code: 20429 }),
      { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 15_000 } },
    ],
    [
      'too many requests wait as long as Twilio says',
      answered(429, { code: 20429 }, 90),
      { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 90_000 } },
    ],
    [
      'too many requests wait an hour at most',
      answered(429, { code: 20429 }, 1e9),
      { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 3_600_000 } },
    ],
    [
      'too many requests without a body wait',
      answered(429, undefined),
      { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 15_000 } },
    ],
    [
      'a refused token waits for somebody',
      answered(401, { code: 20003 }),
      { kind: 'rejected', reason: 'credentials_refused', retry: { kind: 'after', ms: 900_000 } },
    ],
  ] as const)('%s', (_, answer, expected) => {
    const unrecognised: unknown[] = [];
    expect(toSendResult(answer, (word) => unrecognised.push(word))).toEqual(expected);
    expect(unrecognised).toEqual([]);
  });

  it.each([
    [answered(400, { code: 29999 }), '29999'],
    [answered(418, 'teapot'), 'http_418'],
  ] as const)(
    'that refuses in an unknown word rejects for good, and the word is counted: %#',
    (answer, value) => {
      const unrecognised: unknown[] = [];
      expect(toSendResult(answer, (word) => unrecognised.push(word))).toEqual({
        kind: 'rejected',
        reason: 'unrecognised',
        retry: never,
      });
      expect(unrecognised).toEqual([{ field: 'error_code', value }]);
    },
  );
});
