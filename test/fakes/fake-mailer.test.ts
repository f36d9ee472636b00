import { toInstant } from '#shared/kernel/instant.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeMailer } from '#test/fakes/fake-mailer.ts';
import { addresses, mailerSuite } from '#test/suites/mailer.suite.ts';

mailerSuite('the fake mailer', () =>
  Promise.resolve({
    createMailer: () => {
      const clock = createFakeClock(toInstant(Date.parse('2026-11-02T15:00:00Z')));
      const mailer = createFakeMailer(clock, {
        refused: [addresses.refused],
        said: {
          [addresses.hardBounce]: {
            state: 'undelivered',
            reason: 'hard_bounce',
            ends: { reason: 'hard_bounce' },
          },
          [addresses.softBounce]: { state: 'undelivered', reason: 'soft_bounce' },
          [addresses.complaint]: { state: 'delivered', reason: 'complaint', ends: { reason: 'complaint' } },
        },
      });
      return Promise.resolve({
        sender: mailer.sender,
        pass(durationMs) {
          clock.advance(durationMs);
          return Promise.resolve();
        },
        taken: () =>
          mailer.taken.map(({ contact, email: { to, subject, text, replyTo, unsubscribe } }) => ({
            contactId: contact.contactId,
            ...{ to, subject, text, replyTo },
            unsubscribe: unsubscribe.url,
          })),
        receipts: () => mailer.receipts(),
        trouble(kind) {
          mailer.trouble(kind);
          return Promise.resolve();
        },
      });
    },
    stop: () => Promise.resolve(),
  }),
);
