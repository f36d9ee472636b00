import * as z from 'zod';
import { ChannelSchema, IdSchema, WallTimeSchema } from './primitives.ts';

/** Earliest day before the due date on which a step may hang, in days. */
const daysBeforeDueMax = 30;
/** Latest day past due on which the machine contacts anyone, in days; later stages only route to people. */
const daysPastDueMax = 180;
/** Days from an overdue notice to the date to pay by, where a step names none. */
export const payWithinDaysDefault = 7;
const daysPastDue = z.int().min(-daysBeforeDueMax).max(daysPastDueMax);

/** A part of a local day, half-open; contacts are spread over it by a hash of the person, so that no burst arises. */
export const PreferredTimesSchema = z
  .strictObject({
    from: WallTimeSchema.describe('Local time at which contacts of this step begin, HH:MM.'),
    to: WallTimeSchema.describe('Local time before which they should be done, HH:MM.'),
  })
  .refine((times) => times.from < times.to, { message: 'must be later than `from`', path: ['to'] });
export type PreferredTimes = z.infer<typeof PreferredTimesSchema>;

export const FallbackSchema = z.strictObject({
  channel: ChannelSchema.describe('Channel to try when the first one brought no delivery or answer.'),
  template: IdSchema.describe('Template for that channel.'),
  afterHours: z.number().min(0.25).max(240).describe('Hours to wait for a delivery or an answer before it.'),
});

/** One planned contact, hung on the days past due of the account's oldest unpaid instalment. */
export const StepSchema = z.strictObject({
  id: IdSchema.describe('Name of the step, unique in the strategy; it appears in the ledger.'),
  daysPastDue: daysPastDue.describe('Day on which the step falls: negative before the due date, 0 on it.'),
  channel: ChannelSchema.describe('Channel that is tried first.'),
  template: IdSchema.describe('Template name under config/templates/<locale>/.'),
  purpose: z.enum(['reminder', 'collection']).describe('What the law takes this contact for.'),
  preferred: PreferredTimesSchema.optional().describe("Instead of the strategy's preferred times."),
  payWithinDays: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe(
      `Days until the date to pay by that an overdue notice names; absent: ${String(payWithinDaysDefault)}.`,
    ),
  fallback: FallbackSchema.optional().describe('Second try of the same step by another channel.'),
});
export type Step = z.infer<typeof StepSchema>;

export const StageSchema = z
  .strictObject({
    id: IdSchema.describe('Name of the stage; it appears in the ledger and in reports.'),
    from: daysPastDue.describe('First day past due of the stage.'),
    to: daysPastDue.describe('Last day past due of the stage, inclusive.'),
    steps: z.array(StepSchema).max(60).describe('Contacts of the stage, each on a day of its own.'),
  })
  .refine((stage) => stage.from <= stage.to, { message: 'must not be before `from`', path: ['to'] });
export type Stage = z.infer<typeof StageSchema>;

/** A strategy file: which contacts an account gets while it ages, and when people take over. */
export const StrategySchema = z
  .strictObject({
    strategy: IdSchema.describe('Name of the strategy; equals the file name.'),
    version: z
      .string()
      .regex(/^\d{4}\.\d{1,2}\.\d+$/, 'write YEAR.MONTH.NUMBER, for example 2026.11.0')
      .describe('Raise it with every change: decisions are explained by it.'),
    title: z.string().max(200).describe('What it is for, in a few words.'),
    products: z.array(IdSchema).min(1).optional().describe('Products it is for; absent: all.'),
    creditors: z.array(IdSchema).min(1).optional().describe('Creditors it is for; absent: all.'),
    preferred: PreferredTimesSchema.describe('When in the local day contacts are made.'),
    stages: z
      .array(StageSchema)
      .min(1)
      .max(12)
      .describe('Stages in order of days past due, without overlap.'),
    escalation: z
      .strictObject({
        queue: z.literal('human').describe('Queue that takes an account whose steps are used up.'),
        afterDays: z.int().min(0).max(60).describe('Days to wait after the last step.'),
      })
      .describe('What becomes of an account when its steps are used up.'),
  })
  .superRefine((strategy, context) => {
    const seen = new Set<string>();
    let previousTo = Number.NEGATIVE_INFINITY;
    for (const [stageIndex, stage] of strategy.stages.entries()) {
      if (stage.from <= previousTo) {
        context.addIssue({
          code: 'custom',
          path: ['stages', stageIndex, 'from'],
          message: 'lies inside the stage above: stages follow one another',
        });
      }
      previousTo = stage.to;
      for (const [stepIndex, step] of stage.steps.entries()) {
        const path = ['stages', stageIndex, 'steps', stepIndex];
        if (seen.has(step.id)) {
          context.addIssue({
            code: 'custom',
            path: [...path, 'id'],
            message: `is "${step.id}" a second time`,
          });
        }
        seen.add(step.id);
        if (step.daysPastDue < stage.from || step.daysPastDue > stage.to) {
          context.addIssue({
            code: 'custom',
            path: [...path, 'daysPastDue'],
            message: `is day ${String(step.daysPastDue)}, outside the stage (${String(stage.from)} to ${String(stage.to)})`,
          });
        }
      }
    }
  });
export type Strategy = z.infer<typeof StrategySchema>;
