import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { configDiff } from '#shared/core/config-diff/config-diff.ts';
import { agreements, bundle, holds } from '#test/builders/rules.ts';

const shorter = { ...holds, dispute: { ...holds.dispute, days: 14 } };
const weaker = {
  ...holds,
  cease: { ...holds.cease, scope: 'account' as const, atEnd: 'resume' as const, opensCase: false },
};
const promises = { ...agreements.promises, graceBusinessDays: 0, horizonDays: 60 };

describe('a change of agreements or holds', () => {
  it.each<[string, Partial<ConfigBundle>, string[], string[]]>([
    [
      'a shorter hold',
      { holds: shorter },
      ['holds: dispute.days 30 → 14'],
      ['is shorter: 30 days → 14 days; contacts begin again sooner'],
    ],
    [
      'a hold that covers less and that nobody looks at',
      { holds: weaker },
      [
        'holds: cease.scope debtor → account',
        'holds: cease.opensCase true → false',
        'holds: cease.atEnd review → resume',
      ],
      [
        'covers one account only: the person is contacted about the others',
        'ends by itself: nobody looks before contacts go on',
        'opens no case any more: nobody looks at it at once',
      ],
    ],
    [
      'promises that are judged sooner and may be longer',
      { agreements: { ...agreements, promises } },
      ['agreements: promises.horizonDays 30 → 60', 'agreements: promises.graceBusinessDays 1 → 0'],
      [
        'promises.graceBusinessDays is lowered: 1 → 0; open promises keep theirs; new ones are judged, and reminded of, sooner',
        'promises.horizonDays is raised: 30 → 60; accounts may rest for longer on a promise',
      ],
    ],
  ])('tells %s and what to look at twice', (_, change, changes, risks) => {
    const diff = configDiff(bundle(), bundle(change));
    expect(
      diff.changes.flatMap(({ kind, details }) => details.map(({ words }) => `${kind}: ${words}`)),
    ).toEqual(changes);
    expect(diff.risks.map(({ words }) => words)).toEqual(risks);
  });

  it('is not risky the other way round', () => {
    expect(
      configDiff(bundle({ holds: weaker, agreements: { ...agreements, promises } }), bundle()).risks,
    ).toEqual([]);
  });
});
