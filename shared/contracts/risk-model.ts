import * as z from 'zod';
import { IdSchema } from './primitives.ts';

/**
 * What the model may look at: behaviour of the account only. Sex, education, marriage and age are left out on purpose:
 * to treat debtors by them is discrimination in credit in many places.
 */
export const riskFeatureNames = ['monthsLate', 'creditUse', 'timesLate', 'paidLastMonth'] as const;
export const RiskFeatureNameSchema = z.enum(riskFeatureNames);
export type RiskFeatureName = z.infer<typeof RiskFeatureNameSchema>;

export const riskClasses = ['low', 'medium', 'high', 'very_high'] as const;
export const RiskClassSchema = z.enum(riskClasses);
export type RiskClass = z.infer<typeof RiskClassSchema>;

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
/** Most rows of a table of the measured quality. */
const tableRowsMax = 20;

const FeatureWeightSchema = z.strictObject({
  feature: RiskFeatureNameSchema.describe('What is looked at; docs/risk-model.md defines each.'),
  mean: z.number().describe('Mean over the accounts of the training; an unknown value counts as this one.'),
  scale: z.number().positive().describe('Standard deviation over the accounts of the training.'),
  weight: z
    .number()
    .min(-10)
    .max(10)
    .describe('Log-odds that one `scale` above the mean adds; above 0 makes a cure less likely.'),
});
export type FeatureWeight = z.infer<typeof FeatureWeightSchema>;

const CalibrationRowSchema = z.strictObject({
  rows: count.describe('Accounts of the row.'),
  predicted: share.describe('Mean of the predicted probabilities.'),
  observed: share.describe('Share that was in fact not cured.'),
});
export type CalibrationRow = z.infer<typeof CalibrationRowSchema>;

const QualitySchema = z.strictObject({
  name: z.string().max(100).describe('On which accounts, or by which rule.'),
  rows: count.describe('Accounts.'),
  notCured: share.describe('Share of them that was not cured.'),
  auc: share.describe('How well they are put in order: 0.5 is chance, 1 perfect (area under the ROC curve).'),
  brier: share.describe('Mean squared error of the probability; smaller is better.'),
  logLoss: z.number().nonnegative().describe('Mean negative log-likelihood; smaller is better.'),
});
export type Quality = z.infer<typeof QualitySchema>;

const TrainedOnSchema = z.strictObject({
  data: z.string().max(200).describe('Source of the data.'),
  snapshot: z.string().max(100).describe('When the accounts were looked at, and when their outcome.'),
  label: z.string().max(300).describe('What exactly is predicted.'),
  seed: count.describe('Seed that split the people.'),
  rows: count.describe('Accounts it was fitted to.'),
  notCured: share.describe('Share of them that was not cured.'),
});

const RiskClassBoundsSchema = z
  .strictObject({
    medium: share.describe('Least probability of not curing of the class `medium`; below it is `low`.'),
    high: share.describe('Least probability of the class `high`.'),
    veryHigh: share.describe('Least probability of the class `very_high`.'),
  })
  .refine(({ medium, high, veryHigh }) => medium < high && high < veryHigh, {
    message: 'must rise: medium, high, veryHigh',
  });
export type RiskClassBounds = z.infer<typeof RiskClassBoundsSchema>;

/** config/models/risk.yaml: a logistic model of who does not cure by itself; written by `dunwell model train`. */
export const RiskModelSchema = z.strictObject({
  model: IdSchema.describe('Name of the model.'),
  version: z
    .string()
    .regex(/^\d{4}\.\d{1,2}\.\d+$/, 'write YEAR.MONTH.NUMBER, for example 2026.11.0')
    .describe('Raise it with every training whose weights are to be used.'),
  intercept: z.number().min(-20).max(20).describe('Log-odds of an account with the mean of every feature.'),
  features: z
    .array(FeatureWeightSchema)
    .max(riskFeatureNames.length)
    .refine((list) => new Set(list.map(({ feature }) => feature)).size === list.length, {
      message: 'names a feature twice',
    })
    .describe('What each feature adds.'),
  classes: RiskClassBoundsSchema.describe('Where the risk classes begin.'),
  trainedOn: TrainedOnSchema.describe('Where the weights come from.'),
  heldOut: QualitySchema.extend({
    calibration: z
      .array(CalibrationRowSchema)
      .max(tableRowsMax)
      .describe('Tenths of the accounts by predicted probability, lowest first.'),
    byClass: z
      .strictObject({
        low: CalibrationRowSchema,
        medium: CalibrationRowSchema,
        high: CalibrationRowSchema,
        very_high: CalibrationRowSchema,
      })
      .describe('The same by risk class.'),
  }).describe('Quality on other people and a later month than it was fitted to.'),
  compared: z
    .array(QualitySchema)
    .max(tableRowsMax)
    .describe('The same figures on other accounts and of simpler rules, for comparison.'),
});
export type RiskModel = z.infer<typeof RiskModelSchema>;
