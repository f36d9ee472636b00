import { describe, expect, it } from 'vitest';
import { aucOf, calibrationOf, qualityOf, type Prediction } from '#cli/model/prediction-quality.ts';

function predictions(...pairs: readonly (readonly [number, 0 | 1])[]): Prediction[] {
  return pairs.map(([probability, outcome]) => ({ probability, outcome }));
}

describe('aucOf', () => {
  it.each<[string, Prediction[], number]>([
    ['all in order', predictions([0.1, 0], [0.2, 0], [0.8, 1]), 1],
    ['all the wrong way round', predictions([0.9, 0], [0.1, 1]), 0],
    ['all alike', predictions([0.5, 0], [0.5, 1], [0.5, 1]), 0.5],
    ['three of four pairs in order', predictions([0.1, 0], [0.3, 1], [0.5, 0], [0.7, 1]), 0.75],
    ['one pair in order and one tied', predictions([0.1, 0], [0.3, 0], [0.3, 1]), 0.75],
    ['only one outcome', predictions([0.1, 1], [0.9, 1]), 0.5],
    ['nobody', [], 0.5],
  ])('%s', (_name, list, auc) => expect(aucOf(list)).toBeCloseTo(auc, 12));

  it('does not depend on the order of the list', () => {
    const list = predictions([0.4, 1], [0.4, 0], [0.2, 1], [0.9, 0], [0.9, 1]);
    expect(aucOf(list.toReversed())).toBe(aucOf(list));
  });
});

describe('qualityOf', () => {
  it('tells the mean squared error and the mean log loss', () => {
    const list = predictions([0.8, 1], [0.4, 0]);
    const logLoss = -(Math.log(0.8) + Math.log(0.6)) / 2;
    expect(qualityOf('two', list)).toEqual({
      name: 'two',
      rows: 2,
      notCured: 0.5,
      auc: 1,
      brier: 0.1,
      logLoss: Number(logLoss.toFixed(4)),
    });
  });

  it('gives a sure mistake a large loss, not an infinite one', () => {
    expect(qualityOf('wrong', predictions([0, 1])).logLoss).toBeGreaterThan(20);
  });
});

describe('calibrationOf', () => {
  it('cuts the accounts into parts of equal size, lowest first', () => {
    const list = predictions([0.9, 1], [0.1, 0], [0.3, 1], [0.7, 0]);
    expect(calibrationOf(list, 2)).toEqual([
      { rows: 2, predicted: 0.2, observed: 0.5 },
      { rows: 2, predicted: 0.8, observed: 0.5 },
    ]);
  });

  it('counts every account once where the parts cannot be equal', () => {
    const list = Array.from({ length: 23 }, (_, index): Prediction => ({
      probability: index / 23,
      outcome: 0,
    }));
    const rows = calibrationOf(list, 10).map((one) => one.rows);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(23);
    expect(Math.max(...rows) - Math.min(...rows)).toBe(1);
  });
});
