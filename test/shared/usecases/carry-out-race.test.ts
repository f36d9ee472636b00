import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { agreements, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';

const afternoon = at('2026-03-02T16:45:00+08:00');
const onePromise = rules({ agreements: { ...agreements, promises: { ...agreements.promises, openMax: 1 } } });
const clicksAtOnce = 6;

const who = { actId: 'page:1', debtorId: 'P1', via: 'page', by: 'debtor' } as const;
const onA1 = { ...who, accountId: 'A1' } as const;
const promising = { ...onA1, kind: 'promise', amount: 60, date: '2026-03-10' } as const;

describe('on the local DynamoDB', () => {
  let dynamodb: LocalDynamodb;
  let store: DebtorStore;
  beforeAll(async () => {
    dynamodb = await startLocalDynamodb();
  });
  afterAll(() => dynamodb.stop());
  beforeEach(async () => {
    store = createDebtorStore(await dynamodb.createTable(2));
    await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
  });

  it('a form that is sent several times at once makes one promise, and every answer names it', async () => {
    const { sendParts } = await world({ now: afternoon, rules: onePromise });
    const parts = { ...sendParts, store };
    const answers = await Promise.all(Array.from({ length: clicksAtOnce }, () => carryOut(promising, parts)));
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'repeated')).toHaveLength(clicksAtOnce - 1);
    const named = answers.map((answer) => ('promise' in answer ? answer.promise.promiseId : undefined));
    expect(new Set(named).size).toBe(1);
    const person = await store.load('P1');
    expect(person?.promises).toHaveLength(1);
    expect(person?.acts).toHaveLength(1);
  });

  it('two devices at once make one promise where one may be open; the other is told so', async () => {
    const { sendParts } = await world({ now: afternoon, rules: onePromise });
    const parts = { ...sendParts, store };
    const answers = await Promise.all(
      ['page:1', 'page:2'].map((actId) => carryOut({ ...promising, actId }, parts)),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    expect(answers).toContainEqual(expect.objectContaining({ problem: 'too_many_open' }));
    expect((await store.load('P1'))?.promises).toHaveLength(1);
  });

  it.each<[string, ActRequest]>([
    ['a promise', promising],
    ['a dispute', { ...onA1, kind: 'dispute', why: 'not mine' }],
    ['an opt-out', { ...who, kind: 'opt_out', channel: 'sms' }],
  ])('%s and a send race: either the contact was reserved before, or it is not made', async (_, request) => {
    const here = await world({ now: afternoon, rules: onePromise });
    const parts = { ...here.sendParts, store };
    await Promise.all([carryOut(request, parts), sendContact(here.wake(), parts)]);
    const person = (await store.load('P1'))!;
    // Whoever came second met a conflict and decided on what the first had written.
    expect(person.acts).toHaveLength(1);
    expect(here.sms.sent).toHaveLength(person.attempts.length);
    await sendContact(here.wake(), parts);
    expect((await store.load('P1'))!.attempts).toHaveLength(person.attempts.length);
  });
});
