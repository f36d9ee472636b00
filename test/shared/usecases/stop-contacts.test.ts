import { describe, expect, it } from 'vitest';
import type { StopScope } from '#shared/contracts/stop.ts';
import { stoppableNames } from '#shared/core/stops/stoppable-names.ts';
import { listStops } from '#shared/usecases/list-stops.ts';
import { resumeContacts } from '#shared/usecases/resume-contacts.ts';
import { stopContacts } from '#shared/usecases/stop-contacts.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';
import { noon } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';

const lin = { by: 'lin', why: 'wrong amounts in the feed' };
const bank: StopScope = { kind: 'creditor', creditor: 'demo-bank' };

function operator() {
  const stops = createFakeStopStore();
  const clock = createFakeClock(noon);
  const names = () => Promise.resolve(stoppableNames(rules()));
  return { stops, clock, names, unreadable: () => Promise.reject(new Error('config.json is missing')) };
}

describe('stopping', () => {
  it.each<[StopScope, string]>([
    [{ kind: 'all' }, 'all'],
    [bank, 'creditor:demo-bank'],
    [{ kind: 'strategy', strategy: 'card' }, 'strategy:card'],
    [{ kind: 'channel', channel: 'email' }, 'channel:email'],
  ])('puts %j in force with who, why and when', async (scope, stopId) => {
    const parts = operator();
    const stop = { stopId, scope, ...lin, at: noon };
    expect(await stopContacts(scope, lin, parts)).toEqual({ kind: 'stopped', stop });
    expect(await parts.stops.inForce()).toEqual([stop]);
  });

  it.each<[StopScope, RegExp]>([
    [{ kind: 'creditor', creditor: 'demo-bnak' }, /^creditor: "demo-bnak" is not .*known are demo-bank\)/],
    [{ kind: 'strategy', strategy: 'card@2026.1.0' }, /^strategy: "card@2026.1.0" .*known are card\)/],
    [{ kind: 'experiment', experiment: 'tone' }, /^experiment: "tone" .*there is no experiment/],
  ])('refuses %j, which nobody configured, and says what is known', async (scope, message) => {
    const parts = operator();
    const result = await stopContacts(scope, lin, parts);
    expect(result).toMatchObject({ kind: 'refused', problem: 'unknown_name' });
    expect(result.kind === 'refused' && result.message).toMatch(message);
    expect(await listStops(parts, { acts: 10 })).toEqual({ inForce: [], history: [] });
  });

  it.each<StopScope>([{ kind: 'all' }, { kind: 'channel', channel: 'sms' }])(
    'puts %j in force even when the configuration cannot be read',
    async (scope) => {
      const parts = operator();
      const blind = { ...parts, names: parts.unreadable };
      expect(await stopContacts(scope, lin, blind)).toMatchObject({ kind: 'stopped' });
    },
  );

  it('refuses a creditor while the configuration cannot be read, and says what can be stopped', async () => {
    const parts = operator();
    const result = await stopContacts(bank, lin, { ...parts, names: parts.unreadable });
    expect(result).toMatchObject({ kind: 'refused', problem: 'names_unreadable' });
    expect(result.kind === 'refused' && result.message).toMatch(/config\.json is missing.*stop `all`/);
  });

  it('tells who had stopped it before, and keeps the reason of the second', async () => {
    const parts = operator();
    await stopContacts(bank, lin, parts);
    const ana = { by: 'ana', why: 'the regulator asked' };
    expect(await stopContacts(bank, ana, parts)).toMatchObject({ kind: 'already_stopped', stop: lin });
    const { history } = await listStops(parts, { acts: 10 });
    expect(history).toMatchObject([
      { result: 'already_stopped', ...ana },
      { result: 'stopped', ...lin },
    ]);
  });

  it('says what to do when there are too many stops', async () => {
    const parts = operator();
    const stops = { ...parts.stops, stop: () => Promise.resolve({ kind: 'too_many' } as const) };
    expect(await stopContacts(bank, lin, { ...parts, stops })).toMatchObject({
      kind: 'refused',
      problem: 'too_many',
    });
  });

  it('takes a strategy by its name, however many versions of it there are', () => {
    const versions = [cardStrategy, { ...cardStrategy, version: '2026.2.0' }];
    expect(stoppableNames(rules({ strategies: versions }))).toEqual({
      creditor: ['demo-bank'],
      strategy: ['card'],
      experiment: [],
    });
  });
});

describe('resuming', () => {
  it('lifts one stop and names those that are left', async () => {
    const parts = operator();
    await stopContacts(bank, lin, parts);
    await stopContacts({ kind: 'all' }, lin, parts);
    expect(await resumeContacts({ kind: 'all' }, { by: 'ana', why: 'mended' }, parts)).toMatchObject({
      kind: 'resumed',
      stillInForce: [{ stopId: 'creditor:demo-bank' }],
    });
  });

  it('lifts the stop of a creditor who is not in the configuration any more', async () => {
    const parts = operator();
    const gone: StopScope = { kind: 'creditor', creditor: 'old-bank' };
    const names = () => Promise.resolve({ creditor: ['old-bank'], strategy: [], experiment: [] });
    await stopContacts(gone, lin, { ...parts, names });
    expect(await resumeContacts(gone, lin, parts)).toMatchObject({ kind: 'resumed', stillInForce: [] });
  });

  it('says that nothing was stopped, and keeps the reason', async () => {
    const parts = operator();
    expect(await resumeContacts(bank, lin, parts)).toEqual({ kind: 'not_stopped', stillInForce: [] });
    expect((await listStops(parts, { acts: 1 })).history).toMatchObject([{ result: 'not_stopped', ...lin }]);
  });
});
