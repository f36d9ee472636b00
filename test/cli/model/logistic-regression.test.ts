import { describe, expect, it } from 'vitest';
import { fitLogistic, predict, type Observation } from '#cli/model/logistic-regression.ts';
import { seededRandom } from '#cli/portfolio/seeded-random.ts';

const truth = { intercept: -0.5, weights: [1.2, -0.7, 0] };

/** Accounts whose outcomes are drawn with the probabilities of known coefficients. */
function drawn(count: number): Observation[] {
  const random = seededRandom('known coefficients');
  return Array.from({ length: count }, () => {
    const features = truth.weights.map(() => random.fraction() * 4 - 2);
    return { features, outcome: random.happens(predict(truth, features)) ? 1 : 0 };
  });
}

describe('fitLogistic', () => {
  it('recovers the coefficients that the outcomes were drawn with', () => {
    const { intercept, weights } = fitLogistic(drawn(40_000), { l2: 1 });
    for (const [index, weight] of [intercept, ...weights].entries())
      expect(Math.abs(weight - [truth.intercept, ...truth.weights][index]!)).toBeLessThan(0.05);
  });

  it('gives the logarithm of the odds where there is no feature', () => {
    const outcomes = [1, 1, 1, 0].map((outcome): Observation => ({ features: [], outcome: outcome ? 1 : 0 }));
    expect(fitLogistic(outcomes, { l2: 1 }).intercept).toBeCloseTo(Math.log(3), 9);
  });

  it('ends where the penalised likelihood is flat in every direction', () => {
    const observations = drawn(500);
    const l2 = 3;
    const fit = fitLogistic(observations, { l2 });
    for (const [feature, weight] of fit.weights.entries()) {
      const slope = observations.reduce(
        (sum, one) => sum + (one.outcome - predict(fit, one.features)) * one.features[feature]!,
        -l2 * weight,
      );
      expect(slope).toBeCloseTo(0, 6);
    }
  });

  it('keeps the weight of a feature that tells all finite, and smaller the stronger the penalty', () => {
    const sure = Array.from({ length: 50 }, (_, index): Observation => {
      const outcome = index % 2 === 0 ? 1 : 0;
      return { features: [outcome], outcome };
    });
    const weightAt = (l2: number) => fitLogistic(sure, { l2 }).weights[0]!;
    expect(weightAt(1)).toBeGreaterThan(weightAt(10));
    expect(weightAt(10)).toBeGreaterThan(0);
  });

  it.each<[string, readonly Observation[], number]>([
    ['nothing to learn from', [], 1],
    [
      'the same feature twice and no penalty',
      drawn(50).map(({ features, outcome }) => ({ features: [features[0]!, features[0]!], outcome })),
      0,
    ],
    [
      'a feature that tells all and no penalty',
      drawn(50).map(({ outcome }) => ({ features: [outcome], outcome })),
      0,
    ],
  ])('refuses %s', (_name, observations, l2) => {
    expect(() => fitLogistic(observations, { l2 })).toThrow();
  });
});
