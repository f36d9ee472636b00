import { Worker } from 'node:worker_threads';

import { describe, expect, onTestFinished, test } from 'vitest';

import { createVirtualClock, type VirtualClock } from '#infra/local/virtual-clock.ts';

const startAtMs = Date.parse('2026-03-02T08:00:00Z');

function jumpingClock(): VirtualClock {
  const clock = createVirtualClock({ startAtMs, speed: 'jump' });
  onTestFinished(() => clock.stop());
  return clock;
}

describe('a virtual clock', () => {
  test('stops at each instant at which something is due, in order of time and then of arrival', async () => {
    const clock = jumpingClock();
    const done: string[] = [];
    const at = (seconds: number, name: string) =>
      clock.schedule(
        startAtMs + seconds * 1_000,
        () => void done.push(`${name} ${(clock.now() - startAtMs) / 1_000}`),
      );
    at(20, 'late');
    at(10, 'first');
    at(10, 'second');
    const cancel = at(15, 'cancelled');
    cancel();
    await clock.advanceTo(startAtMs + 15_000);
    expect(done).toEqual(['first 10', 'second 10']);
    await clock.advanceTo(startAtMs + 60_000);
    expect([done.at(-1), clock.now() - startAtMs]).toEqual(['late 20', 60_000]);
  });

  test('does not move on while work is in progress', async () => {
    const clock = jumpingClock();
    const finished: number[] = [];
    clock.schedule(startAtMs + 1_000, async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      finished.push(clock.now() - startAtMs);
    });
    clock.schedule(startAtMs + 2_000, () => void finished.push(clock.now() - startAtMs));
    await clock.advanceTo(startAtMs + 3_000);
    expect(finished).toEqual([1_000, 2_000]);
  });

  test('runs what scheduled work schedules in turn, also for the same instant', async () => {
    const clock = jumpingClock();
    const done: number[] = [];
    clock.schedule(startAtMs + 1_000, () => {
      clock.schedule(clock.now(), () => void done.push(clock.now() - startAtMs));
      clock.schedule(clock.now() + 500, () => void done.push(clock.now() - startAtMs));
    });
    await clock.advanceTo(startAtMs + 2_000);
    expect(done).toEqual([1_000, 1_500]);
  });

  test('tells of work that fails and goes on', async () => {
    const errors: unknown[] = [];
    const clock = createVirtualClock({ startAtMs, speed: 'jump', onError: (error) => errors.push(error) });
    clock.schedule(startAtMs + 1, () => Promise.reject(new Error('broken')));
    await clock.advanceTo(startAtMs + 10);
    expect(errors).toEqual([new Error('broken')]);
  });

  test('runs by itself at a speed, and fires at the exact instant', async () => {
    const clock = createVirtualClock({ startAtMs, speed: 86_400 });
    onTestFinished(() => clock.stop());
    clock.start();
    const firedAtMs = await new Promise<number>((resolve) =>
      clock.schedule(startAtMs + 3_600_000, () => resolve(clock.now())),
    );
    expect(firedAtMs).toBe(startAtMs + 3_600_000);
  });

  test('changes its speed while it runs', async () => {
    const clock = createVirtualClock({ startAtMs, speed: 'jump' });
    onTestFinished(() => clock.stop());
    clock.start();
    const fired = new Promise<number>((resolve) =>
      clock.schedule(startAtMs + 86_400_000, () => resolve(clock.now())),
    );
    clock.setSpeed(1);
    clock.setSpeed(864_000);
    expect(await fired).toBe(startAtMs + 86_400_000);
  });

  test('drops what waits when it is stopped', async () => {
    const clock = createVirtualClock({ startAtMs, speed: 'jump' });
    const done: string[] = [];
    clock.schedule(startAtMs + 1_000, () => clock.stop());
    clock.schedule(startAtMs + 2_000, () => void done.push('after the stop'));
    await clock.advanceTo(startAtMs + 3_000);
    expect([done, clock.now() - startAtMs]).toEqual([[], 1_000]);
  });

  test('can be moved forward while it runs', async () => {
    const clock = createVirtualClock({ startAtMs, speed: 1 });
    onTestFinished(() => clock.stop());
    clock.start();
    const done: string[] = [];
    clock.schedule(startAtMs + 3_600_000, () => void done.push('due'));
    await clock.advanceTo(startAtMs + 7_200_000);
    expect([done, clock.now() >= startAtMs + 7_200_000]).toEqual([['due'], true]);
  });

  test('refuses a speed of zero', () => {
    expect(() => createVirtualClock({ startAtMs, speed: 0 })).toThrow('speed is 0');
  });

  test('gives its time to the Date of a worker thread, and leaves other dates alone', async () => {
    const clock = jumpingClock();
    const module = new URL('../../../infra/local/clock/virtual-date.ts', import.meta.url).href;
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      const { installVirtualDate } = await import(${JSON.stringify(module)});
      installVirtualDate(workerData);
      const seen = () => [Date.now(), new Date().getTime(), Date.parse(Date() ), new Date(5).getTime(), new Date() instanceof Date];
      parentPort.on('message', () => parentPort.postMessage(seen()));
      parentPort.postMessage('ready');`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: clock.cell,
    });
    onTestFinished(async () => {
      await worker.terminate();
    });
    const message = () => new Promise((resolve) => worker.once('message', resolve));
    await message();
    const ask = async (): Promise<unknown> => {
      const answer = message();
      worker.postMessage('now?');
      return answer;
    };
    expect(await ask()).toEqual([startAtMs, startAtMs, startAtMs, 5, true]);
    const laterMs = startAtMs + 86_400_000;
    await clock.advanceTo(laterMs);
    expect(await ask()).toEqual([laterMs, laterMs, laterMs, 5, true]);
  });
});
