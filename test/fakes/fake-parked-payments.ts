import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { parkedIdOf, paymentIdOf } from '#shared/core/payments/parked-id.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';

/** Parked payments in memory, with the conditions of the real ones (test/suites/parked-payments.suite.ts runs on both). */
export function createFakeParkedPayments(): ParkedPayments {
  const parkedById = new Map<string, ParkedPayment>();
  const all = () => [...parkedById].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, parked]) => parked);
  return {
    park: (parked) => {
      const id = parkedIdOf(parked);
      if (parkedById.has(id)) return Promise.resolve('repeated');
      parkedById.set(id, structuredClone(parked));
      return Promise.resolve('parked');
    },
    waiting: (limit) => {
      const waiting = all().filter(({ settled }) => settled === undefined);
      return Promise.resolve(waiting.sort((a, b) => a.parkedAt - b.parkedAt).slice(0, limit));
    },
    about: (paymentId) => Promise.resolve(all().filter((one) => paymentIdOf(parkedIdOf(one)) === paymentId)),
    settle: (parkedId, settled) => {
      const parked = parkedById.get(parkedId);
      if (parked === undefined || parked.settled !== undefined) return Promise.resolve('conflict');
      parkedById.set(parkedId, { ...parked, settled });
      return Promise.resolve('done');
    },
  };
}
