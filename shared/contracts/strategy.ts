import * as z from 'zod';
import { ConditionSchema } from './condition.ts';
import { payWithinDaysDefault } from './pay-within-days.ts';
import {
  AmountSchema,
  ChannelSchema,
  CurrencySchema,
  IdSchema,
  LocalDateSchema,
  WallTimeSchema,
} from './primitives.ts';

/** Earliest day before the due date on which a step may hang, in days. */
const daysBeforeDueMax = 30;
/** Latest day past due on which the machine contacts anyone, in days; later stages only route to people. */
const daysPastDueMax = 180;
const daysPastDue = z.int().min(-daysBeforeDueMax).max(daysPastDueMax);

/** A part of a local day, half-open; contacts are spread over it by a hash of the person, so that no burst arises. */
export const PreferredTimesSchema = z
  .strictObject({
    from: WallTimeSchema.describe('Local time at which contacts of this step begin, HH:MM.'),
    to: WallTimeSchema.describe('Local time before which they should be done, HH:MM.'),
  })
  .refine((times) => times.from < times.to, { message: 'must be later than `from`', path: ['to'] });
export type PreferredTimes = z.infer<typeof PreferredTimesSchema>;

/** Most channels of one try, and most fallbacks of one step. */
const channelsMax = ChannelSchema.options.length;
const fallbacksMax = 4;

const ChannelsSchema = z.union([ChannelSchema, z.array(ChannelSchema).min(1).max(channelsMax)]);
export type Channels = z.infer<typeof ChannelsSchema>;

const FallbackSchema = z.strictObject({
  channel: ChannelsSchema.describe(
    'Channel to try when what came before brought no delivery or answer; of a list the first that can be used.',
  ),
  template: IdSchema.describe('Template for that channel.'),
  afterHours: z.number().min(0.25).max(240).describe('Hours to wait for a delivery or an answer before it.'),
});

/** Longest least time between two contacts, in hours: a week. */
const gapHoursMax = 168;
const GapHoursSchema = z.number().min(0).max(gapHoursMax).optional();

const GapsSchema = z.strictObject({
  hours: GapHoursSchema.describe('Least hours after any contact to the person.'),
  sms: GapHoursSchema.describe('Least hours between two text messages to the person.'),
  email: GapHoursSchema.describe('Least hours between two e-mails to the person.'),
  call: GapHoursSchema.describe('Least hours between two calls to the person.'),
});
export type Gaps = z.infer<typeof GapsSchema>;

/** One planned contact, hung on the days past due of the account's oldest unpaid instalment. */
export const StepSchema = z.strictObject({
  id: IdSchema.describe('Name of the step, unique in the strategy; it appears in the ledger.'),
  daysPastDue: daysPastDue.describe('Day on which the step falls: negative before the due date, 0 on it.'),
  when: ConditionSchema.optional().describe(
    'The step is only for accounts of which this holds when its day has come; for others it does not exist.',
  ),
  channel: ChannelsSchema.describe(
    'Channel that is tried first; of a list the first that has an address, a text and permission.',
  ),
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
  fallback: z
    .union([FallbackSchema, z.array(FallbackSchema).min(1).max(fallbacksMax)])
    .optional()
    .describe('Further tries of the same step by other channels, one after the other.'),
});
export type Step = z.infer<typeof StepSchema>;

export const StageSchema = z
  .strictObject({
    id: IdSchema.describe('Name of the stage; it appears in the ledger and in reports.'),
    from: daysPastDue.describe('First day past due of the stage.'),
    to: daysPastDue.describe('Last day past due of the stage, inclusive.'),
    when: ConditionSchema.optional().describe(
      'Steps of the stage are only for accounts of which this holds.',
    ),
    steps: z.array(StepSchema).max(60).describe('Contacts of the stage, each on a day of its own.'),
  })
  .refine((stage) => stage.from <= stage.to, { message: 'must not be before `from`', path: ['to'] });
export type Stage = z.infer<typeof StageSchema>;

/** Why and where an account leaves the automation, or rests. */
const StopConditionSchema = z
  .strictObject({
    id: IdSchema.describe('Name of the condition, unique in the strategy; it is the reason that people see.'),
    when: ConditionSchema.describe('What must hold.'),
    then: z
      .enum(['wait', 'hand_over'])
      .describe('`wait`: no contact while it holds. `hand_over`: the account goes to the queue at once.'),
    queue: IdSchema.optional().describe('Queue for `hand_over`: a file in config/queues.'),
  })
  .refine(({ then, queue }) => (then === 'hand_over') === (queue !== undefined), {
    message: 'is for `hand_over`, which needs one',
    path: ['queue'],
  });
export type StopCondition = z.infer<typeof StopConditionSchema>;

const RouteSchema = z.strictObject({
  when: ConditionSchema.describe('What must hold; the first route that fits is taken.'),
  queue: IdSchema.describe('A file in config/queues; its kind makes the account a case or a placement.'),
});

/** Most stop conditions and routes of one strategy. */
const branchesMax = 20;

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
    segments: z.array(IdSchema).min(1).optional().describe('Segments it is for; absent: all.'),
    when: ConditionSchema.optional().describe('Further condition on the accounts it is for.'),
    priority: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'Of several strategies that match an account the highest is in force, then the narrowest; absent: 0.',
      ),
    challenger: z
      .literal(true)
      .optional()
      .describe('Chosen only by experiments and by decisions on single accounts, never by itself.'),
    effective: z
      .strictObject({
        from: LocalDateSchema.optional().describe('First date of this version; absent: always.'),
        to: LocalDateSchema.optional().describe('Last date of the strategy, inclusive; absent: for ever.'),
      })
      .optional()
      .describe('Dates, where the person lives, on which this version is in force.'),
    running: z
      .enum(['migrate', 'finish_stage'])
      .optional()
      .describe(
        'What becomes of accounts that are in a stage of the version before: `migrate` (default) takes them over at ' +
          'once, `finish_stage` lets them finish that stage by the version they began it with.',
      ),
    preferred: PreferredTimesSchema.describe('When in the local day contacts are made.'),
    gaps: GapsSchema.optional().describe('Least time between contacts, beside `gapMinutes` in limits.yaml.'),
    groupAccounts: z
      .boolean()
      .optional()
      .describe('Whether several accounts of a person may share one message; absent: true.'),
    smallBalances: z
      .record(CurrencySchema, AmountSchema.positive())
      .optional()
      .describe('By currency: accounts with less than this past due are left alone.'),
    stopWhen: z
      .array(StopConditionSchema)
      .max(branchesMax)
      .optional()
      .describe('Conditions that end or pause the contacts; the first that holds counts.'),
    stages: z
      .array(StageSchema)
      .min(1)
      .max(12)
      .describe('Stages in order of days past due, without overlap.'),
    escalation: z
      .strictObject({
        queue: IdSchema.describe(
          'Queue that takes an account whose steps are used up: a file in config/queues.',
        ),
        routes: z
          .array(RouteSchema)
          .max(branchesMax)
          .optional()
          .describe('Other queues for some accounts; none fits: `queue`.'),
        afterDays: z.int().min(0).max(60).describe('Days to wait after the last step.'),
      })
      .describe('What becomes of an account when its steps are used up.'),
  })
  .superRefine((strategy, context) => {
    const issue = (path: PropertyKey[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const { from, to } = strategy.effective ?? {};
    if (from !== undefined && to !== undefined && to < from)
      issue(['effective', 'to'], 'must not be before `from`');
    checkStages(strategy.stages, issue);
    const conditions = (strategy.stopWhen ?? []).map(({ id }) => id);
    for (const [index, id] of conditions.entries())
      if (conditions.indexOf(id) < index) issue(['stopWhen', index, 'id'], `is "${id}" a second time`);
  });
export type Strategy = z.infer<typeof StrategySchema>;

type TellIssue = (path: PropertyKey[], message: string) => void;

/** Stages follow one another, and each step stands in its stage under a name of its own. */
function checkStages(stages: readonly Stage[], issue: TellIssue): void {
  const seen = new Set<string>();
  let previousTo = Number.NEGATIVE_INFINITY;
  for (const [stageIndex, stage] of stages.entries()) {
    if (stage.from <= previousTo)
      issue(['stages', stageIndex, 'from'], 'lies inside the stage above: stages follow one another');
    previousTo = stage.to;
    for (const [stepIndex, step] of stage.steps.entries()) {
      const path = ['stages', stageIndex, 'steps', stepIndex];
      if (seen.has(step.id)) issue([...path, 'id'], `is "${step.id}" a second time`);
      seen.add(step.id);
      if (step.daysPastDue >= stage.from && step.daysPastDue <= stage.to) continue;
      const place = `outside the stage (${String(stage.from)} to ${String(stage.to)})`;
      issue([...path, 'daysPastDue'], `is day ${String(step.daysPastDue)}, ${place}`);
    }
  }
}
