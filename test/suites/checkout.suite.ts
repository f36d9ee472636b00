import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkout, CheckoutOrder } from '#shared/ports/checkout.ts';

export interface CheckoutUnderTest {
  readonly checkout: Checkout;
  stop(): Promise<void>;
}

const order: CheckoutOrder = {
  reference: 'page:1',
  debtorId: 'P1',
  accountId: 'A1',
  title: 'Demo Bank · Credit card',
  amount: 12.5,
  currency: 'USD',
  locale: 'es',
  paidUrl: 'https://pages.example.com/a/Abc123Def4/paid',
  backUrl: 'https://pages.example.com/a/Abc123Def4/pay',
};

/** The cases that every payment provider's pay page has to pass, a real part and the fake alike. */
export function checkoutSuite(name: string, start: () => Promise<CheckoutUnderTest>): void {
  describe(name, () => {
    let parts: CheckoutUnderTest;
    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    const open = (changes: Partial<CheckoutOrder> = {}) => parts.checkout.open({ ...order, ...changes });

    it('opens the same page for the same order, and another one for another', async () => {
      const first = await open();
      expect(first.kind).toBe('opened');
      expect(await open()).toEqual(first);
      expect(await open({ reference: 'page:2' })).not.toEqual(first);
    });

    it.each([
      ['more decimals than the currency has', { reference: 'page:3', amount: 12.555 }],
      ['nothing to pay', { reference: 'page:4', amount: 0 }],
      ['another amount under a reference that was used', { amount: 13 }],
    ])('refuses an order with %s', async (_what, changes) => {
      await open();
      expect(await open(changes)).toMatchObject({ kind: 'refused' });
    });
  });
}
