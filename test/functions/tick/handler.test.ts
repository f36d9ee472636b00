import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/tick/handler.ts';
import { at } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { createFakeWakeQueue } from '#test/fakes/fake-wake-queue.ts';

const now = at('2026-03-02T09:00:00Z');

async function ticker(refuses: boolean) {
  const store = createFakeDebtorStore({ shards: 2 });
  const queue = createFakeWakeQueue();
  const telemetry = createFakeTelemetry();
  queue.refuse(() => refuses);
  await store.setWakeUp('P1', 0, { at: now - 1, for: 'sms' });
  const parts = {
    store,
    queue,
    clock: createFakeClock(now),
    rules: fixedRules(rules()),
    shards: 2,
    telemetry,
  };
  return { handle: createHandler(parts), queue, telemetry };
}

describe('tick', () => {
  it('hands on who is due and counts it', async () => {
    const { handle, queue, telemetry } = await ticker(false);
    await handle();
    expect(queue.sent).toEqual([
      { message: { version: 1, debtorId: 'P1', wakeAt: now - 1, wakeFor: 'sms' }, delaySeconds: 0 },
    ]);
    expect(telemetry.counts).toEqual({
      wakes_due: 1,
      wakes_handed_on: 1,
      wakes_stopped: 0,
      wakes_paced: 0,
      wakes_refused: 0,
    });
  });

  it('counts what the queue did not take', async () => {
    const { handle, telemetry } = await ticker(true);
    await handle();
    expect(telemetry.counts).toMatchObject({ wakes_handed_on: 0, wakes_refused: 1 });
  });
});
