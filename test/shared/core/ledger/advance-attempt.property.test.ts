import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attemptStates, type AttemptChange, type LedgerEntry } from '#shared/contracts/ledger.ts';
import { advanceAttempt } from '#shared/core/ledger/advance-attempt.ts';
import { entry, noon } from '#test/builders/stored.ts';

/** What providers tell: one story a state (its moment and reason), and one id for the contact. */
const told: fc.Arbitrary<AttemptChange[]> = fc
  .record({
    states: fc.subarray([...attemptStates]),
    withReason: fc.func(fc.boolean()),
    withId: fc.func(fc.boolean()),
  })
  .map(({ states, withReason, withId }) =>
    states.map((state) => ({
      state,
      at: noon + attemptStates.indexOf(state),
      ...(withReason(state) ? { reason: `because ${state}` } : {}),
      ...(withId(state) ? { providerId: 'SM1' } : {}),
    })),
  );

const after = (changes: readonly AttemptChange[]): LedgerEntry =>
  changes.reduce((before, change) => advanceAttempt(before, change).entry, entry());

it('receipts in any order, and told twice, lead to the same entry', () => {
  const orders = told.chain((changes) =>
    fc.tuple(
      fc.constant(changes),
      fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
    ),
  );
  fc.assert(
    fc.property(orders, ([changes, shuffled]) => {
      expect(after(shuffled)).toEqual(after(changes));
    }),
    { numRuns: 2_000 },
  );
});
