import * as z from 'zod';

/** Shortest reason that says anything, in characters. */
const reasonLengthMin = 10;
const reasonLengthMax = 500;

const RuleIdSchema = z
  .string()
  .regex(/^[a-z0-9-]+\/[A-Za-z0-9._-]+$/, 'write PACK/RULE, for example cn-gbt45251/daily-calls');

/** config/rules.yaml: what a deployment decides about single rules of the packs, in writing. */
export const RuleDecisionsSchema = z.strictObject({
  relax: z
    .record(RuleIdSchema, z.string().min(reasonLengthMin).max(reasonLengthMax))
    .optional()
    .describe(
      'Rules of force `should` or `house` that do not deny here, by PACK/RULE, each with the reason; it stands in every decision that the rule would have denied.',
    ),
  enforceUnverified: z
    .array(RuleIdSchema)
    .max(1_000)
    .optional()
    .describe('Rules with `status: unverified` that deny here all the same, as PACK/RULE.'),
});
export type RuleDecisions = z.infer<typeof RuleDecisionsSchema>;
