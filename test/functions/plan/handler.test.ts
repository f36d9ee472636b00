import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/plan/handler.ts';
import { at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent, streamEvent } from '../events.ts';

const look = { version: 1, debtorId: 'P1', wakeAt: 0, wakeFor: 'look' };

async function planner() {
  const here = await world({ now: at('2026-03-02T01:00:00Z') });
  const telemetry = createFakeTelemetry();
  const loads: string[] = [];
  const store = {
    ...here.store,
    load: (debtorId: string) => {
      loads.push(debtorId);
      return debtorId.startsWith('broken')
        ? Promise.reject(new Error('table away'))
        : here.store.load(debtorId);
    },
  };
  return { ...here, telemetry, loads, handle: createHandler({ ...here.parts, store, telemetry }) };
}

describe('plan', () => {
  it('gives a person whose account came in a wake-up', async () => {
    const { handle, load } = await planner();
    expect(await handle(streamEvent('P1/account#A1'))).toEqual({ batchItemFailures: [] });
    expect((await load()).wakeUp).toMatchObject({ for: 'sms' });
  });

  it('plans a person once for all of their records in a batch', async () => {
    const { handle, loads } = await planner();
    await handle(streamEvent('P1/profile', 'P1/account#A1', 'P2/profile', 'P1/attempt#c1'));
    expect(loads.sort()).toEqual(['P1', 'P2']);
  });

  it('reports every record of a person who could not be planned, and plans the others', async () => {
    const { handle, telemetry, load } = await planner();
    const answer = await handle(streamEvent('broken/profile', 'P1/account#A1', 'broken/account#A2'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '3' }] });
    expect((await load()).wakeUp).toBeDefined();
    expect(telemetry.counts).toMatchObject({ plan_failed: 1 });
    expect(telemetry.lines).toMatchObject([{ event: 'plan_failed', fields: { debtorId: 'broken' } }]);
  });

  it('looks at a person again when a message says so', async () => {
    const { handle, load } = await planner();
    expect(await handle(queueEvent(look))).toEqual({ batchItemFailures: [] });
    expect((await load()).wakeUp).toBeDefined();
  });

  it('returns a message that names nobody, by its id', async () => {
    const { handle, telemetry } = await planner();
    const answer = await handle(queueEvent(look, { ...look, debtorId: '' }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-2' }] });
    expect(telemetry.lines).toMatchObject([{ event: 'wake_unreadable', fields: { recordId: 'm-2' } }]);
  });

  it('counts what was decided', async () => {
    const { handle, telemetry } = await planner();
    await handle(queueEvent(look, { ...look, debtorId: 'P2' }));
    expect(telemetry.counts).toEqual({ planned_wait: 1, planned_nobody: 1 });
  });
});
