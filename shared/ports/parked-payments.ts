import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';

/** Payments that wait for a person, because nobody's account is known for them. */
export interface ParkedPayments {
  /** Keeps one. Parking the same payment id again changes nothing. */
  park(parked: ParkedPayment): Promise<'parked' | 'repeated'>;
  /** The ones that wait, oldest first, at most `limit`. */
  waiting(limit: number): Promise<readonly ParkedPayment[]>;
  find(paymentId: string): Promise<ParkedPayment | null>;
  /** Notes how one was settled; `conflict` when somebody else has settled it, or there is none. */
  settle(paymentId: string, settled: NonNullable<ParkedPayment['settled']>): Promise<'done' | 'conflict'>;
}
