import { beforeEach, describe, expect, it } from 'vitest';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { plan } from '#test/builders/agreements.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { agreements, rules } from '#test/builders/rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore, type FakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';

const now = at('2026-03-03T04:00:00Z');
const who = { actId: 'page:1', debtorId: 'P1', via: 'page', by: 'debtor' } as const;
const onA1 = { ...who, accountId: 'A1' } as const;
const promising = { ...onA1, kind: 'promise', amount: 60, date: '2026-03-10' } as const;

let store: FakeDebtorStore;
beforeEach(async () => {
  store = createFakeDebtorStore({ shards: 1 });
  await store.saveFeeds([
    { debtorId: 'P1', debtor: debtor(), accounts: [account(), account({ accountId: 'A2' })], stops: false },
  ]);
});

const ask = (request: ActRequest, changes: Partial<ConfigBundle> = {}, clock = createFakeClock(now)) =>
  carryOut(request, { store, clock, rules: fixedRules(rules(changes)) });
const load = async (): Promise<Person> => (await store.load('P1'))!;

describe('a promise', () => {
  it('is stored with the days that count and the act that made it', async () => {
    const answer = await ask({ ...promising, confirmBy: 'sms' });
    expect(answer).toMatchObject({
      kind: 'done',
      act: { actId: 'page:1', kind: 'promise', outcome: 'done', asked: { amount: 60, date: '2026-03-10' } },
      promise: {
        amount: 60,
        enough: 60,
        dueDate: '2026-03-10',
        // One business day of grace; the creditor has no zone of its own, so that days are those of UTC.
        countsFrom: at('2026-03-03T00:00:00Z'),
        settlesAt: at('2026-03-12T00:00:00Z'),
        confirmBy: 'sms',
        basis: 'promise',
      },
    });
    const { promises, acts, version } = await load();
    expect(version).toBe(1);
    expect(promises).toHaveLength(1);
    expect(acts).toHaveLength(1);
  });

  it('asked for twice under one id is made once and answered alike, also at the same moment', async () => {
    const answers = await Promise.all([ask(promising), ask(promising), ask(promising)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'repeated', 'repeated']);
    expect(new Set(answers.map((one) => ('promise' in one ? one.promise.promiseId : null))).size).toBe(1);
    expect((await load()).promises).toHaveLength(1);
  });

  it('of two that come at the same moment by two devices, the second is held against the first', async () => {
    const strict = { agreements: { ...agreements, promises: { ...agreements.promises, openMax: 1 } } };
    const answers = await Promise.all([
      ask(promising, strict),
      ask({ ...promising, actId: 'page:2' }, strict),
    ]);
    expect(answers).toMatchObject([{ kind: 'done' }, { kind: 'refused', problem: 'too_many_open' }]);
  });

  const dates = { dateFrom: '2026-03-03', dateTo: '2026-04-02' };
  it.each([
    [
      'below the least share',
      { amount: 19.99 },
      { problem: 'amount_too_small', field: 'amount', limits: { amountMin: 20 } },
    ],
    [
      'above the balance',
      { amount: 1_000.01 },
      { problem: 'amount_too_large', field: 'amount', limits: { amountMax: 1_000 } },
    ],
    [
      'with a part of a cent',
      { amount: 60.005 },
      { problem: 'too_many_decimals', field: 'amount', limits: {} },
    ],
    [
      'in another currency',
      { currency: 'USD' },
      { problem: 'wrong_currency', field: 'currency', limits: { currency: 'CNY' } },
    ],
    ['for yesterday', { date: '2026-03-02' }, { problem: 'date_past', field: 'date', limits: dates }],
    ['too far ahead', { date: '2026-04-03' }, { problem: 'date_too_late', field: 'date', limits: dates }],
    [
      'on an account of somebody else',
      { accountId: 'A9' },
      { problem: 'unknown_account', field: 'accountId', limits: {} },
    ],
    [
      'in place of one that is not there',
      { replaces: 'promise-x' },
      { problem: 'no_such_agreement', field: 'replaces', limits: {} },
    ],
  ])('%s is refused with what would be taken, and changes nothing', async (_, changes, why) => {
    expect(await ask({ ...promising, ...changes })).toEqual({ kind: 'refused', ...why });
    expect(await load()).toMatchObject({ version: 0, acts: [], promises: [] });
  });

  it('for a person nobody knows is refused', async () => {
    expect(await ask({ ...promising, debtorId: 'P9' })).toMatchObject({ problem: 'unknown_person' });
    expect(await store.load('P9')).toBeNull();
  });

  it('takes the place of an open one that it names', async () => {
    const first = await ask(promising);
    const replaces = 'promise' in first ? first.promise.promiseId : '';
    const strict = { agreements: { ...agreements, promises: { ...agreements.promises, openMax: 1 } } };
    await ask({ ...promising, actId: 'page:2', date: '2026-03-12', replaces }, strict);
    const states = (await load()).promises.map(({ dueDate, cancelled }) => [dueDate, cancelled?.why]).sort();
    expect(states).toEqual([
      ['2026-03-10', 'replaced'],
      ['2026-03-12', undefined],
    ]);
  });

  it('under an id that was used for something else is refused', async () => {
    await ask(promising);
    expect(await ask({ ...onA1, kind: 'hardship', why: '' })).toMatchObject({ problem: 'act_id_reused' });
    expect(await ask({ ...promising, amount: 61 })).toMatchObject({ problem: 'act_id_reused' });
    expect(await ask(promising)).toMatchObject({ kind: 'repeated' });
  });

  it('is refused after too many broken ones', async () => {
    const times = ['2026-03-03', '2026-03-06', '2026-03-11'];
    for (const [index, day] of times.entries()) {
      const clock = createFakeClock(at(`${day}T04:00:00Z`));
      await ask({ ...promising, actId: `page:${index}`, date: day }, {}, clock);
    }
    const clock = createFakeClock(at('2026-03-20T04:00:00Z'));
    expect(await ask({ ...promising, actId: 'page:x', date: '2026-03-25' }, {}, clock)).toMatchObject({
      problem: 'too_many_broken',
    });
  });
});

describe('a plan', () => {
  const planning = {
    ...onA1,
    kind: 'plan',
    instalments: 3,
    firstDate: '2026-03-10',
    every: 'month',
  } as const;

  it('is stored as a series, and takes the place of open promises', async () => {
    await ask(promising);
    expect(await ask({ ...planning, actId: 'page:2' })).toMatchObject({
      kind: 'done',
      plan: {
        instalments: [
          { dueDate: '2026-03-10', amount: 33.33, settlesAt: at('2026-03-12T00:00:00Z') },
          { dueDate: '2026-04-10', amount: 33.33, settlesAt: at('2026-04-14T00:00:00Z') },
          { dueDate: '2026-05-10', amount: 33.34, settlesAt: at('2026-05-12T00:00:00Z') },
        ],
      },
    });
    expect((await load()).promises).toMatchObject([{ cancelled: { why: 'replaced' } }]);
  });

  it.each([
    ['with too many instalments', { instalments: 7 }, 'too_many_instalments', { instalmentsMax: 6 }],
    [
      'that begins too late',
      { firstDate: '2026-04-03' },
      'date_too_late',
      { firstFrom: '2026-03-03', firstTo: '2026-04-02' },
    ],
    ['that ends too late', { instalments: 6, firstDate: '2026-04-02', every: 'month' as const }, null, {}],
    ['with too small a first amount', { firstAmount: 9 }, 'first_amount_too_small', { firstAmountMin: 10 }],
    ['with all of it at first', { firstAmount: 100 }, 'amount_too_large', { amountMax: 100 }],
  ])('%s', async (_, changes, problem, limits) => {
    const answer = await ask({ ...planning, ...changes });
    if (problem === null) expect(answer).toMatchObject({ kind: 'done' });
    else expect(answer).toMatchObject({ kind: 'refused', problem, limits });
  });

  it('is not offered while another runs, and can be withdrawn', async () => {
    await ask(planning);
    expect(await ask({ ...promising, actId: 'page:2' })).toMatchObject({ problem: 'plan_running' });
    const { plans } = await load();
    const withdrawing = { ...onA1, actId: 'page:3', kind: 'withdraw', agreement: plans[0]!.planId } as const;
    expect(await ask(withdrawing)).toMatchObject({ kind: 'done' });
    expect(await ask({ ...promising, actId: 'page:4' })).toMatchObject({ kind: 'done' });
  });

  it('that is over cannot be withdrawn', async () => {
    await store.change('P1', 0, { plans: [plan({ cancelled: { at: 0, why: 'hold' } })] });
    expect(await ask({ ...onA1, kind: 'withdraw', agreement: 'plan-1' })).toMatchObject({
      problem: 'no_such_agreement',
    });
  });
});

describe('more time, another day, less fees', () => {
  it('more time is a promise of all that is past due, so often a year', async () => {
    const asked = { ...onA1, kind: 'extension', date: '2026-03-12' } as const;
    expect(await ask(asked)).toMatchObject({ promise: { basis: 'extension', amount: 100 } });
    const later = createFakeClock(at('2026-03-20T04:00:00Z'));
    expect(await ask({ ...asked, actId: 'page:2', date: '2026-03-25' }, {}, later)).toMatchObject({
      problem: 'used_up',
    });
  });

  it('a waiver within the limits is done, above them for a person; both open a case', async () => {
    const waiving = { ...onA1, kind: 'fee_waiver', why: 'first time late' } as const;
    expect(await ask({ ...waiving, amount: 50 })).toMatchObject({ act: { outcome: 'done' } });
    expect(await ask({ ...waiving, actId: 'page:2', accountId: 'A2', amount: 50.01 })).toMatchObject({
      act: { outcome: 'referred' },
    });
    const { cases } = await load();
    expect(cases.map(({ reason, accountId }) => [accountId, reason]).sort()).toEqual([
      ['A1', 'request'],
      ['A2', 'request'],
    ]);
  });

  it('a due day has to be one that is offered', async () => {
    const asked = { ...onA1, kind: 'due_date_change', day: 15 } as const;
    expect(await ask({ ...asked, day: 16 })).toMatchObject({
      problem: 'day_not_offered',
      limits: { days: '1,15' },
    });
    expect(await ask(asked)).toMatchObject({ kind: 'done', act: { asked: { day: 15 } } });
  });

  it('a call back opens a case with the time and the words', async () => {
    await ask({ ...onA1, kind: 'call_me', at: at('2026-03-04T10:00:00Z'), note: 'after work' });
    expect((await load()).cases).toMatchObject([
      { reason: 'call_me', note: 'after work', callAt: at('2026-03-04T10:00:00Z'), queue: 'human' },
    ]);
  });
});

describe('holds', () => {
  it('what the person says holds the account as the configuration says', async () => {
    expect(await ask({ ...onA1, kind: 'dispute', why: 'not mine' })).toMatchObject({
      hold: {
        kind: 'dispute',
        accountId: 'A1',
        from: '2026-03-03',
        until: '2026-04-01',
        by: 'debtor',
        why: 'not mine',
        atEnd: 'review',
      },
    });
  });

  it('of the whole person names no account', async () => {
    const answer = await ask({ ...onA1, kind: 'hardship', why: '' });
    expect(answer).toMatchObject({ hold: { kind: 'hardship' } });
    expect((await load()).holds[0]).not.toHaveProperty('accountId');
  });

  it('of the same kind is not placed twice', async () => {
    await ask({ ...onA1, kind: 'dispute', why: 'not mine' });
    const again = await ask({ ...onA1, actId: 'page:2', kind: 'dispute', why: 'still not' });
    expect(again).toMatchObject({ kind: 'done' });
    expect((await load()).holds).toHaveLength(1);
  });

  it('longer than allowed, or over before it begins, is refused', async () => {
    const holding = { ...onA1, kind: 'hold', hold: 'dispute', why: 'letter' } as const;
    expect(await ask({ ...holding, until: '2026-06-01' })).toMatchObject({
      problem: 'hold_too_long',
      limits: { dateTo: '2026-05-31' },
    });
    expect(await ask({ ...holding, until: '2026-03-02' })).toMatchObject({ problem: 'date_past' });
  });

  it('can be ended before its time, by name and with a reason', async () => {
    const placed = await ask({ ...onA1, kind: 'dispute', why: 'not mine' });
    const holdId = 'hold' in placed ? placed.hold.holdId : '';
    const ending = {
      ...who,
      actId: 'api:1',
      via: 'api',
      by: 'ann',
      kind: 'end_hold',
      holdId,
      why: 'settled',
    } as const;
    expect(await ask(ending)).toMatchObject({ hold: { ended: { by: 'ann', why: 'settled', at: now } } });
    expect(await ask({ ...ending, actId: 'api:2', holdId: 'hold-x' })).toMatchObject({
      problem: 'no_such_hold',
    });
  });
});

describe('wishes', () => {
  it('a wrong person ends the number for texts and calls', async () => {
    await ask({ ...who, kind: 'wrong_party', channel: 'sms', destination: '+8613900000001' });
    expect((await load()).endedDestinations.map(({ channel, reason }) => [channel, reason])).toEqual([
      ['call', 'wrong_party'],
      ['sms', 'wrong_party'],
    ]);
  });

  it('language and hours are kept beside one another', async () => {
    const windows = [{ allow: { daily: ['18:00-20:00'] } }];
    await ask({ ...who, kind: 'contact_times', windows });
    await ask({ ...who, actId: 'page:2', kind: 'language', language: 'zh-CN' });
    expect((await load()).preferences).toEqual({ at: now, language: 'zh-CN', windows });
  });

  it('an opt-out stands against an opt-in of the same moment', async () => {
    await ask({ ...who, kind: 'opt_out', channel: 'sms' });
    await ask({ ...who, actId: 'page:2', kind: 'opt_in', channel: 'sms' });
    expect((await load()).consents).toMatchObject([{ channel: 'sms', level: 'optout' }]);
    const later = createFakeClock(at('2026-03-03T04:00:01Z'));
    await ask({ ...who, actId: 'page:3', kind: 'opt_in', channel: 'sms' }, {}, later);
    expect((await load()).consents).toMatchObject([{ channel: 'sms', level: 'express' }]);
  });

  it('a survey leaves its score', async () => {
    await ask({ ...who, kind: 'survey', score: 5, note: '' });
    expect((await load()).acts).toMatchObject([{ kind: 'survey', asked: { score: 5 } }]);
  });
});

it('gives up after a bounded number of conflicts, and nothing has changed', async () => {
  let tries = 0;
  const contended = {
    load: (debtorId: string) => store.load(debtorId),
    change: () => {
      tries += 1;
      return Promise.resolve('conflict' as const);
    },
  };
  const parts = { store: contended, clock: createFakeClock(now), rules: fixedRules(rules()) };
  expect(await carryOut(promising, parts)).toEqual({ kind: 'busy' });
  expect(tries).toBe(8);
  expect(await load()).toMatchObject({ version: 0, acts: [] });
});
