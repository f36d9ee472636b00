import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';

/** Payments and reversals that wait for a person, because nobody's account or no payment is known for them. */
export interface ParkedPayments {
  /** Keeps one. Parking the same one again (core/payments/parked-id.ts) changes nothing. */
  park(parked: ParkedPayment): Promise<'parked' | 'repeated'>;
  /** The ones that wait, oldest first, at most `limit`. */
  waiting(limit: number): Promise<readonly ParkedPayment[]>;
  /** What is or was parked about one payment, by a consistent read: the payment itself and reversals of it, by parked id. */
  about(paymentId: string): Promise<readonly ParkedPayment[]>;
  /** Notes how one was settled; `conflict` when somebody else has settled it, or there is none. */
  settle(parkedId: string, settled: NonNullable<ParkedPayment['settled']>): Promise<'done' | 'conflict'>;
}
