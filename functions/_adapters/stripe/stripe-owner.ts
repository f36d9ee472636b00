import * as z from 'zod';
import { ownerIn, type StripeOwner } from './read-stripe-event.ts';
import type { StripeHttp } from './stripe-http.ts';

const PaymentIntentSchema = z.object({ metadata: z.unknown() });

/**
 * Whose account a payment was for, which a dispute does not tell: asked of Stripe. Null when it was not ours.
 *
 * @throws Error when Stripe cannot be asked now; the webhook comes again.
 */
export async function findStripeOwner(http: StripeHttp, paymentId: string): Promise<StripeOwner | null> {
  const answer = await http.get(`/v1/payment_intents/${encodeURIComponent(paymentId)}`);
  if (answer.kind === 'failed')
    throw new Error(`Stripe cannot be asked whose payment it is: ${answer.reason}`);
  if (answer.status === 404) return null;
  const intent = PaymentIntentSchema.safeParse(answer.body);
  if (answer.status !== 200 || !intent.success)
    throw new Error(`Stripe answers ${String(answer.status)} when asked whose payment it is`);
  return ownerIn(intent.data.metadata);
}
