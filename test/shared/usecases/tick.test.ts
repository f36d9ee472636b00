import { describe, expect, it } from 'vitest';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import { minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { tick } from '#shared/usecases/tick.ts';
import { at } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { stopOf } from '#test/builders/stops.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeWakeQueue } from '#test/fakes/fake-wake-queue.ts';

const noon = at('2026-03-02T04:00:00Z');
const shards = 4;

async function waiting(wakes: readonly { id: string; inMs: number; for?: WakeFor }[]) {
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
    run: (stops: readonly Stop[] = []) =>
      tick({ store, queue, clock, rules: fixedRules({ ...rules(), stops }), shards }),
  };
}

describe('tick', () => {
  it('hands on what falls due before the next run, to the second, and nothing later', async () => {
    const here = await waiting([
      { id: 'A', inMs: 12_300 },
      { id: 'B', inMs: minuteMs },
    ]);
    expect(await here.run()).toEqual({ due: 1, handedOn: 1, stopped: 0, paced: 0, refused: 0 });
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
    expect(await here.run()).toEqual({ due: 70, handedOn: 60, stopped: 0, paced: 10, refused: 0 });
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

  describe('while something is stopped', () => {
    const kinds: readonly WakeFor[] = ['sms', 'email', 'call', 'look'];
    const oneOfEach = () => waiting(kinds.map((kind) => ({ id: kind, inMs: 0, for: kind })));
    const handedOn = (here: Awaited<ReturnType<typeof waiting>>) =>
      here.queue.sent.map(({ message }) => message.wakeFor).sort();

    it('hands on nothing when that is everything, and all of it after the resumption', async () => {
      const here = await oneOfEach();
      expect(await here.run([stopOf({ kind: 'all' })])).toEqual({
        due: 4,
        handedOn: 0,
        stopped: 4,
        paced: 0,
        refused: 0,
      });
      expect(here.queue.sent).toEqual([]);
      here.clock.advance(minuteMs);
      expect(await here.run()).toMatchObject({ handedOn: 4, stopped: 0 });
    });

    it.each(['sms', 'email', 'call'] as const)(
      'hands on nothing for the stopped channel %s',
      async (channel) => {
        const here = await oneOfEach();
        expect(await here.run([stopOf({ kind: 'channel', channel })])).toMatchObject({
          handedOn: 3,
          stopped: 1,
        });
        expect(handedOn(here)).toEqual(kinds.filter((kind) => kind !== channel).sort());
      },
    );

    it('leaves it to whoever is woken to see that a creditor, a strategy or an experiment is stopped', async () => {
      const here = await oneOfEach();
      const stops = [
        stopOf({ kind: 'creditor', creditor: 'demo-bank' }),
        stopOf({ kind: 'strategy', strategy: 'card' }),
        stopOf({ kind: 'experiment', experiment: 'tone' }),
      ];
      expect(await here.run(stops)).toMatchObject({ handedOn: 4, stopped: 0 });
    });

    it('catches up at the pace of the channel once it is resumed', async () => {
      const calls = Array.from({ length: 150 }, (_, index) => ({
        id: `P${index}`,
        inMs: -index * minuteMs,
        for: 'call' as const,
      }));
      const here = await waiting(calls);
      expect(await here.run([stopOf({ kind: 'channel', channel: 'call' })])).toMatchObject({ stopped: 150 });
      const rounds: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        rounds.push((await here.run()).handedOn);
        here.clock.advance(minuteMs);
      }
      expect(rounds).toEqual([60, 60, 30, 0]);
      expect(new Set(here.queue.sent.map(({ message }) => message.debtorId)).size).toBe(150);
    });
  });

  it.each([
    ['stopped', [stopOf({ kind: 'channel', channel: 'call' })]],
    ['slow', []],
  ])('does not let thousands of wake-ups for a %s channel hide those of another', async (_, stops) => {
    const calls = Array.from({ length: shards * 2_300 }, (_unused, index) => ({
      id: `C${index}`,
      inMs: -60 * minuteMs,
      for: 'call' as const,
    }));
    const mails = Array.from({ length: 40 }, (_unused, index) => ({
      id: `M${index}`,
      inMs: 0,
      for: 'email' as const,
    }));
    const here = await waiting([...calls, ...mails]);
    await here.run(stops);
    const mailed = here.queue.sent.filter(({ message }) => message.wakeFor === 'email');
    expect(mailed).toHaveLength(40);
  });
});
