import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { PaymentRequest } from '#shared/contracts/payment-request.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dayMs, hourMs } from '#shared/kernel/instant.ts';
import type { LocalWorld } from './open-world.ts';
import { simulatedResponse, type Response } from './simulated-people.ts';

/** How often the simulated people look at what has reached them, in milliseconds of virtual time. */
const lookEveryMs = 3 * hourMs;

/** Tells the machine of a payment by its own HTTP door, as a creditor's system would. */
export async function postPayment(
  { run }: Pick<LocalWorld, 'run'>,
  payment: PaymentRequest,
): Promise<number> {
  const { status } = await run.http({
    method: 'POST',
    url: `/accounts/${encodeURIComponent(payment.accountId)}/payments`,
    headers: operatorHeaders,
    body: JSON.stringify(payment),
  });
  return status;
}

const operatorHeaders = {
  'content-type': 'application/json',
  authorization: localAuthorization('us-east-1', 'execute-api', operatorAccessKey),
};

type Promising = Response & { readonly kind: 'promises' };

/** Tells an agent, who takes it down by the machine's own door, all that is past due by a date; whether it was taken. */
async function postPromise(
  { run }: Pick<LocalWorld, 'run'>,
  { debtorId, accountId, pastDue }: Account,
  { entry, date }: { readonly entry: LedgerEntry; readonly date: string },
): Promise<boolean> {
  const { channel, contactId } = entry;
  const confirmBy = channel === 'call' ? {} : { confirmBy: channel };
  const { status } = await run.http({
    method: 'POST',
    url: `/debtors/${encodeURIComponent(debtorId)}/acts`,
    headers: { ...operatorHeaders, 'idempotency-key': `${contactId}-${accountId}` },
    body: JSON.stringify({ kind: 'promise', accountId, amount: pastDue, date, ...confirmBy }),
  });
  return status === 201;
}

/** States in which a contact has reached the person. */
const reached: ReadonlySet<LedgerEntry['state']> = new Set(['delivered', 'answered', 'conversation']);

export interface Payers {
  /** Payments that the machine has taken so far. */
  readonly payments: () => number;
}

/**
 * Lets the simulated people pay: some of those whom a contact has reached, all or half of what is past due on the accounts
 * that it spoke of, after their own time.
 */
export function letPeoplePay(
  world: LocalWorld,
  seed: string,
  readPeople: () => Promise<readonly Person[]>,
): Payers {
  const answered = new Set<string>();
  let payments = 0;
  const pay = (account: Account, contactId: string, response: Response & { kind: 'pays' }): void => {
    const payAt = world.clock.now() + response.afterMs;
    world.clock.schedule(payAt, async () => {
      const status = await postPayment(world, {
        paymentId: `pay-${contactId}-${account.accountId}`,
        debtorId: account.debtorId,
        accountId: account.accountId,
        amount: response.share === 1 ? account.pastDue : wholeUnits(account.pastDue * response.share),
        currency: account.currency,
        bookedAt: new Date(payAt).toISOString(),
      });
      if (status === 201) payments += 1;
    });
  };
  const promise = (account: Account, entry: LedgerEntry, { days, paidShare }: Promising): void => {
    const date = new Date(world.clock.now() + days * dayMs).toISOString().slice(0, 10);
    world.clock.schedule(world.clock.now() + hourMs, async () => {
      if (!(await postPromise(world, account, { entry, date })) || paidShare === 0) return;
      const afterMs = Date.parse(`${date}T12:00:00Z`) - world.clock.now();
      pay(account, `promised-${entry.contactId}`, { kind: 'pays', share: paidShare, afterMs });
    });
  };
  const answer = (entry: LedgerEntry, accounts: readonly Account[]): void => {
    answered.add(entry.contactId);
    const response = simulatedResponse(seed, entry.contactId);
    if (response.kind === 'nothing') return;
    for (const account of accounts) {
      const isMeant = entry.about.some(({ accountId }) => accountId === account.accountId);
      if (!isMeant || account.pastDue === 0) continue;
      if (response.kind === 'pays') pay(account, entry.contactId, response);
      else promise(account, entry, response);
    }
  };
  const look = async (): Promise<void> => {
    for (const { attempts, accounts } of await readPeople()) {
      for (const entry of attempts) {
        if (reached.has(entry.state) && !answered.has(entry.contactId)) answer(entry, accounts);
      }
    }
    world.clock.schedule(world.clock.now() + lookEveryMs, look);
  };
  world.clock.schedule(world.clock.now() + lookEveryMs, look);
  return { payments: () => payments };
}

/** Whole units: they exist in every currency. */
function wholeUnits(amount: number): number {
  return Math.max(1, Math.floor(amount));
}
