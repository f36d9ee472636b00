import { toInstant } from '#shared/kernel/instant.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeTelephony } from '#test/fakes/fake-telephony.ts';
import { numbers, telephonySuite } from '#test/suites/telephony.suite.ts';

const dead = { state: 'not_in_service', reason: 'unknown_number', ends: { reason: 'dead_number' } } as const;

telephonySuite('the fake telephony', () =>
  Promise.resolve({
    createTelephony: () => {
      const clock = createFakeClock(toInstant(Date.parse('2026-11-02T15:00:00Z')));
      const telephony = createFakeTelephony(clock, {
        refused: {
          [numbers.invalid]: {
            kind: 'rejected',
            reason: 'invalid_number',
            retry: { kind: 'never' },
            ends: 'dead_number',
          },
          [numbers.optedOut]: {
            kind: 'rejected',
            reason: 'opted_out',
            retry: { kind: 'never' },
            ends: 'opted_out_at_provider',
          },
        },
        sms: {
          [numbers.unreachableHandset]: { state: 'undelivered', reason: 'unreachable_handset' },
          [numbers.filtered]: { state: 'undelivered', reason: 'filtered_by_carrier' },
          [numbers.unknownNumber]: dead,
        },
        calls: {
          [numbers.mailbox]: { state: 'voicemail' },
          [numbers.noAnswer]: { state: 'no_answer' },
          [numbers.busy]: { state: 'busy' },
          [numbers.callFails]: { state: 'failed', reason: 'call_failed' },
          [numbers.deadNumber]: dead,
        },
      });
      return Promise.resolve({
        sms: telephony.sms,
        calls: telephony.calls,
        now: () => clock.now(),
        pass(durationMs) {
          clock.advance(durationMs);
          return Promise.resolve();
        },
        taken: () => telephony.taken.map(({ contact }) => contact.contactId),
        receipts: () => telephony.receipts(),
        trouble(kind) {
          telephony.trouble(kind);
          return Promise.resolve();
        },
      });
    },
    stop: () => Promise.resolve(),
  }),
);
