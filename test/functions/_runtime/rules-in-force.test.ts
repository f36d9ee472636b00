import { describe, expect, it } from 'vitest';
import { rulesInForce, StopsUnknownError } from '#functions/_runtime/rules-in-force.ts';
import { stopsMaxAgeMs, stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { rules } from '#test/builders/rules.ts';
import { stopOf } from '#test/builders/stops.ts';
import { noon } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';

const all = stopOf({ kind: 'all' });
const config = rules();

function inForce(changes: { readonly stops?: Pick<StopStore, 'inForce'> } = {}) {
  const store = createFakeStopStore();
  const clock = createFakeClock(noon);
  const source = rulesInForce({ config: fixedRules(config), stops: store, clock, ...changes });
  return { store, clock, source, stops: async () => (await source.current()).stops };
}

/** A store whose answer comes when the test says so. */
function slowStore() {
  const answers: ((stops: readonly (typeof all)[]) => void)[] = [];
  const stops = { inForce: () => new Promise<readonly (typeof all)[]>((resolve) => answers.push(resolve)) };
  return { stops, answers };
}

describe('the rules in force', () => {
  it('are the configuration with what is stopped', async () => {
    const { store, source } = inForce();
    await store.stop(all);
    expect(await source.current()).toEqual({ ...config, stops: [all] });
  });

  it('read the stops once for all who ask at the same time, and for all within the next second', async () => {
    const { store, clock, source } = inForce();
    await Promise.all(Array.from({ length: 10 }, () => source.current()));
    clock.advance(stopsMaxAgeMs - 1);
    await source.current();
    expect(store.reads()).toBe(1);
  });

  it('see a stop, and a resumption, once they are a second old', async () => {
    const { store, clock, stops } = inForce();
    expect(await stops()).toEqual([]);
    await store.stop(all);
    clock.advance(stopsMaxAgeMs);
    expect(await stops()).toEqual([all]);
    await store.resume('all', { by: 'ana', why: 'mended', at: noon });
    clock.advance(stopsMaxAgeMs);
    expect(await stops()).toEqual([]);
  });

  it('are unknown while the stops cannot be read, however well known they were, and known again afterwards', async () => {
    const { store, clock, source, stops } = inForce();
    await source.current();
    store.breakReads(true);
    clock.advance(stopsMaxAgeMs);
    await expect(Promise.all([source.current(), source.current()])).rejects.toThrow(StopsUnknownError);
    await store.stop(all);
    store.breakReads(false);
    expect(await stops()).toEqual([all]);
  });

  it('are unknown when reading takes so long that the answer may be wrong by now', async () => {
    const { stops, answers } = slowStore();
    const { clock, source } = inForce({ stops });
    const asked = source.current();
    await Promise.resolve();
    clock.advance(stopsTooOldMs + 1);
    answers.shift()?.([]);
    await expect(asked).rejects.toThrow(StopsUnknownError);
  });

  it('count the age of stops from when reading began, not from when it ended', async () => {
    const { stops, answers } = slowStore();
    const { clock, source } = inForce({ stops });
    const first = source.current();
    await Promise.resolve();
    clock.advance(stopsMaxAgeMs);
    answers.shift()?.([]);
    expect((await first).stops).toEqual([]);
    const second = source.current();
    await Promise.resolve();
    answers.shift()?.([all]);
    expect((await second).stops).toEqual([all]);
  });

  it('are read again when the clock of the machine was set back', async () => {
    const { store, clock, source } = inForce();
    await source.current();
    clock.set(toInstant(noon - 5_000));
    await source.current();
    expect(store.reads()).toBe(2);
  });

  it('fail when the configuration does', async () => {
    const broken = { current: () => Promise.reject(new Error('no configuration')) };
    const source = rulesInForce({
      config: broken,
      stops: createFakeStopStore(),
      clock: createFakeClock(noon),
    });
    await expect(source.current()).rejects.toThrow('no configuration');
  });
});
