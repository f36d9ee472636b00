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

/** Most times that money of one payment may be taken back or given again. */
export const reversalsMax = 20;

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
  /**
   * When a payment moved `dueDate` forward, or a reversal moved it back or opened a cured account again. Steps that fell
   * due before that day are not caught up.
   */
  agedSince: InstantMsSchema.optional(),
  /** When a feed last told that nothing is past due any more, where before something was. */
  curedAt: InstantMsSchema.optional(),
  riskScore: z.number().min(0).max(1).optional(),
  /** `x_…` columns of the feed, for conditions in strategies. */
  attributes: z.record(z.string().max(64), z.string().max(textLengthMax)),
  /** Content hash of the feed row this account was last written from: the same row again changes nothing. */
  feedHash: z.string(),
});
export type Account = z.infer<typeof AccountSchema>;

/** Who told a payment: the creditor's feed or API, the issuer's pay page, or a payment provider. */
export const PaymentSourceSchema = z.enum(['creditor', 'issuer_page', 'provider_page']);
export type PaymentSource = z.infer<typeof PaymentSourceSchema>;

/**
 * A payment that was booked. `paymentId` makes it idempotent. A refund or a chargeback takes back a part or all of it:
 * what counts is `amount` less `reversed`.
 */
export const PaymentSchema = z.strictObject({
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: InstantMsSchema,
  /** Absent: the creditor. */
  source: PaymentSourceSchema.optional(),
  /** When it became known here. Absent in payments of before it was kept. */
  toldAt: InstantMsSchema.optional(),
  /** What of it lowered the account, by instalment, and the feed row that was in force: by this it can be taken back. */
  applied: z
    .strictObject({
      feedHash: z.string(),
      instalments: z.array(InstalmentSchema).max(instalmentsMax),
      balance: AmountSchema,
    })
    .optional(),
  /** What was more than the account's balance. */
  overpaid: AmountSchema.optional(),
  /** What was taken back, by reversal id: each counts once. */
  reversals: z
    .array(
      z.strictObject({
        reversalId: IdSchema,
        amount: AmountSchema.positive(),
        at: InstantMsSchema,
        why: z.string().max(200),
      }),
    )
    .max(reversalsMax)
    .optional(),
  /** Reversals that were themselves taken back (a dispute that was won), told before or after them: they never count. */
  reinstated: z.array(IdSchema).max(reversalsMax).optional(),
});
export type Payment = z.infer<typeof PaymentSchema>;
