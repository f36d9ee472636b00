import * as z from 'zod';
import { ViaSchema } from './agreement.ts';
import { IdSchema, InstantMsSchema, textLengthMax } from './primitives.ts';

/** What a person, or somebody for them, can do about an account. */
export const actKinds = [
  'promise',
  'extension',
  'plan',
  'withdraw',
  'due_date_change',
  'fee_waiver',
  'hardship',
  'dispute',
  'fraud',
  'wrong_party',
  'call_me',
  'contact_times',
  'language',
  'opt_out',
  'opt_in',
  'survey',
  'hold',
  'end_hold',
  'identity_try',
] as const;
export const ActKindSchema = z.enum(actKinds);
export type ActKind = z.infer<typeof ActKindSchema>;

/**
 * That something was done, written together with all that it changed. `actId` makes it happen once: a form sent twice, a
 * callback told again and a second device find it there and get the same answer.
 */
export const ActSchema = z.strictObject({
  actId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema.optional(),
  kind: ActKindSchema,
  via: ViaSchema,
  at: InstantMsSchema,
  /** `debtor`, or who did it for them. */
  by: z.string().min(1).max(200),
  /** `done`: carried out. `referred`: noted, and a person decides. */
  outcome: z.enum(['done', 'referred']),
  /** What it made or changed: id of a promise, plan, hold or case. */
  made: IdSchema.optional(),
  /** What was asked, for people: an amount, a day, a score. */
  asked: z.record(z.string().max(40), z.union([z.string().max(textLengthMax), z.number()])).optional(),
});
export type Act = z.infer<typeof ActSchema>;
