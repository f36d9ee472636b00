import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, CheckoutOrder } from '#shared/ports/checkout.ts';

/** A provider's pay page to run the cases on, with nothing ordered yet. */
export interface CheckoutUnderTest {
  readonly checkout: Checkout;
  stop(): Promise<void>;
}

const order: CheckoutOrder = {
  reference: 'ref-1',
  debtorId: 'P1',
  accountId: 'A1',
  title: 'Card ending 4242',
  amount: 12.5,
  currency: 'USD',
  locale: 'en',
  paidUrl: 'https://pay.example.com/paid',
  backUrl: 'https://pay.example.com/back',
};

/** The cases that every pay page has to pass, the real one (on its stand-in) and the fake alike. */
export function checkoutSuite(name: string, start: () => Promise<CheckoutUnderTest>): void {
  describe(name, () => {
    let under: CheckoutUnderTest;
    beforeEach(async () => {
      under = await start();
    });
    afterEach(() => under.stop());
    const open = (changes: Partial<CheckoutOrder> = {}) => under.checkout.open({ ...order, ...changes });

    it('opens a page, the same for the same reference and another for another', async () => {
      const opened = await open();
      expect(opened).toMatchObject({ kind: 'opened', url: expect.stringMatching(/^https?:/) as string });
      expect(await open()).toEqual(opened);
      expect(await open({ reference: 'ref-2' })).not.toEqual(opened);
    });

    it('refuses a reference that stands for another amount', async () => {
      await open();
      expect(await open({ amount: 13 })).toMatchObject({ kind: 'refused' });
    });

    it.each([
      ['a fraction of a cent', { amount: 12.505 }],
      ['half a yen', { amount: 0.5, currency: 'JPY' }],
      ['nothing', { amount: 0 }],
    ])('refuses %s', async (_, changes) => {
      expect(await open(changes)).toMatchObject({ kind: 'refused' });
    });
  });
}
