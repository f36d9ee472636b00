import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExperimentMark } from '#shared/contracts/experiment-count.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';
import { counts } from '#test/builders/experiment.ts';

/** Counts to run the cases on; `create` gives empty ones each time. */
export interface ExperimentCountsUnderTest {
  create(): Promise<ExperimentCounts>;
  stop(): Promise<void>;
}

/** The cases that all counts of experiments have to pass, the real ones and the fakes alike. */
export function experimentCountsSuite(name: string, start: () => Promise<ExperimentCountsUnderTest>): void {
  describe(name, () => {
    let parts: ExperimentCountsUnderTest;
    let store: ExperimentCounts;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.create();
    });

    const mark = (changes: Partial<ExperimentMark> = {}): ExperimentMark => ({
      experiment: 'patience',
      arm: 'later',
      event: 'assigned',
      debtorId: 'P1',
      to: '2026-03-31',
      ...changes,
    });

    it('are nobody where nothing was recorded', async () => {
      expect(await store.count('patience', ['as-ever', 'later'])).toEqual([counts(), counts()]);
      expect(await store.count('patience', [])).toEqual([]);
    });

    it('tell people by arm and event, in the order of the arms that were asked for', async () => {
      await store.record([
        mark(),
        mark({ event: 'contacted' }),
        mark({ event: 'optedOut' }),
        mark({ debtorId: 'P2' }),
        mark({ debtorId: 'P3', arm: 'as-ever' }),
        mark({ debtorId: 'P3', arm: 'as-ever', event: 'cured' }),
      ]);
      expect(await store.count('patience', ['as-ever', 'nobodys', 'later'])).toEqual([
        counts({ assigned: 1, cured: 1 }),
        counts(),
        counts({ assigned: 2, contacted: 1, optedOut: 1 }),
      ]);
    });

    it('count the same mark once, however often it comes, at once and later, with another last day', async () => {
      await Promise.all([1, 2, 3, 4].map(() => store.record([mark(), mark()])));
      await store.record([mark({ to: '2026-04-30' })]);
      expect(await store.count('patience', ['later'])).toEqual([counts({ assigned: 1 })]);
    });

    it('keep experiments, arms and events apart whose names begin alike', async () => {
      await store.record([
        mark({ experiment: 'patience-2' }),
        mark({ arm: 'later-2' }),
        mark({ arm: 'late' }),
        mark({ arm: 'hold-out' }),
      ]);
      expect(await store.count('patience', ['later'])).toEqual([counts()]);
      expect(await store.count('patience', ['hold-out', 'later-2'])).toEqual([
        counts({ assigned: 1 }),
        counts({ assigned: 1 }),
      ]);
    });

    it('count many people exactly', async () => {
      const people = Array.from({ length: 200 }, (_, index) => `person-${String(index).padStart(4, '0')}`);
      for (let first = 0; first < people.length; first += 40)
        await store.record(people.slice(first, first + 40).map((debtorId) => mark({ debtorId })));
      expect(await store.count('patience', ['later'])).toEqual([counts({ assigned: 200 })]);
    });

    it('take nothing without complaint', async () => {
      await store.record([]);
      expect(await store.count('patience', ['later'])).toEqual([counts()]);
    });
  });
}
