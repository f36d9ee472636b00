import {
  riskFeatureNames,
  type CalibrationRow,
  type FeatureWeight,
  type RiskClass,
  type RiskFeatureName,
  type RiskModel,
} from '#shared/contracts/risk-model.ts';
import { riskFeatures } from '#shared/core/risk/risk-features.ts';
import {
  riskClassBoundsDefault as classes,
  riskClassOf,
  riskOf,
  type ScoringModel,
} from '#shared/core/risk/risk-of.ts';
import { seededRandom } from '../portfolio/seeded-random.ts';
import type { UciRecord } from '../portfolio/uci-record.ts';
import { fitLogistic } from './logistic-regression.ts';
import { calibrationOf, calibrationRow, qualityOf, type Prediction } from './prediction-quality.ts';
import { lateAccounts, notCured, type LateAccount } from './uci-outcomes.ts';

/** Share of the people that the model learns from; the others are kept for the test. */
const learnersShare = 0.7;
/** Strength of the ridge penalty: hardly felt by thousands of accounts. */
const l2 = 1;
const tenths = 10;
/** Digits after the point of weights. */
const weightDigits = 6;
/** A late account and its outcome: what is learnt from, and what a prediction is held against. */
interface Sample extends LateAccount {
  readonly outcome: 0 | 1;
}

export interface TrainingArgs {
  readonly seed: number;
  readonly version: string;
}

export interface Training {
  readonly model: RiskModel;
  /** Tenths of the accounts that the model was fitted to. */
  readonly fittedCalibration: readonly CalibrationRow[];
}

/**
 * Fits the risk model to the UCI records and measures it.
 *
 * It learns from the accounts of seven people in ten that were late at the end of June 2005: which of them were still
 * late at the end of July. It is tested on the accounts of the other three that were late in July, by their August: other
 * people in a later month. The same records, seed and version give the same model.
 */
export async function trainRiskModel(
  records: readonly UciRecord[],
  { seed, version }: TrainingArgs,
): Promise<Training> {
  const isLearner = ({ id }: UciRecord): boolean =>
    seededRandom(`model ${seed} ${id}`).happens(learnersShare);
  const learners = records.filter(isLearner);
  const others = records.filter((record) => !isLearner(record));
  const june = async (people: readonly UciRecord[]) =>
    labelled(await lateAccounts(people, '2005-06', seed), (one) => notCured(one, '2005-07'));
  const fitted = await june(learners);
  const sameMonth = await june(others);
  const july = labelled(await lateAccounts(others, '2005-07', seed), (one) => notCured(one, '2005-08'));
  const august = await lateAccounts(others, '2005-08', seed);
  const scoring = fitModel(fitted);
  const [heldOut, fittedPredictions] = [predictions(july, scoring), predictions(fitted, scoring)];
  const model: RiskModel = {
    model: 'not-cured-in-a-month',
    version,
    ...scoring,
    trainedOn: {
      data: 'Default of Credit Card Clients (I-Cheng Yeh, UCI Machine Learning Repository, dataset 350, CC BY 4.0)',
      snapshot: 'late on 2005-06-30, looked at again on 2005-07-31',
      label: 'still late (status 1 or more) at the end of the next month',
      seed,
      rows: fitted.length,
      notCured: qualityOf('', fittedPredictions).notCured,
    },
    heldOut: {
      ...qualityOf('other people, July to August', heldOut),
      calibration: calibrationOf(heldOut, tenths),
      byClass: byClass(heldOut),
    },
    compared: [
      qualityOf('fitted to: June to July', fittedPredictions),
      qualityOf('other people, June to July', predictions(sameMonth, scoring)),
      qualityOf('held out, no x_ columns', predictions(july.map(withoutColumns), scoring)),
      qualityOf('held out, months late alone', predictions(july, fitModel(fitted, ['monthsLate']))),
      qualityOf('held out, a constant', predictions(july, fitModel(fitted, []))),
      ...(['late', 'cured'] as const).map((codeOne) =>
        qualityOf(
          `other people, August to September, code 1 is ${codeOne}`,
          predictions(
            labelled(august, (one) => notCured(one, '2005-09', codeOne)),
            scoring,
          ),
        ),
      ),
    ],
  };
  return { model, fittedCalibration: calibrationOf(fittedPredictions, tenths) };
}

function labelled(accounts: readonly LateAccount[], outcomeOf: (record: UciRecord) => 0 | 1): Sample[] {
  return accounts.map((one) => ({ ...one, outcome: outcomeOf(one.record) }));
}

/** Fits the named features, brought to mean 0 and deviation 1; a feature that is unknown counts as its mean. */
function fitModel(
  samples: readonly Sample[],
  names: readonly RiskFeatureName[] = riskFeatureNames,
): ScoringModel {
  const rows = samples.map(({ account, today }) => riskFeatures(account, today));
  const spreads = names.map((feature) => ({ feature, ...spreadOf(rows.map((row) => row[feature])) }));
  const observations = samples.map(({ outcome }, index) => ({
    outcome,
    features: spreads.map(({ feature, mean, scale }) => ((rows[index]?.[feature] ?? mean) - mean) / scale),
  }));
  const { intercept, weights } = fitLogistic(observations, { l2 });
  const features: FeatureWeight[] = spreads.map((spread, index) => ({
    ...spread,
    weight: shortened(weights[index] ?? 0),
  }));
  return { intercept: shortened(intercept), features, classes };
}

function spreadOf(values: readonly (number | null)[]): Pick<FeatureWeight, 'mean' | 'scale'> {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  // A feature that never differs tells nothing; any scale will do.
  return { mean: shortened(mean), scale: variance === 0 ? 1 : shortened(Math.sqrt(variance)) };
}

function predictions(samples: readonly Sample[], model: ScoringModel): Prediction[] {
  return samples.map(({ account, today, outcome }) => {
    const risk = riskOf(account, today, model);
    if (risk === null) throw new Error(`account ${account.accountId} is late and has no risk`);
    return { probability: risk.probability, outcome };
  });
}

function withoutColumns(sample: Sample): Sample {
  return { ...sample, account: { ...sample.account, attributes: {} } };
}

function byClass(all: readonly Prediction[]): Record<RiskClass, CalibrationRow> {
  const rowOf = (name: RiskClass): CalibrationRow =>
    calibrationRow(all.filter(({ probability }) => riskClassOf(probability, classes) === name));
  return { low: rowOf('low'), medium: rowOf('medium'), high: rowOf('high'), very_high: rowOf('very_high') };
}

function shortened(value: number): number {
  return Number(value.toFixed(weightDigits));
}
