/** What a person is about to pay; amounts in major units. */
export interface CheckoutOrder {
  /** Makes opening it idempotent: the same reference gets the same page. */
  readonly reference: string;
  readonly debtorId: string;
  readonly accountId: string;
  /** What the receipt and the pay page call it; says nothing of a debt. */
  readonly title: string;
  readonly amount: number;
  readonly currency: string;
  readonly locale: string;
  /** Where the person comes back to when it is paid, or when they turn back. */
  readonly paidUrl: string;
  readonly backUrl: string;
}

/** `refused`: the provider will not take this order. `unavailable`: ask again later, or pay another way. */
export type OpenedCheckout =
  | { readonly kind: 'opened'; readonly url: string }
  | { readonly kind: 'refused' | 'unavailable'; readonly reason: string };

/** A payment provider's hosted pay page. That it was paid is told by the provider's own signed callback, never by the way back. */
export interface Checkout {
  open(order: CheckoutOrder): Promise<OpenedCheckout>;
}
