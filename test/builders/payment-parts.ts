import { defaultQueue } from '#shared/contracts/queue.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import type { PaymentParts } from '#shared/usecases/payment-parts.ts';
import { createFakeParkedPayments } from '#test/fakes/fake-parked-payments.ts';

/** What recording payments stands on, with nothing parked yet. */
export function paymentParts<Given extends Pick<PaymentParts, 'store' | 'clock'>>(
  given: Given,
): Given & PaymentParts & { readonly parked: ParkedPayments } {
  return { parked: createFakeParkedPayments(), queue: () => Promise.resolve(defaultQueue), ...given };
}
