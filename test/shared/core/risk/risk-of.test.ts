import { describe, expect, it } from 'vitest';
import { riskClassOf, riskOf, type ScoringModel } from '#shared/core/risk/risk-of.ts';
import { account } from '#test/builders/person.ts';

const today = '2026-03-20';
const model: ScoringModel = {
  intercept: 0,
  features: [
    { feature: 'monthsLate', mean: 2, scale: 1, weight: 1 },
    { feature: 'creditUse', mean: 0.5, scale: 0.25, weight: 0.5 },
  ],
  classes: { medium: 0.3, high: 0.6, veryHigh: 0.8 },
};

describe('riskOf', () => {
  it('adds up what each feature does to the odds', () => {
    const late = account({ dueDate: '2026-01-01', balance: 75, attributes: { x_credit_limit: '100' } });
    const risk = riskOf(late, today, model);
    expect(risk?.contributions).toEqual([
      { feature: 'monthsLate', value: 3, contribution: 1 },
      { feature: 'creditUse', value: 0.75, contribution: 0.5 },
    ]);
    expect(risk?.probability).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 12);
    expect(risk?.recovery).toBeCloseTo(1 / (1 + Math.exp(1.5)), 12);
    expect(risk).toMatchObject({ source: 'model', class: 'very_high' });
  });

  it('counts what is unknown as the average', () => {
    const late = account({ dueDate: '2026-02-10' });
    expect(riskOf(late, today, model)).toMatchObject({
      probability: 0.5,
      contributions: [
        { feature: 'monthsLate', contribution: 0 },
        { feature: 'creditUse', value: null, contribution: 0 },
      ],
    });
  });

  it("lets the feed's own score take the model's place, also where there is no model", () => {
    const scored = account({ riskScore: 0.7 });
    const told = { source: 'feed', probability: 0.7, class: 'high', contributions: [] };
    expect(riskOf(scored, today, model)).toMatchObject(told);
    expect(riskOf(scored, today, null)).toMatchObject(told);
    expect(riskOf(account({ riskScore: 0, pastDue: 0 }), today, model)).toMatchObject({
      probability: 0,
      recovery: 1,
    });
  });

  it('knows nothing of an account in good standing, and nothing without a model', () => {
    expect(riskOf(account({ pastDue: 0 }), today, model)).toBeNull();
    expect(riskOf(account(), today, null)).toBeNull();
  });
});

describe('riskClassOf', () => {
  it.each<[number, string]>([
    [0, 'low'],
    [0.2999, 'low'],
    [0.3, 'medium'],
    [0.6, 'high'],
    [0.8, 'very_high'],
    [1, 'very_high'],
  ])('%d is %s', (probability, name) => expect(riskClassOf(probability, model.classes)).toBe(name));
});
