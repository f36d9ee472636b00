import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import type { StopScope } from '#shared/contracts/stop.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { stopOf } from '#test/builders/stops.ts';
import { noon } from '#test/builders/stored.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';

const runs = 25;

const scope: fc.Arbitrary<StopScope> = fc.constantFrom(
  { kind: 'all' as const },
  { kind: 'channel' as const, channel: 'sms' as const },
  { kind: 'creditor' as const, creditor: 'demo-bank' },
);
/** Acts, at moments in no order: clocks of operators differ. */
const act = fc.record({
  verb: fc.constantFrom('stop' as const, 'resume' as const),
  scope,
  by: fc.constantFrom('lin', 'ana'),
  at: fc.nat(5).map((step) => noon + step),
});

let dynamodb: LocalDynamodb;
beforeAll(async () => {
  dynamodb = await startLocalDynamodb();
});
afterAll(() => dynamodb.stop());

describe.each<[string, () => Promise<StopStore>]>([
  ['the fake', () => Promise.resolve(createFakeStopStore())],
  ['the table', async () => createStopStore(await dynamodb.createTable(1))],
])('after any acts, %s', (_, create) => {
  it('has in force what was stopped last and not resumed since, as it was stopped first, and every act on record', async () => {
    const law = fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      const store = await create();
      const inForce = new Map<string, { by: string; at: number }>();
      const told: string[] = [];
      for (const { verb, scope: about, by, at } of acts) {
        const stopId = stopIdOf(about);
        const was = inForce.get(stopId);
        const outcome =
          verb === 'stop'
            ? await store.stop(stopOf(about, { by, at }))
            : await store.resume(stopId, { by, why: 'mended', at });
        if (verb === 'resume') inForce.delete(stopId);
        else if (was === undefined) inForce.set(stopId, { by, at });
        const result =
          verb === 'stop'
            ? was === undefined
              ? 'stopped'
              : 'already_stopped'
            : was === undefined
              ? 'not_stopped'
              : 'resumed';
        expect(outcome.kind).toBe(result);
        told.unshift(`${result} ${stopId} ${by} ${at}`);
      }
      const stops = (await store.inForce()).map(({ stopId, by, at }) => [stopId, { by, at }]);
      expect(stops).toEqual([...inForce]);
      const records = await store.history(100);
      expect(records.map(({ result, stopId, by, at }) => `${result} ${stopId} ${by} ${at}`)).toEqual(told);
    });
    await fc.assert(law, { numRuns: runs });
  });
});
