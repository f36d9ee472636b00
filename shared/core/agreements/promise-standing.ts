import type { PaymentPromise } from '#shared/contracts/agreement.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { countsToward, type Receipt } from './counted-payments.ts';

/**
 * How a promise stands: `open` until it is paid or its last day of booking is over; `kept` when enough of it was paid by
 * then, `partial` when some, `broken` when nothing. `cancelled` ones count as neither.
 */
export type PromiseState = 'open' | 'kept' | 'partial' | 'broken' | 'cancelled';

export interface StandingPromise {
  readonly promise: PaymentPromise;
  readonly state: PromiseState;
  /** What of it has been paid, in major units; never more than its amount. */
  readonly paid: number;
}

export interface JudgedPromises {
  readonly promises: readonly StandingPromise[];
  /** What no promise took of each payment. */
  readonly left: readonly Receipt[];
}

/**
 * Judges all promises of an account by its payments. Each payment fills the promises that it can count toward, the one
 * that is settled first before the others, so that no payment counts twice. Only what was booked and what time it is
 * decides: the order in which anything became known makes no difference, and a payment that is told late still keeps a
 * promise if it was booked in time.
 *
 * @param curedAt when the feed told that nothing is past due any more: the promise is kept then, whoever paid.
 */
export function judgePromises(
  promises: readonly PaymentPromise[],
  receipts: readonly Receipt[],
  { now, curedAt }: { readonly now: number; readonly curedAt?: number | undefined },
): JudgedPromises {
  const inOrder = promises.toSorted(
    (a, b) => a.settlesAt - b.settlesAt || (a.promiseId < b.promiseId ? -1 : 1),
  );
  const paidMinor = new Map<string, number>();
  const left = receipts.map((receipt) => ({
    ...receipt,
    minor: inOrder.reduce(
      (minor, promise) => minor - fill(promise, { ...receipt, minor }, paidMinor),
      receipt.minor,
    ),
  }));
  return {
    left: left.filter(({ minor }) => minor > 0),
    promises: inOrder.map((promise) =>
      stand(promise, paidMinor.get(promise.promiseId) ?? 0, { now, curedAt }),
    ),
  };
}

/** What a promise takes of a payment, in minor units. */
function fill(promise: PaymentPromise, receipt: Receipt, paidMinor: Map<string, number>): number {
  if (promise.cancelled !== undefined || receipt.at >= promise.settlesAt || !countsToward(promise, receipt))
    return 0;
  const before = paidMinor.get(promise.promiseId) ?? 0;
  const taken = Math.min(receipt.minor, toMinor(promise.amount, countedDigits(promise.currency)) - before);
  paidMinor.set(promise.promiseId, before + taken);
  return taken;
}

function stand(
  promise: PaymentPromise,
  paidMinor: number,
  { now, curedAt }: { readonly now: number; readonly curedAt: number | undefined },
): StandingPromise {
  const paid = fromMinor(paidMinor, countedDigits(promise.currency));
  return { promise, paid, state: stateOf() };

  function stateOf(): PromiseState {
    if (promise.cancelled !== undefined) return 'cancelled';
    const isCured = curedAt !== undefined && curedAt >= promise.madeAt && curedAt < promise.settlesAt;
    if (paid >= promise.enough || isCured) return 'kept';
    if (now < promise.settlesAt) return 'open';
    return paidMinor > 0 ? 'partial' : 'broken';
  }
}
