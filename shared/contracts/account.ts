import * as z from 'zod';
import {
  AmountSchema,
  CurrencySchema,
  IdSchema,
  InstantMsSchema,
  LocalDateSchema,
  textLengthMax,
} from './primitives.ts';

/** Most instalments that one account may have open: 30 years of months. */
export const instalmentsMax = 360;

/** One unpaid instalment: what fell due when, in the account's currency. */
export const InstalmentSchema = z.strictObject({ dueDate: LocalDateSchema, amount: AmountSchema });
export type Instalment = z.infer<typeof InstalmentSchema>;

/** A card or loan account as the creditor's feed last told it, less the payments told since. */
export const AccountSchema = z.strictObject({
  accountId: IdSchema,
  debtorId: IdSchema,
  creditor: IdSchema,
  product: IdSchema,
  currency: CurrencySchema,
  balance: AmountSchema,
  /** Sum of the unpaid instalments whose due date has passed; 0 is an account in good standing. */
  pastDue: AmountSchema,
  minimumDue: AmountSchema,
  /** Due date of the oldest unpaid instalment, or of the next one when nothing is past due. */
  dueDate: LocalDateSchema,
  /** Unpaid instalments, oldest first; their sum is `pastDue`. */
  instalments: z.array(InstalmentSchema).max(instalmentsMax),
  /** When a payment moved `dueDate` forward. Steps that fell due before that day are not caught up. */
  agedSince: InstantMsSchema.optional(),
  riskScore: z.number().min(0).max(1).optional(),
  /** `x_…` columns of the feed, for conditions in strategies. */
  attributes: z.record(z.string().max(64), z.string().max(textLengthMax)),
  /** Content hash of the feed row this account was last written from: the same row again changes nothing. */
  feedHash: z.string(),
});
export type Account = z.infer<typeof AccountSchema>;

/** A payment that the creditor booked. `paymentId` makes it idempotent. */
export const PaymentSchema = z.strictObject({
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: InstantMsSchema,
});
export type Payment = z.infer<typeof PaymentSchema>;
