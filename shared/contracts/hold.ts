import * as z from 'zod';
import { ViaSchema } from './agreement.ts';
import { IdSchema, InstantMsSchema, LocalDateSchema, textLengthMax } from './primitives.ts';

/**
 * Why contact rests, in the words of the rule packs. A pack says what a kind suspends and for how long; a kind that none
 * mentions suspends everything. An open promise or plan of ours is the hold `promise` or `instalment_agreement` by itself.
 */
export const holdKinds = [
  'dispute',
  'hardship',
  'bankruptcy',
  'deceased',
  'attorney',
  'cease',
  'breathing_space',
  'mental_health_crisis',
  'disaster',
  'bereavement',
  'fraud',
  'instalment_agreement',
  'complaint',
  'debt_review',
  'manual',
] as const;
export const HoldKindSchema = z.enum(holdKinds);
export type HoldKind = z.infer<typeof HoldKindSchema>;

/** A time without contact about one account, or to the whole person. Dates are those where the person lives. */
export const HoldSchema = z.strictObject({
  holdId: IdSchema,
  debtorId: IdSchema,
  kind: HoldKindSchema,
  /** Absent: everything that the person owes. */
  accountId: IdSchema.optional(),
  from: LocalDateSchema,
  /** Last held date, inclusive; absent: until somebody ends it, or as long as the rule of a pack says. */
  until: LocalDateSchema.optional(),
  placedAt: InstantMsSchema,
  via: ViaSchema,
  /** Who placed it: the person themselves (`debtor`), or a name. */
  by: z.string().min(1).max(200),
  why: z.string().max(textLengthMax),
  /** After `until`: contacts go on, or a person looks first. */
  atEnd: z.enum(['resume', 'review']),
  /** Queue of the people who look at it at once, and at its end when `atEnd` says so. */
  queue: IdSchema,
  /** Whether a case is opened as soon as it is placed. */
  opensCase: z.boolean(),
  ended: z
    .strictObject({ at: InstantMsSchema, by: z.string().min(1).max(200), why: z.string().max(textLengthMax) })
    .optional(),
});
export type Hold = z.infer<typeof HoldSchema>;
