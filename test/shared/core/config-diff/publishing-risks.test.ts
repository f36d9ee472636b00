import { describe, expect, it } from 'vitest';
import type { Publishing } from '#shared/contracts/publishing.ts';
import { publishingRisks } from '#shared/core/config-diff/publishing-risks.ts';

const guarded: Publishing = { approvers: { required: true, among: ['ana', 'bo'] }, rollout: 'gradual' };
const open: Publishing = { approvers: { required: false }, rollout: 'gradual' };

describe('a change of how later changes are put in force', () => {
  it.each<[string, Publishing, Publishing, string[]]>([
    ['is not risky when nothing changes', guarded, guarded, []],
    ['is not risky when more eyes are asked for', open, guarded, []],
    [
      'is risky when nobody has to approve any more, and everybody may',
      guarded,
      open,
      ['later changes need no second person any more', 'everybody may approve later changes'],
    ],
    [
      'is risky when more people may approve',
      guarded,
      { ...guarded, approvers: { required: true, among: ['ana', 'cy'] } },
      ['cy may approve later changes'],
    ],
    [
      'is risky when changes reach everything at once',
      guarded,
      { ...guarded, rollout: 'at-once' },
      ['later changes reach all functions at once: no alarm takes a mistake back in time'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(publishingRisks(before, after).map(({ words }) => words)).toEqual(expected);
  });
});
