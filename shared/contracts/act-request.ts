import * as z from 'zod';
import { planInstalmentsMax, ViaSchema } from './agreement.ts';
import { HoldKindSchema } from './hold.ts';
import { PersonalWindowSchema, personalWindowsMax } from './personal-window.ts';
import {
  AmountSchema,
  ChannelSchema,
  CurrencySchema,
  IdSchema,
  InstantMsSchema,
  LocalDateSchema,
  LocaleSchema,
  textLengthMax,
} from './primitives.ts';

/** Best mark of a survey; the least is 1. */
export const surveyScoreMax = 5;

const text = z.string().trim().max(textLengthMax);
const why = text.min(1);

const who = {
  actId: IdSchema,
  debtorId: IdSchema,
  via: ViaSchema,
  by: z.string().min(1).max(200),
};
const onAccount = { ...who, accountId: IdSchema };
const confirmBy = ChannelSchema.optional();

/**
 * Something that a person wants, from wherever it came: the pages, the callbacks, replies, calls and agents all make these,
 * and core/acts decides on them alike. Amounts are in major units of the account's currency.
 */
export const ActRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('promise'),
    ...onAccount,
    amount: AmountSchema.positive(),
    /** Checked against the account's when told. */
    currency: CurrencySchema.optional(),
    date: LocalDateSchema,
    confirmBy,
    /** The open promise whose place it takes. */
    replaces: IdSchema.optional(),
  }),
  /** More time for all that is past due. */
  z.strictObject({ kind: z.literal('extension'), ...onAccount, date: LocalDateSchema, confirmBy }),
  z.strictObject({
    kind: z.literal('plan'),
    ...onAccount,
    instalments: z.int().min(2).max(planInstalmentsMax),
    firstDate: LocalDateSchema,
    /** Absent: all instalments alike. */
    firstAmount: AmountSchema.positive().optional(),
    every: z.enum(['week', 'two_weeks', 'month']),
    confirmBy,
  }),
  /** Ends an open promise or plan; reminders go on. */
  z.strictObject({ kind: z.literal('withdraw'), ...onAccount, agreement: IdSchema }),
  z.strictObject({ kind: z.literal('due_date_change'), ...onAccount, day: z.int().min(1).max(28) }),
  z.strictObject({ kind: z.literal('fee_waiver'), ...onAccount, amount: AmountSchema.positive(), why: text }),
  z.strictObject({ kind: z.literal('hardship'), ...onAccount, why: text }),
  z.strictObject({ kind: z.literal('dispute'), ...onAccount, why }),
  z.strictObject({ kind: z.literal('fraud'), ...onAccount, why: text }),
  /** Whoever is reached there is somebody else. */
  z.strictObject({
    kind: z.literal('wrong_party'),
    ...who,
    channel: ChannelSchema,
    destination: z.string().max(254),
  }),
  z.strictObject({ kind: z.literal('call_me'), ...onAccount, at: InstantMsSchema.optional(), note: text }),
  z.strictObject({
    kind: z.literal('contact_times'),
    ...who,
    windows: z.array(PersonalWindowSchema).max(personalWindowsMax),
  }),
  z.strictObject({ kind: z.literal('language'), ...who, language: LocaleSchema }),
  z.strictObject({
    kind: z.enum(['opt_out', 'opt_in']),
    ...who,
    channel: ChannelSchema,
    number: z.string().max(254).optional(),
  }),
  z.strictObject({
    kind: z.literal('survey'),
    ...who,
    score: z.int().min(1).max(surveyScoreMax),
    note: text,
  }),
  z.strictObject({
    kind: z.literal('hold'),
    ...who,
    hold: HoldKindSchema,
    /** Absent: everything that the person owes. */
    accountId: IdSchema.optional(),
    /** Absent: today where the person lives. */
    from: LocalDateSchema.optional(),
    /** Absent: as config/holds.yaml says. */
    until: LocalDateSchema.optional(),
    why,
  }),
  z.strictObject({ kind: z.literal('end_hold'), ...who, holdId: IdSchema, why }),
  /** Both identity questions of a call were answered. Written before anything is told. */
  z.strictObject({ kind: z.literal('identity_try'), ...who, answers: z.enum(['right', 'wrong']) }),
]);
export type ActRequest = z.infer<typeof ActRequestSchema>;
export type ActRequestOf<K extends ActRequest['kind']> = Extract<ActRequest, { readonly kind: K }>;

/** Why a request is refused. The words after it say what would be taken. */
export const actRefusals = [
  'unknown_person',
  'unknown_account',
  'nothing_due',
  'wrong_currency',
  'too_many_decimals',
  'amount_too_small',
  'amount_too_large',
  'date_past',
  'date_too_late',
  'too_many_open',
  'too_many_broken',
  'plan_running',
  'plan_not_offered',
  'too_many_instalments',
  'first_amount_too_small',
  'extension_not_offered',
  'used_up',
  'day_not_offered',
  'no_such_agreement',
  'no_such_hold',
  'hold_too_long',
  'act_id_reused',
] as const;
export type ActRefusal = (typeof actRefusals)[number];
