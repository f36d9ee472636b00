import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StopAct } from '#shared/contracts/stop.ts';
import { stopsInForceMax } from '#shared/core/stops/stop-limits.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { stopOf } from '#test/builders/stops.ts';
import { noon } from '#test/builders/stored.ts';

/** A kill switch to run the cases on; `createStore` gives one on which nobody has acted yet. */
export interface StopStoreUnderTest {
  createStore(): Promise<StopStore>;
  stop(): Promise<void>;
}

const act = (changes: Partial<StopAct> = {}): StopAct => ({
  by: 'ana',
  why: 'the feed is right again',
  at: noon,
  ...changes,
});

/** The cases that every store of stops has to pass, the real one and the fake alike. */
export function stopStoreSuite(name: string, start: () => Promise<StopStoreUnderTest>): void {
  describe(name, () => {
    let parts: StopStoreUnderTest;
    let store: StopStore;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore();
    });

    const all = stopOf({ kind: 'all' });
    const sms = stopOf({ kind: 'channel', channel: 'sms' }, { onBehalfOf: 'the bank', at: noon + 1 });
    const told = async () => (await store.history(10)).map(({ result, by }) => `${result} by ${by}`);

    it('has nothing in force and no history before anybody acts', async () => {
      expect(await store.inForce()).toEqual([]);
      expect(await store.history(10)).toEqual([]);
    });

    it('keeps what is stopped, by whom, for whom, why and since when, in the order in which it was', async () => {
      expect(await store.stop(sms)).toEqual({ kind: 'stopped', stop: sms });
      await store.stop(all);
      expect(await store.inForce()).toEqual([sms, all]);
    });

    it('lifts one stop and leaves the others', async () => {
      await store.stop(all);
      await store.stop(sms);
      expect(await store.resume('all', act())).toEqual({ kind: 'resumed', stop: all });
      expect(await store.inForce()).toEqual([sms]);
    });

    it('stops again what was resumed', async () => {
      await store.stop(all);
      await store.resume('all', act());
      expect(await store.stop({ ...all, at: noon + 9 })).toMatchObject({ kind: 'stopped' });
      expect(await store.inForce()).toEqual([{ ...all, at: noon + 9 }]);
    });

    it('answers who had stopped it first when it is stopped already, and keeps the second reason', async () => {
      await store.stop(all);
      const second = { ...all, by: 'ana', why: 'wrong amounts', at: noon + 5 };
      expect(await store.stop(second)).toEqual({ kind: 'already_stopped', stop: all });
      expect(await store.inForce()).toEqual([all]);
      expect((await store.history(1))[0]).toEqual({
        change: 2,
        result: 'already_stopped',
        stopId: 'all',
        by: 'ana',
        why: 'wrong amounts',
        at: noon + 5,
      });
    });

    it('answers that nothing is stopped when there is nothing to resume, and keeps the reason', async () => {
      await store.stop(sms);
      expect(await store.resume('all', act())).toEqual({ kind: 'not_stopped' });
      expect(await store.inForce()).toEqual([sms]);
      expect((await store.history(1))[0]).toEqual({
        change: 2,
        result: 'not_stopped',
        stopId: 'all',
        ...act(),
      });
    });

    it('tells the newest acts first, in the order in which they took effect and not by their clocks', async () => {
      await store.stop({ ...all, at: noon + 100 });
      await store.resume('all', act({ at: noon - 100 }));
      await store.stop({ ...sms, at: noon });
      expect(await told()).toEqual(['stopped by lin', 'resumed by ana', 'stopped by lin']);
      expect((await store.history(2)).map(({ change }) => change)).toEqual([3, 2]);
    });

    it('keeps the acts of many who act at once, each after another', async () => {
      const people = Array.from({ length: 6 }, (_, index) => `operator-${index}`);
      const outcomes = await Promise.all(people.map((by) => store.stop({ ...all, by })));
      const first = outcomes.flatMap((outcome) => (outcome.kind === 'stopped' ? [outcome.stop] : []));
      expect(first).toHaveLength(1);
      expect(await store.inForce()).toEqual(first);
      const records = await store.history(20);
      expect(records.map(({ by }) => by).sort()).toEqual(people);
      expect(records.map(({ change }) => change)).toEqual([6, 5, 4, 3, 2, 1]);
    });

    it('never leaves unsaid who won when one stops and another resumes at the same moment', async () => {
      await store.stop(all);
      const [stopped] = await Promise.all([store.stop({ ...all, by: 'late' }), store.resume('all', act())]);
      const isStopped = (await store.inForce()).length === 1;
      // Stopped after the resumption it is in force; before it, it was told that somebody had stopped it already.
      expect(stopped.kind).toBe(isStopped ? 'stopped' : 'already_stopped');
      expect(await store.history(10)).toHaveLength(3);
    });

    it('refuses one stop more than the limit, but never that of everything', async () => {
      for (let index = 0; index < stopsInForceMax; index += 1)
        await store.stop(stopOf({ kind: 'creditor', creditor: `bank-${index}` }));
      expect(await store.stop(sms)).toEqual({ kind: 'too_many' });
      expect(await store.history(1)).toMatchObject([{ change: stopsInForceMax }]);
      expect(await store.stop(all)).toMatchObject({ kind: 'stopped' });
      expect(await store.inForce()).toHaveLength(stopsInForceMax + 1);
    });

    it('holds as many stops as it may, each with the longest of reasons', async () => {
      const long = { by: '催'.repeat(640), onBehalfOf: '催'.repeat(200), why: '催'.repeat(500) };
      for (let index = 0; index < stopsInForceMax; index += 1)
        await store.stop(stopOf({ kind: 'strategy', strategy: `${index}`.padEnd(128, 'x') }, long));
      await store.stop({ ...all, ...long });
      expect(await store.inForce()).toHaveLength(stopsInForceMax + 1);
    });
  });
}
