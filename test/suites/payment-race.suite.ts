import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { Reversal } from '#shared/contracts/reversal.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import type { PaymentParts } from '#shared/usecases/payment-parts.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { reversePayment } from '#shared/usecases/reverse-payment.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { P1, payment } from '#test/builders/stored.ts';
import { scriptedSmsSender } from '#test/builders/world.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

/** Persons and parked payments to race on; `create` gives empty ones each time. */
export interface RaceUnderTest {
  create(): Promise<{ readonly store: DebtorStore; readonly parked: ParkedPayments }>;
  stop(): Promise<void>;
}

/** Times that a race is run: which of two is quicker is for the machine to say. */
const rounds = 12;
/** When the account's first message is due, in the person's afternoon. */
const now = at('2026-03-02T16:45:00+08:00');

/** What must hold however payments, reversals and sends fall together, on the real table and the fake alike. */
export function paymentRaceSuite(name: string, start: () => Promise<RaceUnderTest>): void {
  describe(name, () => {
    let under: RaceUnderTest;
    let parts: PaymentParts & { readonly store: DebtorStore; readonly parked: ParkedPayments };

    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());
    const begin = async () => {
      parts = paymentParts({ ...(await under.create()), clock: createFakeClock(now) });
      await parts.store.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts: [account()], stops: false }]);
    };
    beforeEach(begin);

    const person = async () => (await parts.store.load(P1))!;
    const pay = (changes: Partial<Payment> = {}) => recordPayment({ ...payment(), ...changes }, parts);
    const reverse = (changes: Partial<Reversal> = {}) => {
      const facts = { reversalId: 'r1', paymentId: 'pay-1', debtorId: P1, amount: 30, currency: 'CNY' };
      const told = { at: now, why: '', source: 'creditor', counts: 'once' } as const;
      return reversePayment({ ...facts, ...told, ...changes }, parts);
    };
    const pastDue = async () => (await person()).accounts[0]!.pastDue;

    it('counts two payments that come at once, both', async () => {
      await Promise.all([pay({ amount: 30 }), pay({ paymentId: 'pay-2', amount: 50 })]);
      expect(await pastDue()).toBe(20);
      expect((await person()).payments.map(({ applied }) => applied?.balance).sort()).toEqual([30, 50]);
    });

    it('counts a payment that is told several times at once only once', async () => {
      const kinds = (await Promise.all([1, 2, 3, 4].map(() => pay({ amount: 30 })))).map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(['recorded', 'repeated', 'repeated', 'repeated']);
      expect(await pastDue()).toBe(70);
    });

    it('loses no reversal that comes at the same moment as its payment', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const paymentId = `pay-${round}`;
        await begin();
        await Promise.all([pay({ paymentId }), reverse({ paymentId })]);
        expect(await pastDue()).toBe(30);
        expect(await parts.parked.waiting(10)).toEqual([]);
      }
    });

    it('counts reversals that come at once, each once', async () => {
      await pay();
      await Promise.all([reverse(), reverse({ reversalId: 'r2', amount: 25 }), reverse(), pay()]);
      expect(await pastDue()).toBe(55);
    });

    it('sends nothing on facts from before a payment that cures, and reserves nothing after it', async () => {
      for (let round = 0; round < rounds; round += 1) {
        await begin();
        const sms = scriptedSmsSender();
        const source = { current: () => Promise.resolve(rules()) };
        const wake = { version: 1, debtorId: P1, wakeAt: now, wakeFor: 'sms' } as const;
        const sendParts = { ...parts, rules: source, channel: smsChannel(sms.sender, testLinks) };
        await Promise.all([sendContact(wake, sendParts), pay()]);
        const sentBefore = sms.sent.length;
        expect((await person()).attempts).toHaveLength(sentBefore);
        expect(await pastDue()).toBe(0);
        await sendContact(wake, sendParts);
        expect(sms.sent).toHaveLength(sentBefore);
      }
    });

    it('refuses a reservation that rests on facts from before a cure', async () => {
      const sms = scriptedSmsSender();
      const source = { current: () => Promise.resolve(rules()) };
      // The payment falls exactly between the sender's reading and its reserving.
      const store: DebtorStore = {
        ...parts.store,
        reserve: async (version, reservation) => {
          await pay();
          return parts.store.reserve(version, reservation);
        },
      };
      const wake = { version: 1, debtorId: P1, wakeAt: now, wakeFor: 'sms' } as const;
      const sendParts = { ...parts, rules: source, channel: smsChannel(sms.sender, testLinks) };
      await sendContact(wake, { ...sendParts, store });
      expect(sms.sent).toEqual([]);
      expect((await person()).attempts).toEqual([]);
      // Without it, the same wake-up sends: it was the payment that had stopped it.
      await begin();
      await sendContact(wake, { ...sendParts, ...parts });
      expect(sms.sent).toHaveLength(1);
    });
  });
}
