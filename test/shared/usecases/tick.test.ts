import { describe, expect, it } from 'vitest';
import { minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { tick } from '#shared/usecases/tick.ts';
import { at } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeWakeQueue } from '#test/fakes/fake-wake-queue.ts';

const noon = at('2026-03-02T04:00:00Z');
const shards = 4;

async function waiting(wakes: readonly { id: string; inMs: number; for?: 'sms' | 'call' | 'look' }[]) {
  const store = createFakeDebtorStore({ shards });
  for (const wake of wakes) {
    await store.setWakeUp(wake.id, 0, { at: toInstant(noon + wake.inMs), for: wake.for ?? 'sms' });
  }
  const queue = createFakeWakeQueue();
  const clock = createFakeClock(noon);
  return {
    store,
    queue,
    clock,
    run: () => tick({ store, queue, clock, rules: fixedRules(rules()), shards }),
  };
}

describe('tick', () => {
  it('hands on what falls due before the next run, to the second, and nothing later', async () => {
    const here = await waiting([
      { id: 'A', inMs: 12_300 },
      { id: 'B', inMs: minuteMs },
    ]);
    expect(await here.run()).toEqual({ due: 1, handedOn: 1, paced: 0, refused: 0 });
    expect(here.queue.sent).toMatchObject([{ message: { debtorId: 'A', wakeFor: 'sms' }, delaySeconds: 13 }]);
  });

  it('catches up on everything that missed runs left behind, earliest first', async () => {
    const here = await waiting([
      { id: 'A', inMs: -minuteMs },
      { id: 'B', inMs: -600 * minuteMs },
      { id: 'C', inMs: -3 * minuteMs },
    ]);
    await here.run();
    expect(here.queue.sent.map((wake) => wake.message.debtorId)).toEqual(['B', 'C', 'A']);
  });

  it('hands on a wake-up once, and again only when its lease has run out', async () => {
    const here = await waiting([{ id: 'A', inMs: 0 }]);
    await here.run();
    here.clock.advance(minuteMs);
    expect(await here.run()).toMatchObject({ handedOn: 0 });
    here.clock.advance(15 * minuteMs);
    expect(await here.run()).toMatchObject({ handedOn: 1 });
  });

  it('keeps to the pace of a channel and leaves the rest for the next run', async () => {
    const calls = Array.from({ length: 70 }, (_, index) => ({
      id: `P${String(index)}`,
      inMs: 0,
      for: 'call' as const,
    }));
    const here = await waiting(calls);
    expect(await here.run()).toEqual({ due: 70, handedOn: 60, paced: 10, refused: 0 });
    const perSecond = new Map<number, number>();
    for (const { delaySeconds } of here.queue.sent) {
      perSecond.set(delaySeconds, (perSecond.get(delaySeconds) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBe(1);
    here.clock.advance(minuteMs);
    expect(await here.run()).toMatchObject({ handedOn: 10 });
  });

  it('offers a wake-up again at the next run when the queue did not take it', async () => {
    const here = await waiting([{ id: 'A', inMs: 0 }]);
    here.queue.refuse(() => true);
    expect(await here.run()).toMatchObject({ handedOn: 0, refused: 1 });
    here.queue.refuse(() => false);
    here.clock.advance(minuteMs);
    expect(await here.run()).toMatchObject({ handedOn: 1 });
  });

  it('leaves a wake-up alone that was replaced meanwhile', async () => {
    const here = await waiting([{ id: 'A', inMs: 0 }]);
    const replaced = { at: toInstant(noon + 30 * minuteMs), for: 'sms' as const };
    const racing = {
      ...here.queue,
      send: async (...args: Parameters<typeof here.queue.send>) => {
        await here.store.setWakeUp('A', 1, replaced);
        return here.queue.send(...args);
      },
    };
    await tick({ store: here.store, queue: racing, clock: here.clock, rules: fixedRules(rules()), shards });
    expect(
      await here.store.due(0, toInstant(noon + 31 * minuteMs), 10).then((due) => due.length),
    ).toBeLessThan(2);
    const all = await Promise.all(
      [0, 1, 2, 3].map((shard) => here.store.due(shard, toInstant(noon + 31 * minuteMs), 10)),
    );
    expect(all.flat()).toEqual([{ debtorId: 'A', wakeUp: replaced }]);
  });
});
