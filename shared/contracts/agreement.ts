import * as z from 'zod';
import {
  AmountSchema,
  ChannelSchema,
  CurrencySchema,
  IdSchema,
  InstantMsSchema,
  LocalDateSchema,
} from './primitives.ts';

/** By which way something reached us: a link page, a signed callback, a reply, an inbound or outbound call, a person of ours, an API caller. */
export const ViaSchema = z.enum(['page', 'callback', 'reply', 'call', 'agent', 'api']);

/** Most payments that an agreement remembers as made before it. */
const paidBeforeMax = 50;
/** Most instalments of one plan. */
export const planInstalmentsMax = 60;

/** What promises and plans have in common. */
const agreed = {
  debtorId: IdSchema,
  accountId: IdSchema,
  currency: CurrencySchema,
  madeAt: InstantMsSchema,
  /** Start of the creditor's day on which it was made: payments booked from then on count. */
  countsFrom: InstantMsSchema,
  /** Payments booked from `countsFrom` on that were known when it was made: they do not count. */
  paidBefore: z.array(IdSchema).max(paidBeforeMax),
  via: ViaSchema,
  /** Channel by which it is confirmed; absent: it was confirmed where it was made. */
  confirmBy: ChannelSchema.optional(),
  /** When it ended before its time, by whom or what. It then counts neither as kept nor as broken. */
  cancelled: z
    .strictObject({ at: InstantMsSchema, why: z.enum(['replaced', 'withdrawn', 'hold']) })
    .optional(),
};

/**
 * A promise to pay: an amount by a date. How it stands (open, kept, partial, broken) is nowhere stored: it follows from the
 * payments booked and the clock alone (core/agreements/promise-standing.ts), so that it does not hang on the order of events.
 *
 * `extension`: the creditor granted a later date, within its rules; otherwise like a promise.
 */
export const PromiseSchema = z.strictObject({
  promiseId: IdSchema,
  ...agreed,
  basis: z.enum(['promise', 'extension']),
  amount: AmountSchema.positive(),
  /** Paid this much it counts as kept; the configured share of `amount`. */
  enough: AmountSchema.positive(),
  dueDate: LocalDateSchema,
  /** End of the last day on which a payment may be booked: `dueDate` and the settlement grace in business days. From then on it is decided. */
  settlesAt: InstantMsSchema,
});
export type PaymentPromise = z.infer<typeof PromiseSchema>;

/** An agreed plan: a series of promises that stand and fall together. */
export const PlanSchema = z.strictObject({
  planId: IdSchema,
  ...agreed,
  instalments: z
    .array(
      z.strictObject({
        dueDate: LocalDateSchema,
        amount: AmountSchema.positive(),
        settlesAt: InstantMsSchema,
      }),
    )
    .min(1)
    .max(planInstalmentsMax),
  /** Missed instalments that are tolerated; one more breaches the plan. */
  missedMax: z.int().nonnegative(),
  /** How long after a breach paying what is due by then revives it, in milliseconds. */
  reviveWithinMs: z.int().nonnegative(),
  revivalsMax: z.int().nonnegative(),
});
export type PaymentPlan = z.infer<typeof PlanSchema>;
