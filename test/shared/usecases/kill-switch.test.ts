import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StopScope } from '#shared/contracts/stop.ts';
import { stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import { hourMs, minuteMs } from '#shared/kernel/instant.ts';
import { at } from '#test/builders/person.ts';
import { queuedDay, type DayOptions } from '#test/builders/queued-day.ts';
import { bundle, cardStrategy, rules } from '#test/builders/rules.ts';

/** The first day past due in Shanghai, on which the first text message becomes due between 14:00 and 21:00. */
const noon = at('2026-03-02T14:00:00+08:00');
const evening = at('2026-03-02T22:00:00+08:00');

const [bank] = bundle().creditors;
const early = cardStrategy.stages[1]!;
const { fallback: _later, ...first } = early.steps[0]!;
const oneText = {
  ...cardStrategy,
  preferred: { from: '14:00', to: '21:00' },
  stages: [{ ...early, steps: [first] }],
};
const twoBanks = rules({
  creditors: [bank!, { ...bank!, creditor: 'other-bank' }],
  strategies: [oneText],
});
const creditors = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 'demo-bank' : 'other-bank'));
const everybody = creditors.map((_, index) => `P${index}`).sort();

const day = (changes: Partial<DayOptions> = {}) =>
  queuedDay({ start: noon, rules: twoBanks, creditors, ...changes });
type Day = Awaited<ReturnType<typeof day>>;

/** Goes on until some messages wait in the queue. */
async function untilQueued(here: Day): Promise<void> {
  for (let minute = 0; minute < 120 && here.waiting() === 0; minute += 1) {
    here.clock.advance(minuteMs);
    await here.handOn();
  }
  expect(here.waiting()).toBeGreaterThan(0);
}

/** Messages are in the queue, then something stops, and two hours later it goes on. */
async function stoppedForTwoHours(scope: StopScope, changes: Partial<DayOptions> = {}) {
  const here = await day(changes);
  await untilQueued(here);
  await here.stop(scope);
  here.clock.advance(stopsTooOldMs);
  await here.deliver(hourMs);
  await here.minutes(60);
  const during = [...here.sent];
  await here.resume(scope);
  await here.minutes(240);
  return { here, during };
}

describe('the kill switch', () => {
  it.each<StopScope>([
    { kind: 'all' },
    { kind: 'channel', channel: 'sms' },
    { kind: 'strategy', strategy: 'card' },
  ])('%j: lets none of the queued messages go, and each of them once afterwards', async (scope) => {
    const { here, during } = await stoppedForTwoHours(scope);
    expect(during).toEqual([]);
    expect(here.whileStopped).toEqual([]);
    expect(here.sent.map(({ debtorId }) => debtorId).sort()).toEqual(everybody);
    for (const one of here.sent) expect(one.at).toBeLessThan(evening);
    expect((await here.ledger()).map((attempts) => attempts.map(({ state }) => state))).toEqual(
      creditors.map(() => ['accepted']),
    );
  });

  it('for one creditor lets those of the other go on meanwhile', async () => {
    const { here, during } = await stoppedForTwoHours({ kind: 'creditor', creditor: 'demo-bank' });
    const banks = new Set(during.map(({ debtorId }) => creditors[Number(debtorId.slice(1))]));
    expect(banks).toEqual(new Set(['other-bank']));
    expect(here.whileStopped).toEqual([]);
    expect(here.sent.map(({ debtorId }) => debtorId).sort()).toEqual(everybody);
  });

  it('on another channel changes nothing', async () => {
    const { during } = await stoppedForTwoHours({ kind: 'channel', channel: 'email' });
    expect(during.length).toBeGreaterThan(0);
  });

  it('holds, whatever is stopped and resumed and when, and at the end each message has gone once', async () => {
    const scope = fc.constantFrom<StopScope>(
      { kind: 'all' },
      { kind: 'channel', channel: 'sms' },
      { kind: 'creditor', creditor: 'demo-bank' },
      { kind: 'strategy', strategy: 'card' },
    );
    const act = fc.record({ afterMinutes: fc.nat(20), scope, isStop: fc.boolean() });
    const law = fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      const here = await day();
      for (const one of acts) {
        await here.minutes(one.afterMinutes);
        await here.handOn();
        await (one.isStop ? here.stop(one.scope) : here.resume(one.scope));
      }
      for (const { scope: lifted } of acts) await here.resume(lifted);
      while (here.clock.now() < evening) await here.minutes(10);
      expect(here.whileStopped).toEqual([]);
      expect(here.sent.map(({ debtorId }) => debtorId).sort()).toEqual(everybody);
    });
    await fc.assert(law, { numRuns: 25 });
  });
});

describe('a sender that overlooks the kill switch is found out by these tests', () => {
  it('when it never looks', async () => {
    const { here, during } = await stoppedForTwoHours(
      { kind: 'all' },
      { source: (_real, config) => ({ current: () => Promise.resolve(config) }) },
    );
    expect(during.length).toBeGreaterThan(0);
    expect(here.whileStopped.length).toBeGreaterThan(0);
  });

  it('when it looks once and holds what it saw for ever', async () => {
    const readOnce: DayOptions['source'] = (real) => {
      let seen: ReturnType<typeof real.current> | undefined;
      return { current: () => (seen ??= real.current()) };
    };
    const { here } = await stoppedForTwoHours({ kind: 'all' }, { source: readOnce });
    expect(here.whileStopped.length).toBeGreaterThan(0);
  });

  it('when it holds what it saw for a minute', async () => {
    const heldForAMinute: DayOptions['source'] = (real, _config, clock) => {
      let seen: { readonly rules: ReturnType<typeof real.current>; readonly until: number } | undefined;
      return {
        current: () => {
          if (seen === undefined || clock.now() >= seen.until)
            seen = { rules: real.current(), until: clock.now() + minuteMs };
          return seen.rules;
        },
      };
    };
    const { here } = await stoppedForTwoHours({ kind: 'all' }, { source: heldForAMinute });
    expect(here.whileStopped.length).toBeGreaterThan(0);
  });
});
