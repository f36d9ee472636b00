import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toInstant } from '#shared/kernel/instant.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { noon } from '#test/builders/stored.ts';
import type { StoreUnderTest } from './debtor-store.suite.ts';

const later = toInstant(noon + 60_000);

/** What every debtor store has to answer when it is asked for wake-ups of one kind only. */
export function dueKindSuite(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let parts: StoreUnderTest;
    let store: DebtorStore;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore(1);
      for (let index = 0; index < 40; index += 1) {
        const kind = index % 10 === 9 ? 'email' : 'sms';
        await store.setWakeUp(`P${index}`, 0, { at: noon + index, for: kind });
      }
    });

    it('gives the earliest of that kind, however many of others come before them', async () => {
      const due = await store.due(0, later, 2, 'email');
      expect(due).toEqual([
        { debtorId: 'P9', wakeUp: { at: noon + 9, for: 'email' } },
        { debtorId: 'P19', wakeUp: { at: noon + 19, for: 'email' } },
      ]);
    });

    it('gives none of another kind, none at the instant or after, and no more than there are', async () => {
      expect(await store.due(0, later, 100, 'email')).toHaveLength(4);
      expect(await store.due(0, toInstant(noon + 19), 100, 'email')).toHaveLength(1);
      expect(await store.due(0, later, 100, 'call')).toEqual([]);
    });
  });
}
