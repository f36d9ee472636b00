import type { Payment } from '#shared/contracts/account.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import { at } from './person.ts';

/** A promise of 60 on account A1, made on 3 March 2026, for the 10th, decided at the end of the 11th in Shanghai. */
export function promise(changes: Partial<PaymentPromise> = {}): PaymentPromise {
  const amount = changes.amount ?? 60;
  return {
    promiseId: 'promise-1',
    debtorId: 'P1',
    accountId: 'A1',
    currency: 'CNY',
    madeAt: at('2026-03-03T04:00:00Z'),
    countsFrom: at('2026-03-02T16:00:00Z'),
    paidBefore: [],
    via: 'page',
    basis: 'promise',
    enough: amount,
    dueDate: '2026-03-10',
    settlesAt: at('2026-03-11T16:00:00Z'),
    ...changes,
    amount,
  };
}

/** A plan of 30 + 30 + 40 on account A1: due on 10 March, 10 April and 10 May 2026, each decided a day later. */
export function plan(changes: Partial<PaymentPlan> = {}): PaymentPlan {
  return {
    planId: 'plan-1',
    debtorId: 'P1',
    accountId: 'A1',
    currency: 'CNY',
    madeAt: at('2026-03-03T04:00:00Z'),
    countsFrom: at('2026-03-02T16:00:00Z'),
    paidBefore: [],
    via: 'page',
    instalments: [
      { dueDate: '2026-03-10', amount: 30, settlesAt: at('2026-03-11T16:00:00Z') },
      { dueDate: '2026-04-10', amount: 30, settlesAt: at('2026-04-11T16:00:00Z') },
      { dueDate: '2026-05-10', amount: 40, settlesAt: at('2026-05-11T16:00:00Z') },
    ],
    missedMax: 0,
    reviveWithinMs: 10 * 86_400_000,
    revivalsMax: 1,
    ...changes,
  };
}

/** A payment of 60 on account A1, booked on 9 March 2026. */
export function paid(changes: Partial<Payment> = {}): Payment {
  return {
    paymentId: 'pay-1',
    debtorId: 'P1',
    accountId: 'A1',
    amount: 60,
    currency: 'CNY',
    bookedAt: at('2026-03-09T04:00:00Z'),
    ...changes,
  };
}

/** A dispute about account A1 from 3 March 2026 for ten days; people look at it only at its end. */
export function held(changes: Partial<Hold> = {}): Hold {
  return {
    holdId: 'hold-1',
    debtorId: 'P1',
    kind: 'dispute',
    accountId: 'A1',
    from: '2026-03-03',
    until: '2026-03-12',
    placedAt: at('2026-03-03T04:00:00Z'),
    via: 'page',
    by: 'debtor',
    why: 'not mine',
    atEnd: 'review',
    queue: 'human',
    opensCase: false,
    ...changes,
  };
}
