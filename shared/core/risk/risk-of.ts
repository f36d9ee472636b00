import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { RiskClass, RiskClassBounds, RiskFeatureName, RiskModel } from '#shared/contracts/risk-model.ts';
import { riskFeatures, type RiskFeatures, type RiskSubject } from './risk-features.ts';

/** Where the classes begin when no model says otherwise. */
export const riskClassBoundsDefault: RiskClassBounds = { medium: 0.5, high: 0.7, veryHigh: 0.85 };

/** The part of a model that scoring needs. */
export type ScoringModel = Pick<RiskModel, 'intercept' | 'features' | 'classes'>;

/** What one feature did to a prediction. */
export interface RiskContribution {
  readonly feature: RiskFeatureName;
  /** Null is unknown: it counts as the mean of the accounts of the training. */
  readonly value: number | null;
  /** Log-odds that it adds to those of the average account. */
  readonly contribution: number;
}

/** How likely an account is not to cure by itself within about a month. It orders work; it never permits or forbids. */
export interface Risk {
  /** Whether the model of config/models/risk.yaml said so, or the creditor's own `riskScore`. */
  readonly source: 'model' | 'feed';
  readonly probability: number;
  /** Predicted recovery: 1 - `probability`. */
  readonly recovery: number;
  readonly class: RiskClass;
  /** Empty when the feed told the score. */
  readonly contributions: readonly RiskContribution[];
}

/**
 * The risk of an account. A `riskScore` of the feed takes the place of the model's probability: the creditor knows more
 * than the columns of a portfolio. Null when nobody can tell: the feed gave no score, and there is no model or the account
 * is not past due (the model knows only accounts that are late).
 *
 * @param today the date where the person lives; null when no zone is known: the model is not asked then.
 */
export function riskOf(
  account: RiskSubject & Pick<Account, 'pastDue' | 'riskScore'>,
  today: LocalDate | null,
  model: ScoringModel | null,
): Risk | null {
  const bounds = model?.classes ?? riskClassBoundsDefault;
  if (account.riskScore !== undefined) {
    return riskAt(account.riskScore, bounds, { source: 'feed', contributions: [] });
  }
  if (model === null || today === null || account.pastDue <= 0) return null;
  const contributions = contributionsOf(riskFeatures(account, today), model);
  const logOdds = contributions.reduce((sum, one) => sum + one.contribution, model.intercept);
  return riskAt(1 / (1 + Math.exp(-logOdds)), bounds, { source: 'model', contributions });
}

function contributionsOf(features: RiskFeatures, model: ScoringModel): RiskContribution[] {
  return model.features.map(({ feature, mean, scale, weight }) => {
    const value = features[feature];
    return { feature, value, contribution: value === null ? 0 : (weight * (value - mean)) / scale };
  });
}

function riskAt(
  probability: number,
  bounds: RiskClassBounds,
  origin: Pick<Risk, 'source' | 'contributions'>,
): Risk {
  return { ...origin, probability, recovery: 1 - probability, class: riskClassOf(probability, bounds) };
}

/** The class that a probability of not curing falls into; a bound belongs to the class above it. */
export function riskClassOf(probability: number, bounds: RiskClassBounds): RiskClass {
  if (probability >= bounds.veryHigh) return 'very_high';
  if (probability >= bounds.high) return 'high';
  return probability >= bounds.medium ? 'medium' : 'low';
}
