import type { Payment } from '#shared/contracts/account.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import { keptMinor } from '#shared/core/payments/kept-minor.ts';

/** Money that came in on an account, in minor units, less what was taken back. */
export interface Receipt {
  readonly paymentId: string;
  readonly at: number;
  readonly minor: number;
}

/** The payments on an account in the order in which they were booked; of the same moment by id, so that storage never decides. */
export function receiptsOn(accountId: string, payments: readonly Payment[]): readonly Receipt[] {
  return payments
    .filter((payment) => payment.accountId === accountId)
    .map((payment) => ({ paymentId: payment.paymentId, at: payment.bookedAt, minor: keptMinor(payment) }))
    .filter(({ minor }) => minor > 0)
    .sort((a, b) => a.at - b.at || (a.paymentId < b.paymentId ? -1 : 1));
}

/** Whether a payment can count toward an agreement: booked since it was made, and not one that was known then. */
export function countsToward(
  { countsFrom, paidBefore }: Pick<PaymentPromise | PaymentPlan, 'countsFrom' | 'paidBefore'>,
  { at, paymentId }: Receipt,
): boolean {
  return at >= countsFrom && !paidBefore.includes(paymentId);
}
