import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { createHandler } from '#functions/plan/handler.ts';
import { experiment, patientStrategy } from '#test/builders/experiment.ts';
import { account, at } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';
import { image } from '#test/builders/stream-image.ts';
import { world } from '#test/builders/world.ts';
import { createFakeExperimentCounts } from '#test/fakes/fake-experiment-counts.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent, streamEvent } from '../events.ts';

const look = { version: 1, debtorId: 'P1', wakeAt: 0, wakeFor: 'look' };

async function planner(options: Partial<Parameters<typeof world>[0]> = {}) {
  const here = await world({ now: at('2026-03-02T01:00:00Z'), ...options });
  const counts = createFakeExperimentCounts();
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
  return {
    ...here,
    telemetry,
    counts,
    loads,
    handle: createHandler({ ...here.parts, store, counts, telemetry }),
  };
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

describe('plan, while an experiment runs', () => {
  const due = '2026-03-10';
  const now = at('2026-03-12T01:00:00Z');
  const running = (stops: DecisionRules['stops'] = []): DecisionRules => ({
    ...rules({ experiments: [experiment()], strategies: [cardStrategy, patientStrategy] }),
    stops,
  });
  const planning = (accounts: readonly Partial<Account>[] = [{ dueDate: due }]) =>
    planner({ now, accounts, rules: running() });
  /** The change of an account from one state to another, as the stream tells it. */
  const changed = (before: Partial<Account>, after: Partial<Account>): DynamoDBStreamEvent => {
    const event = streamEvent('P1/account#A1');
    Object.assign(event.Records[0]!.dynamodb!, {
      OldImage: image({ ...account(before), PK: 'debtor#P1', layout: 1 }),
      NewImage: image({ ...account(after), PK: 'debtor#P1', layout: 1 }),
    });
    return event;
  };

  it('counts whoever takes part, once', async () => {
    const { handle, counts } = await planning();
    for (let time = 0; time < 3; time += 1) await handle(streamEvent('P1/account#A1', 'P1/profile'));
    expect(counts.marks()).toEqual(['patience later assigned P1', 'patience later overdue P1']);
  });

  it('counts nobody else', async () => {
    const { handle, counts } = await planning([{ dueDate: '2026-01-10' }]);
    await handle(streamEvent('P1/account#A1'));
    expect(counts.marks()).toEqual([]);
  });

  it('counts a cure by what the account was before, also when the record comes again', async () => {
    const { handle, counts } = await planning([{ pastDue: 0, minimumDue: 0, dueDate: '2026-04-10' }]);
    const cure = changed({ dueDate: due }, { dueDate: '2026-04-10', pastDue: 0 });
    await handle(cure);
    await handle(cure);
    expect(counts.marks()).toEqual([
      'patience later assigned P1',
      'patience later cured P1',
      'patience later overdue P1',
    ]);
  });

  it.each<[string, Partial<Account>, Partial<Account>]>([
    ['a part payment', { dueDate: due }, { dueDate: due, pastDue: 40 }],
    ['a change of one in good standing', { dueDate: due, pastDue: 0 }, { dueDate: due, pastDue: 0 }],
    ['one that becomes past due', { dueDate: due, pastDue: 0 }, { dueDate: due }],
    ['a cure of an ageing from before', { dueDate: '2026-02-10' }, { dueDate: due, pastDue: 0 }],
  ])('counts no cure for %s', async (_title, before, after) => {
    const { handle, counts } = await planning();
    await handle(changed(before, after));
    expect(counts.marks().filter((mark) => mark.includes('cured'))).toEqual([]);
  });

  it('plans all the same when counting fails', async () => {
    const { handle, counts, telemetry, load } = await planning();
    counts.record = () => Promise.reject(new Error('throttled'));
    expect(await handle(streamEvent('P1/account#A1'))).toEqual({ batchItemFailures: [] });
    expect((await load()).wakeUp).toBeDefined();
    expect(telemetry.counts).toEqual({ planned_wait: 1, experiment_count_failed: 1 });
  });
});
