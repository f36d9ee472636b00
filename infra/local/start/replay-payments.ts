import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PaymentRequestSchema } from '#shared/contracts/payment-request.ts';
import type { LocalWorld } from './open-world.ts';
import { postPayment, type Payers } from './payers.ts';

/** Plays a file of payments (NDJSON) into the run, each at its own booking time; those before the start are left out. */
export async function replayPayments(world: LocalWorld, file: string): Promise<Payers> {
  let payments = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const payment = PaymentRequestSchema.parse(JSON.parse(line));
    const bookedAt = Date.parse(payment.bookedAt);
    if (bookedAt < world.clock.now()) continue;
    world.clock.schedule(bookedAt, async () => {
      if ((await postPayment(world, payment)) === 201) payments += 1;
    });
  }
  return { payments: () => payments };
}
