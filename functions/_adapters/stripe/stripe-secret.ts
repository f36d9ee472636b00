import * as z from 'zod';

/** What the secret holds, as JSON: docs/payments.md says where in Stripe's dashboard both are found. */
const StripeSecretSchema = z.object({
  apiKey: z.string().min(1),
  webhookSecret: z.string().min(1),
});
export type StripeSecret = z.infer<typeof StripeSecretSchema>;

/** The keys of the Stripe account; null while the secret still holds the generated value, or anything else. */
export async function readStripeSecret(read: () => Promise<string>): Promise<StripeSecret | null> {
  const text = await read();
  try {
    const parsed = StripeSecretSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
