import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';

/**
 * The id by which people name what is parked: that of the payment, or for a reversal that and what is taken back. Each step
 * of a refund that grows has its own, so that none replaces another. (No id holds a `~`.)
 */
export function parkedIdOf({
  paymentId,
  reversal,
  amount,
}: Pick<ParkedPayment, 'paymentId' | 'reversal' | 'amount'>): string {
  return reversal === undefined
    ? paymentId
    : [paymentId, reversal.reversalId, reversal.counts, String(amount)].join('~');
}

/** The payment that a parked id is about. */
export function paymentIdOf(parkedId: string): string {
  return parkedId.split('~', 1).join();
}
