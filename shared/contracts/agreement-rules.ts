import * as z from 'zod';
import { planInstalmentsMax } from './agreement.ts';
import { ConditionSchema } from './condition.ts';
import { AmountSchema, ChannelSchema, CurrencySchema, IdSchema } from './primitives.ts';

const share = z.number().min(0).max(1);
/** Furthest date that anybody may agree on, in days. */
const daysMax = 366;
const days = z.int().min(0).max(daysMax);
const AmountsSchema = z.record(CurrencySchema, AmountSchema.positive());

const PromiseRulesSchema = z.strictObject({
  horizonDays: days.min(1).describe('Latest date of a promise, in days from today.'),
  shareMin: share.describe('Least share of what is past due that a promise must cover.'),
  openMax: z.int().min(1).max(20).describe('Most promises open at once on one account.'),
  brokenMax: z
    .int()
    .min(0)
    .max(100)
    .describe('Broken promises on an account, up to which a new one is taken; more go to people.'),
  graceBusinessDays: z
    .int()
    .min(0)
    .max(30)
    .describe(
      "Business days of the creditor's calendar after the date in which a payment may still be booked.",
    ),
  keptShare: share.min(0.5).describe('Share of the amount from which a promise counts as kept.'),
  remindDaysBefore: z
    .int()
    .min(0)
    .max(30)
    .optional()
    .describe('Days before the date on which its one reminder goes out, 0 on the day itself; absent: none.'),
  followUp: z
    .boolean()
    .describe('Whether one message follows when a promise was not kept, before the strategy goes on.'),
});

const PlanRulesSchema = z.strictObject({
  instalmentsMax: z.int().min(2).max(planInstalmentsMax).describe('Most instalments.'),
  termDays: days.describe('Latest date of the last instalment, in days from today.'),
  firstWithinDays: days.describe('Latest date of the first instalment, in days from today.'),
  firstShareMin: share.describe('Least share of the whole sum in the first instalment.'),
  amountMin: AmountsSchema.optional().describe('Least amount of one instalment, by currency.'),
  every: z
    .array(z.enum(['week', 'two_weeks', 'month']))
    .min(1)
    .describe('Intervals that are offered.'),
  missedMax: z
    .int()
    .min(0)
    .max(12)
    .describe('Missed instalments that are tolerated; one more breaches the plan.'),
  reviveWithinDays: days.describe('Days after a breach in which paying what is due revives the plan.'),
  revivalsMax: z.int().min(0).max(12).describe('Times that one plan may be revived.'),
});

const ExtensionRulesSchema = z.strictObject({
  daysMax: days.min(1).describe('Latest new date, in days from today.'),
  perYearMax: z.int().min(1).max(12).describe('Extensions of one account in 365 days.'),
});

const overridable = {
  promises: PromiseRulesSchema.partial().optional().describe('Instead of what stands above.'),
  plans: PlanRulesSchema.partial()
    .nullable()
    .optional()
    .describe('Instead of what stands above; null: none are offered.'),
  extensions: ExtensionRulesSchema.nullable().optional().describe('Instead; null: none are offered.'),
};

/** Questions that tell whether the right person is there: what the creditor's feed knows of them. */
export const IdentityFactSchema = z.enum(['birth_date', 'postal_code', 'account_ending']);
export type IdentityFact = z.infer<typeof IdentityFactSchema>;

/** config/agreements.yaml: what a person may agree on by themselves, and what follows from it. */
export const AgreementRulesSchema = z.strictObject({
  promises: PromiseRulesSchema.describe('Promises to pay.'),
  plans: PlanRulesSchema.nullable().describe('Payment plans; null: none are offered.'),
  extensions: ExtensionRulesSchema.nullable().describe(
    'More time for all that is past due; null: none is offered.',
  ),
  dueDateChange: z
    .strictObject({
      days: z.array(z.int().min(1).max(28)).min(1).max(28).describe('Days of the month that may be chosen.'),
      perYearMax: z.int().min(1).max(12).describe('Changes of one account in 365 days.'),
    })
    .nullable()
    .describe('Another due day; null: not offered. People carry it out.'),
  feeWaiver: z
    .strictObject({
      amountMax: AmountsSchema.describe('Most that is waived without a decision of a person, by currency.'),
      perYearMax: z.int().min(1).max(12).describe('Waivers of one account in 365 days.'),
    })
    .nullable()
    .describe(
      'Waiver of late fees; null: not offered. Within the limits it is promised, and people carry it out.',
    ),
  overrides: z
    .array(
      z.strictObject({ when: ConditionSchema.describe('What must hold of the account.'), ...overridable }),
    )
    .max(20)
    .describe('Other rules for some accounts; the first that fits counts.'),
  queue: IdSchema.describe(
    'Queue of the people who decide on or carry out what is asked: a file in config/queues.',
  ),
  confirm: z
    .strictObject({
      channels: z
        .array(ChannelSchema)
        .max(3)
        .describe('By which confirmations, receipts and reminders of promises go, in order of preference.'),
      withinHours: z
        .number()
        .min(0.25)
        .max(72)
        .describe('A confirmation or receipt that could not go out for so long is dropped.'),
    })
    .describe('Messages about what was agreed or paid.'),
  receipts: z
    .array(z.enum(['creditor', 'issuer_page', 'provider_page']))
    .describe('By who told it: payments for which a receipt is sent.'),
  survey: z
    .strictObject({
      afterDays: days.describe('Days after the account was cured.'),
      invite: z.boolean().describe('Whether a message asks for it; otherwise the page after a payment does.'),
    })
    .describe('The question how it went.'),
  links: z
    .strictObject({
      days: days.min(1).describe('Days for which a personal link opens.'),
      identity: z
        .array(IdentityFactSchema)
        .min(1)
        .describe(
          'What the person is asked for before anything is told; the first that the feed knows of them.',
        ),
      triesMax: z.int().min(1).max(10).describe('Wrong answers after which a link is closed.'),
      sessionMinutes: z
        .int()
        .min(5)
        .max(120)
        .describe('How long a page stays open after the right answer, in minutes.'),
    })
    .describe('The pages that a personal link opens.'),
});
export type AgreementRules = z.infer<typeof AgreementRulesSchema>;
export type PromiseRules = z.infer<typeof PromiseRulesSchema>;
export type PlanRules = z.infer<typeof PlanRulesSchema>;
export type ExtensionRules = z.infer<typeof ExtensionRulesSchema>;
