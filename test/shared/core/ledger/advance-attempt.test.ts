import { describe, expect, it } from 'vitest';
import { attemptStates } from '#shared/contracts/ledger.ts';
import { advanceAttempt, statesBefore } from '#shared/core/ledger/advance-attempt.ts';
import { entry, noon } from '#test/builders/stored.ts';

describe('a receipt for a ledger entry', () => {
  const table = attemptStates.flatMap((now) => attemptStates.map((told) => [now, told] as const));

  it.each(table)('in state %s that tells %s moves it only forward', (now, told) => {
    const advance = advanceAttempt(entry({ state: now }), { state: told, at: noon + 1 });
    const isForward = attemptStates.indexOf(told) > attemptStates.indexOf(now);
    expect(advance.outcome).toBe(isForward ? 'recorded' : 'stale');
    expect(advance.entry).toEqual(
      isForward ? entry({ state: told, stateAt: noon + 1 }) : entry({ state: now }),
    );
  });

  it('leaves reserved, the weakest state, reachable from nowhere', () => {
    expect(statesBefore('reserved')).toEqual([]);
    expect(statesBefore('accepted')).toEqual(['reserved', 'unknown']);
  });

  it('takes the reason of a failure away when the contact got through after all', () => {
    const failed = entry({ state: 'failed', reason: 'throttled', retryAt: noon + 5 });
    const { entry: moved } = advanceAttempt(failed, { state: 'delivered', at: noon + 9 });
    expect(moved).toEqual(entry({ state: 'delivered', stateAt: noon + 9 }));
  });
});
