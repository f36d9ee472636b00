import { describe, expect, it } from 'vitest';
import { inWords } from '#shared/core/config-diff/config-change.ts';
import { diffValues } from '#shared/core/config-diff/diff-values.ts';

function words(before: unknown, after: unknown): string[] {
  return diffValues(before, after).map((change) => inWords(change).words);
}

describe('what differs between two values', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['nothing when only the order of keys does', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a field', { sla: { hours: 4 } }, { sla: { hours: 8 } }, ['sla.hours 4 → 8']],
    ['a field that is new', {}, { hours: 8 }, ['hours added: 8']],
    ['a field that has gone', { hours: { from: '09:00' } }, {}, ['hours removed (was { from: 09:00 })']],
    ['a value of another form', { max: 3 }, { max: [3] }, ['max 3 → [3]']],
    ['a short list as a whole', { days: ['mon', 'tue'] }, { days: ['mon'] }, ['days [mon, tue] → [mon]']],
    [
      'what came into a long list',
      { days: ['a', 'b', 'c', 'd', 'e', 'f'] },
      { days: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      ['day g added'],
    ],
    [
      'an item by its id, wherever it stands',
      { arms: [{ id: 'x', share: 1 }] },
      {
        arms: [
          { id: 'y', share: 2 },
          { id: 'x', share: 3 },
        ],
      },
      ['arm x: share 1 → 3', 'arm y added: { id: y, share: 2 }'],
    ],
    [
      'the order of items',
      { segments: [{ name: 'x' }, { name: 'y' }] },
      { segments: [{ name: 'y' }, { name: 'x' }] },
      ['segments in another order: [x, y] → [y, x]'],
    ],
    [
      'items without ids by what they contain',
      { rules: [{ if: 'a' }, { if: 'b' }] },
      { rules: [{ if: 'b' }, { if: 'c' }] },
      ['rule { if: a } removed', 'rule { if: c } added'],
    ],
    [
      'a field inside an item of an item',
      { stages: [{ id: 'early', steps: [{ id: 'sms', fallback: { afterHours: 4 } }] }] },
      { stages: [{ id: 'early', steps: [{ id: 'sms', fallback: { afterHours: 6 } }] }] },
      ['stage early, step sms: fallback.afterHours 4 → 6'],
    ],
  ])('is %s', (_, before, after, expected) => {
    expect(words(before, after)).toEqual(expected);
  });
});
