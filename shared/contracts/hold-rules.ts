import * as z from 'zod';
import { HoldKindSchema } from './hold.ts';
import { IdSchema } from './primitives.ts';

/** Longest hold that may be configured, in days: ten years. */
const holdDaysMax = 3_660;

const HoldRuleSchema = z.strictObject({
  scope: z
    .enum(['account', 'debtor'])
    .describe('`account`: the one it was told about. `debtor`: everything that the person owes.'),
  days: z
    .int()
    .min(1)
    .max(holdDaysMax)
    .optional()
    .describe('Length when nobody names an end, in days; absent: until somebody ends it.'),
  daysMax: z
    .int()
    .min(1)
    .max(holdDaysMax)
    .optional()
    .describe('Longest that may be asked for, in days; absent: no limit.'),
  opensCase: z.boolean().describe('Whether a person looks at it at once.'),
  atEnd: z
    .enum(['resume', 'review'])
    .describe('After its last day: contacts go on, or a person looks first.'),
  queue: IdSchema.describe('Queue of these people: a file in config/queues.'),
});
export type HoldRule = z.infer<typeof HoldRuleSchema>;

/** config/holds.yaml: how long each kind of hold lasts, what it covers and who looks at it. What it suspends is the law's to say: config/policies. */
export const HoldRulesSchema = z.strictObject({
  holds: z.record(HoldKindSchema, HoldRuleSchema).describe('By kind; every kind has its rule.'),
});
export type HoldRules = z.infer<typeof HoldRulesSchema>;
