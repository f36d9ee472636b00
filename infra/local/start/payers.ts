import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { PaymentRequest } from '#shared/contracts/payment-request.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import type { LocalWorld } from './open-world.ts';
import type { PersonState } from './read-people.ts';
import { simulatedResponse } from './simulated-people.ts';

/** How often the simulated people look at what has reached them, in milliseconds of virtual time. */
const lookEveryMs = hourMs;

/** Tells the machine of a payment by its own HTTP door, as a creditor's system would. */
export async function postPayment({ run }: Pick<LocalWorld, 'run'>, payment: PaymentRequest): Promise<number> {
  const { status } = await run.http({
    method: 'POST',
    url: `/accounts/${encodeURIComponent(payment.accountId)}/payments`,
    headers: {
      'content-type': 'application/json',
      authorization: localAuthorization('us-east-1', 'execute-api', operatorAccessKey),
    },
    body: JSON.stringify(payment),
  });
  return status;
}

/**
 * Lets the simulated people pay: some of those whom a contact has reached, all or half of what is past due on the accounts
 * that it spoke of, after their own time. Returns the count of payments made so far.
 */
export function letPeoplePay(
  world: LocalWorld,
  seed: string,
  readPeople: () => Promise<readonly PersonState[]>,
): { readonly payments: () => number } {
  const answered = new Set<string>();
  let payments = 0;
  const look = async (): Promise<void> => {
    for (const person of await readPeople()) {
      for (const attempt of person.attempts) {
        if (!attempt.reached || answered.has(attempt.contactId)) continue;
        answered.add(attempt.contactId);
        const response = simulatedResponse(seed, attempt.contactId);
        if (response.kind === 'nothing') continue;
        for (const account of person.accounts.filter((one) => attempt.accountIds.includes(one.accountId))) {
          if (account.pastDue <= 0) continue;
          const amount = roundTo(account.pastDue * response.share);
          const payAt = world.clock.now() + response.afterMs;
          world.clock.schedule(payAt, async () => {
            const status = await postPayment(world, {
              paymentId: `pay-${attempt.contactId}-${account.accountId}`,
              debtorId: person.debtorId,
              accountId: account.accountId,
              amount,
              currency: account.currency,
              bookedAt: new Date(payAt).toISOString(),
            });
            if (status === 201) payments += 1;
          });
        }
      }
    }
    world.clock.schedule(world.clock.now() + lookEveryMs, look);
  };
  world.clock.schedule(world.clock.now() + lookEveryMs, look);
  return { payments: () => payments };
}

/** Whole units: they exist in every currency. */
function roundTo(amount: number): number {
  return Math.max(1, Math.floor(amount));
}
