import { Webhook } from 'standardwebhooks';
import { callbackPath } from '#functions/receive-payment/paths.ts';
import { callbackSecret, type LocalWorld } from '#infra/local/start/open-world.ts';

/** A payment as the creditor's own systems tell it. */
export interface ToldPayment {
  readonly paymentId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: string;
}

/** Tells of a payment by a signed callback, booked now; gives the status of the answer. */
export async function tellPayment({ run, clock }: LocalWorld, payment: ToldPayment): Promise<number> {
  const at = new Date(clock.now());
  const data = { ...payment, bookedAt: at.toISOString() };
  const body = JSON.stringify({ type: 'payment.received', timestamp: at.toISOString(), data });
  const id = `evt-${payment.paymentId}`;
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(callbackSecret).sign(id, at, body),
  };
  const { status } = await run.http({ method: 'POST', url: callbackPath, headers, body });
  return status;
}
