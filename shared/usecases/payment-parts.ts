import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';

/** What recording a payment or a reversal stands on. */
export interface PaymentParts {
  readonly store: Pick<DebtorStore, 'load' | 'change'>;
  readonly parked: Pick<ParkedPayments, 'park' | 'about' | 'settle'>;
  readonly clock: Clock;
  /** Queue of the people who look at an over-payment; asked only when there is one. */
  readonly queue: () => Promise<string>;
}

/** Tries against others who change the same person at the same moment. */
export const paymentAttemptsMax = 8;

/** Notes that what was parked has found its place without a person's help. Somebody else having noted it is no matter. */
export async function settleParked(
  parked: ParkedPayment,
  { accountId, debtorId }: { readonly accountId: string; readonly debtorId: string },
  parts: Pick<PaymentParts, 'parked' | 'clock'>,
): Promise<void> {
  const settled = { at: parts.clock.now(), by: foundItsPlace, how: 'assigned', accountId, debtorId } as const;
  await parts.parked.settle(parkedIdOf(parked), settled);
}

/** Who settled what no person had to. */
export const foundItsPlace = 'found its place';
