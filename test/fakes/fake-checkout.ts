import { currencyDigits, isExactMinor } from '#shared/kernel/currency.ts';
import type { Checkout, CheckoutOrder } from '#shared/ports/checkout.ts';

/** A provider's pay page that keeps what was ordered. The same reference gets the same page, and must be the same order. */
export interface FakeCheckout extends Checkout {
  readonly orders: readonly CheckoutOrder[];
  /** Makes it answer that it is down, until told otherwise. */
  fail(isDown: boolean): void;
}

export function createFakeCheckout(host = 'pay.example.com'): FakeCheckout {
  const orders = new Map<string, CheckoutOrder>();
  let down = false;
  return {
    get orders() {
      return [...orders.values()];
    },
    fail: (isDown) => {
      down = isDown;
    },
    open: (order) => {
      if (down) return Promise.resolve({ kind: 'unavailable', reason: 'down' });
      if (!isExactMinor(order.amount, currencyDigits(order.currency) ?? 2) || order.amount <= 0)
        return Promise.resolve({ kind: 'refused', reason: 'amount_not_payable' });
      const before = orders.get(order.reference);
      if (before !== undefined && before.amount !== order.amount)
        return Promise.resolve({ kind: 'refused', reason: 'reference_reused' });
      orders.set(order.reference, order);
      return Promise.resolve({
        kind: 'opened',
        url: `https://${host}/c/${encodeURIComponent(order.reference)}`,
      });
    },
  };
}
