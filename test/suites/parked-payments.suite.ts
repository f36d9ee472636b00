import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { noon } from '#test/builders/stored.ts';

/** A place for parked payments to run the cases on; `createStore` gives an empty one each time. */
export interface ParkedPaymentsUnderTest {
  createStore(): Promise<ParkedPayments>;
  stop(): Promise<void>;
}

function parked(paymentId: string, changes: Partial<ParkedPayment> = {}): ParkedPayment {
  const money = { amount: 12.5, currency: 'USD', bookedAt: noon, source: 'issuer_page' } as const;
  const told = { debtorId: 'P9', accountId: 'A9', reason: 'unknown_account' } as const;
  return { paymentId, ...told, ...money, parkedAt: noon, ...changes };
}
const reversal = { reversalId: 'r1', why: 'refund', counts: 'total' } as const;
const settled = { at: noon, by: 'ana', how: 'assigned', accountId: 'A1', debtorId: 'P1' } as const;

/** The cases that every place for parked payments has to pass, the real one and the fake alike. */
export function parkedPaymentsSuite(name: string, start: () => Promise<ParkedPaymentsUnderTest>): void {
  describe(name, () => {
    let parts: ParkedPaymentsUnderTest;
    let store: ParkedPayments;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore();
    });

    it('keeps a payment once, as it was first told', async () => {
      expect(await store.park(parked('X1'))).toBe('parked');
      expect(await store.park(parked('X1', { parkedAt: noon + 1 }))).toBe('repeated');
      expect(await store.waiting(10)).toEqual([parked('X1')]);
    });

    it('gives what waits oldest first, whatever the ids, and no more than asked for', async () => {
      for (const [id, age] of Object.entries({ X3: 1, X1: 3, X2: 2 }))
        await store.park(parked(id, { parkedAt: noon + age }));
      expect((await store.waiting(2)).map(({ paymentId }) => paymentId)).toEqual(['X3', 'X2']);
    });

    it('keeps a payment and each step of what was taken back of it apart, and knows them by the payment', async () => {
      const steps = [parked('X1', { reversal }), parked('X1', { reversal, amount: 20 })];
      const reinstated = parked('X1', { reversal: { ...reversal, counts: 'reinstated' } });
      for (const one of [parked('X1'), parked('X12'), ...steps, reinstated])
        expect(await store.park(one)).toBe('parked');
      expect(await store.about('X1')).toHaveLength(4);
      expect(await store.about('X12')).toEqual([parked('X12')]);
      expect(await store.about('X')).toEqual([]);
    });

    it('settles one once, by the first who does', async () => {
      await store.park(parked('X1'));
      const outcomes = await Promise.all([1, 2, 3].map(() => store.settle('X1', settled)));
      expect(outcomes.sort()).toEqual(['conflict', 'conflict', 'done']);
      expect(await store.waiting(10)).toEqual([]);
      expect(await store.about('X1')).toEqual([parked('X1', { settled })]);
    });

    it('settles a reversal and leaves its payment waiting', async () => {
      const one = parked('X1', { reversal });
      await store.park(one);
      await store.park(parked('X1'));
      expect(await store.settle(parkedIdOf(one), settled)).toBe('done');
      expect(await store.waiting(10)).toEqual([parked('X1')]);
    });

    it('settles nothing that was never parked', async () => {
      expect(await store.settle('X1', settled)).toBe('conflict');
      expect(await store.about('X1')).toEqual([]);
    });

    it('does not park again what was settled', async () => {
      await store.park(parked('X1'));
      await store.settle('X1', { ...settled, how: 'returned' });
      expect(await store.park(parked('X1'))).toBe('repeated');
      expect(await store.waiting(10)).toEqual([]);
    });
  });
}
