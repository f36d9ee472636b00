import * as z from 'zod';
import { hourMs, secondMs, type Instant } from '#shared/kernel/instant.ts';
import type { Checkout, CheckoutOrder, OpenedCheckout } from '#shared/ports/checkout.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { stripeLocale } from './stripe-locale.ts';
import type { StripeHttp } from './stripe-http.ts';
import { toStripeAmount } from './stripe-money.ts';

const SessionSchema = z.object({ url: z.url() });
const RefusalSchema = z.object({ error: z.object({ code: z.string().optional(), type: z.string() }) });

/** Stripe's hosted pay page behind the port. That it was paid is told by Stripe's signed webhook alone. */
export function createStripeCheckout({
  http,
  clock,
}: {
  readonly http: StripeHttp;
  readonly clock: Clock;
}): Checkout {
  return {
    open: async (order) => {
      const amount = toStripeAmount(order.amount, order.currency);
      if (amount === null) return { kind: 'refused', reason: 'amount_not_payable' };
      const hour = startOfHour(clock.now());
      const form = formOf(order, { amount, expiresAt: hour + 2 * hourMs });
      return opened(await http.post('/v1/checkout/sessions', form, `${order.reference}-${String(hour)}`));
    },
  };
}

/**
 * Pages of one hour run out together, between one and two hours after they were opened: asked for again within the hour,
 * the same order has the same form, as the same idempotency key demands.
 */
function startOfHour(now: Instant): number {
  return now - (now % hourMs);
}

function formOf(
  order: CheckoutOrder,
  { amount, expiresAt }: { readonly amount: number; readonly expiresAt: number },
): URLSearchParams {
  const { debtorId, accountId } = order;
  return new URLSearchParams({
    mode: 'payment',
    submit_type: 'pay',
    client_reference_id: accountId,
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': order.currency.toLowerCase(),
    'line_items[0][price_data][unit_amount]': String(amount),
    'line_items[0][price_data][product_data][name]': order.title,
    success_url: order.paidUrl,
    cancel_url: order.backUrl,
    locale: stripeLocale(order.locale),
    expires_at: String(expiresAt / secondMs),
    // What is paid has to be in the account's currency.
    'adaptive_pricing[enabled]': 'false',
    'metadata[debtorId]': debtorId,
    'metadata[accountId]': accountId,
    // Refunds and disputes tell of the payment alone, not of the page.
    'payment_intent_data[metadata][debtorId]': debtorId,
    'payment_intent_data[metadata][accountId]': accountId,
  });
}

function opened(answer: Awaited<ReturnType<StripeHttp['post']>>): OpenedCheckout {
  if (answer.kind === 'failed') return { kind: 'unavailable', reason: answer.reason };
  const { status, body } = answer;
  const session = SessionSchema.safeParse(body);
  return status === 200 && session.success
    ? { kind: 'opened', url: session.data.url }
    : refused(status, body);
}

function refused(status: number, body: unknown): OpenedCheckout {
  const refusal = RefusalSchema.safeParse(body);
  if (!refusal.success) return { kind: 'unavailable', reason: `status_${String(status)}` };
  const { code, type } = refusal.data.error;
  // A wrong key is ours to mend; the order is none the worse.
  const isOurs = status === 401 || status === 403;
  return { kind: isOurs ? 'unavailable' : 'refused', reason: code ?? type };
}
