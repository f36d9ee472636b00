import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#shared/contracts/person.ts';
import type { Template } from '#shared/contracts/template.ts';
import type { IncomingReply } from '#shared/core/inbound/incoming-reply.ts';
import { answerContexts } from '#shared/core/decision/own-texts.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { takeInReply } from '#shared/usecases/take-in-reply.ts';
import { promise } from '#test/builders/agreements.ts';
import { follow } from '#test/builders/follow.ts';
import { account, at, debtor, entryFor } from '#test/builders/person.ts';
import { shippedReplyRules } from '#test/builders/replies.ts';
import { bundle, rules } from '#test/builders/rules.ts';
import { opened } from '#test/builders/stored.ts';
import { createFakeDebtorStore, type FakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';

/** Tuesday, 3 March 2026, noon in Shanghai. */
const noon = at('2026-03-03T04:00:00Z');
const mobile = '+8613900000001';

const answers = Object.entries(answerContexts).flatMap(([name, context]): Template[] => [
  { name, context, locale: 'en', channel: 'sms', elements: [], body: '{{creditorName}}' },
  {
    ...{ name, context, locale: 'en', channel: 'email', elements: [] },
    ...{ subject: '{{creditorName}}', text: '{{creditorName}}', html: '{{creditorName}}' },
  },
]);
const replying = {
  ...rules({ templates: [...bundle().templates, ...answers] }),
  replies: await shippedReplyRules(),
};
let store: FakeDebtorStore;
beforeEach(async () => {
  store = createFakeDebtorStore({ shards: 1 });
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
});

let count = 0;
const wrote = (text: string, changes: Partial<IncomingReply> = {}) =>
  takeInReply(
    {
      ...{ inboundId: `sms:SM${String((count += 1))}`, debtorId: 'P1', channel: 'sms', from: mobile, text },
      ...{ at: noon, sender: 'proven' },
      ...changes,
    },
    { store, rules: fixedRules(replying) },
  );
const load = async (): Promise<Person> => (await store.load('P1'))!;
const inboundAfter = async (text: string, changes: Partial<IncomingReply> = {}) => {
  const taken = await wrote(text, changes);
  if (!('inbound' in taken)) throw new Error(taken.kind);
  return taken.inbound;
};
const answerTo = async (text: string, changes: Partial<IncomingReply> = {}) =>
  (await inboundAfter(text, changes)).answer?.text;

describe('a message that is taken in', () => {
  it('is kept as it was read, with all that it changed', async () => {
    expect(await wrote('我周五还50')).toMatchObject({
      kind: 'taken',
      inbound: {
        channel: 'sms',
        from: mobile,
        text: '我周五还50',
        intents: [{ kind: 'promise', amount: 50, date: '2026-03-06' }],
        accountId: 'A1',
        answer: { text: 'promise-confirmation', channel: 'sms', purpose: 'reply_to_debtor' },
      },
    });
    const { promises, acts, inbound, version } = await load();
    expect(version).toBe(1);
    expect(promises).toMatchObject([{ amount: 50, dueDate: '2026-03-06', via: 'reply' }]);
    expect(acts).toMatchObject([{ kind: 'promise', by: 'debtor', made: promises[0]?.promiseId }]);
    expect(inbound[0]?.answer?.agreement).toBe(promises[0]?.promiseId);
  });

  it('does nothing the second time, also when it is delivered twice at the same moment', async () => {
    const twice = { inboundId: 'sms:SMtwice' };
    const taken = await Promise.all([wrote('STOP', twice), wrote('STOP', twice)]);
    expect(taken.map(({ kind }) => kind).sort()).toEqual(['repeated', 'taken']);
    const before = await load();
    expect(await wrote('START', twice)).toMatchObject({ kind: 'repeated' });
    expect(await load()).toEqual(before);
  });

  it('of nobody changes nothing', async () => {
    expect(await wrote('STOP', { debtorId: 'P9' })).toEqual({ kind: 'nobody' });
  });

  it('is cut to what is read of it', async () => {
    const { text } = await inboundAfter('😀'.repeat(5_000));
    expect(Array.from(text)).toHaveLength(1_600);
  });
});

describe('what is meant and what it does', () => {
  const optout = { channel: 'sms', level: 'optout', at: noon };
  const manual = { kind: 'manual', accountId: 'A1', until: '2026-03-06' };
  it.each<[string, string, object]>([
    ['a stop ends the channel', 'STOP', { consents: [optout] }],
    ['a stop of calls ends calls', 'stop calling me', { consents: [{ ...optout, channel: 'call' }] }],
    ['a cease holds everything', '不要再联系我', { holds: [{ kind: 'cease' }] }],
    [
      'a wrong number ends it for texts and calls',
      'wrong number',
      {
        endedDestinations: [
          { channel: 'call', value: mobile, reason: 'wrong_party' },
          { channel: 'sms', value: mobile, reason: 'wrong_party' },
        ],
      },
    ],
    ['a death holds everything', '他去世了', { holds: [{ kind: 'deceased' }] }],
    ['a lawyer is the one to speak with', 'contact my lawyer', { holds: [{ kind: 'attorney' }] }],
    ['a bankruptcy holds everything', 'I filed chapter 7', { holds: [{ kind: 'bankruptcy' }] }],
    ['a stolen card is fraud', 'my card was stolen', { holds: [{ kind: 'fraud', accountId: 'A1' }] }],
    [
      'who denies the debt disputes it',
      'this is not mine',
      { holds: [{ kind: 'dispute', accountId: 'A1' }] },
    ],
    ['who cannot pay is in hardship', 'I lost my job', { holds: [{ kind: 'hardship' }] }],
    ['a complaint is one', '我要投诉', { holds: [{ kind: 'complaint' }] }],
    ['who has paid is left alone for some days', 'already paid yesterday', { holds: [manual] }],
    [
      'a call is asked for',
      'call me after 6pm',
      { cases: [{ reason: 'call_me', callAt: at('2026-03-03T10:00:00Z'), note: 'call me after 6pm' }] },
    ],
    ['a person is asked for', '转人工', { cases: [{ reason: 'call_me' }] }],
    [
      'a bad time is none any more',
      "don't call me at work",
      { preferences: { windows: [{ block: { daily: ['09:00-17:00'] } }] } },
    ],
  ])('%s', async (_, text, change) => {
    await wrote(text);
    expect(await load()).toMatchObject(change);
  });

  it('what is not understood changes nothing, and a person reads it', async () => {
    const { answer } = await inboundAfter('the purple elephant sings at dawn');
    expect(answer?.text).toBe('reply-not-understood');
    const { cases, promises, holds, consents, acts } = await load();
    expect(cases).toMatchObject([
      { reason: 'reply', note: 'the purple elephant sings at dawn', accountId: 'A1' },
    ]);
    expect([promises, holds, consents, acts]).toEqual([[], [], [], []]);
  });

  it('nothing said is nothing done', async () => {
    expect(await inboundAfter('  ')).not.toHaveProperty('answer');
    expect((await load()).cases).toEqual([]);
  });

  it('whoever disputes is not held to a promise in the same breath', async () => {
    await wrote('this is not my debt but I will pay 50 on Friday so that you stop calling it mine');
    expect(await load()).toMatchObject({ promises: [], holds: [{ kind: 'dispute' }] });
  });

  it('holds every account that our message spoke of', async () => {
    const accounts = [account(), account({ accountId: 'A2' }), account({ accountId: 'A3' })];
    await store.saveFeeds([{ debtorId: 'P1', accounts, stops: false }]);
    await contacted({ about: ['A2', 'A3'] });
    await wrote('this is not mine');
    expect((await load()).holds.map(({ accountId }) => accountId).sort()).toEqual(['A2', 'A3']);
  });
});

/** A contact by SMS an hour before noon. */
async function contacted({
  template = 'notice',
  about = ['A1'],
  agreement,
}: {
  template?: string;
  about?: string[];
  agreement?: string | undefined;
} = {}) {
  const { version } = await load();
  const contact = {
    contactId: `c-${template}`,
    debtorId: 'P1',
    about: about.map((accountId) => ({
      ...{ accountId, strategy: 'card@2026.1.0', stage: 'early', step: template, dueDate: '2026-03-01' },
      ...(agreement !== undefined && { agreement }),
    })),
    channel: 'sms',
    purpose: 'reminder',
    destination: mobile,
    ...{ template, locale: 'en', attempt: 0 },
  } as const;
  const evidence = {
    ...{ decisionId: `P1~${template}~0`, debtorId: 'P1', accountId: 'A1', at: noon, kind: 'contact' },
    ...{ channel: 'sms', about: [], config: 'x', request: {}, decision: {} },
  };
  await store.reserve(version, {
    entry: entryFor(contact, { reservedAt: noon - 60 * minuteMs, state: 'delivered' }),
    next: null,
    // @ts-expect-error: what was decided does not matter here
    evidence,
  });
}

describe('a promise by reply', () => {
  const promised = async () => (await load()).promises.filter(({ cancelled }) => cancelled === undefined);

  it('without an amount is one of all that is past due', async () => {
    expect(await answerTo('will pay on Friday')).toBe('promise-confirmation');
    expect(await promised()).toMatchObject([{ amount: 100, dueDate: '2026-03-06' }]);
  });

  it('without a day is none: the day is asked for', async () => {
    expect(await answerTo('I will pay 50 soon')).toBe('reply-which-day');
    expect(await promised()).toEqual([]);
  });

  it('that hangs on something is asked for once more, and a yes makes it', async () => {
    const { inboundId, answer, proposal } = await inboundAfter(
      'if I get paid on Friday I will pay 50 on Friday',
    );
    expect([answer?.text, proposal]).toEqual([
      'reply-confirm',
      { accountId: 'A1', amount: 50, date: '2026-03-06' },
    ]);
    expect(await promised()).toEqual([]);
    await contacted({ template: 'reply-confirm', agreement: inboundId });
    expect(await answerTo('yes')).toBe('promise-confirmation');
    expect(await promised()).toMatchObject([{ amount: 50, dueDate: '2026-03-06' }]);
  });

  it.each([
    ['less than is taken', 'will pay 5 on Friday', { amount: 20, date: '2026-03-06' }],
    ['later than is taken', 'will pay 50 on 20 May', { amount: 50, date: '2026-04-02' }],
  ])('of %s is put back as the nearest that is', async (_, text, proposal) => {
    expect(await inboundAfter(text)).toMatchObject({ answer: { text: 'reply-confirm' }, proposal });
    expect(await promised()).toEqual([]);
  });

  it('takes the place of the one that is open; said again it stays', async () => {
    await wrote('will pay 50 on Friday');
    await wrote('will pay 60 on Saturday', { at: toInstant(noon + minuteMs) });
    expect(await promised()).toMatchObject([{ amount: 60, dueDate: '2026-03-07' }]);
    const before = (await load()).promises;
    expect(await answerTo('60 on Saturday I promise', { at: toInstant(noon + 2 * minuteMs) })).toBe(
      'promise-confirmation',
    );
    expect((await load()).promises).toEqual(before);
  });

  it('is taken back by a no to its confirmation', async () => {
    const { answer } = await inboundAfter('will pay 50 on Friday');
    await contacted({ template: 'promise-confirmation', agreement: answer?.agreement });
    expect(await answerTo('NO', { at: toInstant(noon + minuteMs) })).toBe('reply-which-day');
    expect(await load()).toMatchObject({ promises: [{ cancelled: { why: 'withdrawn' } }] });
  });

  it('a yes that answers nothing makes nothing', async () => {
    await contacted();
    expect(await answerTo('yes')).toBeUndefined();
    expect(await promised()).toEqual([]);
  });

  it('after a plan was agreed, or where nothing is due, is only thanked for', async () => {
    await store.saveFeeds([{ debtorId: 'P1', accounts: [account({ pastDue: 0 })], stops: false }]);
    expect(await answerTo('will pay 50 on Friday')).toBe('reply-thanks');
  });
});

describe('an answer', () => {
  it('to a stop is a confirmation within five minutes, and nothing else goes by that channel', async () => {
    await wrote('STOP');
    const person = await load();
    const decision = decide(person, replying, noon);
    expect(decision).toMatchObject({
      kind: 'contact',
      contact: {
        channel: 'sms',
        purpose: 'optout_confirmation',
        template: 'reply-stopped',
        destination: mobile,
      },
    });
    for (const late of [5 * minuteMs + 1, 60 * minuteMs, 24 * 60 * minuteMs])
      expect(follow(person, toInstant(noon + late), replying)).not.toMatchObject({
        decision: { contact: { channel: 'sms' } },
      });
  });

  it('goes out at night, because the person has just written', async () => {
    const midnight = at('2026-03-03T16:30:00Z');
    await wrote('will pay 50 on Friday', { at: midnight });
    expect(decide(await load(), replying, toInstant(midnight + minuteMs))).toMatchObject({
      kind: 'contact',
      contact: {
        purpose: 'reply_to_debtor',
        template: 'promise-confirmation',
        about: [{ accountId: 'A1', stage: 'reply' }],
      },
    });
  });

  it('goes out once, and to the newest of several messages', async () => {
    await wrote('help');
    await wrote('call me', { at: toInstant(noon + 1_000) });
    const now = toInstant(noon + minuteMs);
    const first = decide(await load(), replying, now);
    if (first.kind === 'case') throw new Error('a call back is opened by the act itself');
    expect(first).toMatchObject({ kind: 'contact', contact: { template: 'reply-noted' } });
    const person = await load();
    if (first.kind !== 'contact') throw new Error(first.kind);
    const attempts = [...person.attempts, entryFor(first.contact, { reservedAt: now })];
    expect(decide({ ...person, attempts }, replying, toInstant(now + minuteMs)).kind).not.toBe('contact');
  });

  it('is given although a case or a hold has taken the account over', async () => {
    await wrote('I lost my job and cannot pay');
    const person = await load();
    const { decision } = follow(person, noon, replying);
    expect(decision).toMatchObject({ kind: 'case', reason: 'hold' });
    await wrote('help', { at: toInstant(noon + 1_000) });
    const later = await load();
    const owned = { ...later, cases: [{ ...opened(), because: [`hold/${later.holds[0]?.holdId ?? ''}`] }] };
    expect(decide(owned, replying, toInstant(noon + minuteMs))).toMatchObject({
      kind: 'contact',
      contact: { template: 'reply-help' },
    });
  });

  it('that the machine writes of its own accord waits after a message of the person', async () => {
    const wakes = follow(await load(), noon, replying);
    await wrote('ok', { at: toInstant(wakes.now - minuteMs) });
    expect(decide(await load(), replying, wakes.now)).not.toMatchObject({ kind: 'contact' });
  });

  it.each(['wrong number', '他去世了', 'contact my lawyer', 'I filed chapter 7', '不要再联系我'])(
    'is not given to: %s',
    async (text) => {
      expect(await inboundAfter(text)).not.toHaveProperty('answer');
    },
  );

  it('is given so often a day, but that a channel ended is always confirmed', async () => {
    for (let minute = 0; minute < 5; minute += 1)
      expect(await answerTo('help', { at: toInstant(noon + minute * minuteMs) })).toBe('reply-help');
    const later = { at: toInstant(noon + 9 * minuteMs) };
    expect(await answerTo('help', later)).toBeUndefined();
    expect(await answerTo('STOP', later)).toBe('reply-stopped');
  });

  it('that nothing was understood is given once a day', async () => {
    expect(await answerTo('zxcv qwer asdf')).toBe('reply-not-understood');
    expect(await answerTo('zxcv qwer asdf', { at: toInstant(noon + minuteMs) })).toBeUndefined();
  });

  it('is left to the provider where it has taken a keyword itself, and START opens what it had ended', async () => {
    const reason = 'opted_out_at_provider';
    await store.endDestination('P1', { channel: 'sms', value: mobile, reason, at: noon });
    expect(await inboundAfter('stopall', { takenByProvider: 'stop' })).not.toHaveProperty('answer');
    const after = { at: toInstant(noon + minuteMs) };
    expect(await inboundAfter('start', { takenByProvider: 'start', ...after })).not.toHaveProperty('answer');
    expect(await load()).toMatchObject({
      consents: [{ channel: 'sms', level: 'express' }],
      endedDestinations: [],
    });
  });
});

describe('who wrote', () => {
  const claimed = { sender: 'claimed', channel: 'email', from: 'mei.lin@example.com' } as const;

  it('is nobody that can promise, ask for a link or start again when the sender is not proven', async () => {
    for (const text of ['will pay 50 on Friday', 'send me the link', 'start', 'call me'])
      expect(await inboundAfter(text, claimed)).not.toHaveProperty('answer');
    expect(await load()).toMatchObject({ promises: [], consents: [], holds: [], acts: [] });
  });

  it('may end contact all the same', async () => {
    await wrote('unsubscribe', claimed);
    expect((await load()).consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
  });

  it('is not known at a shared number: only that number is ended there', async () => {
    expect(await inboundAfter('STOP', { isShared: true })).not.toHaveProperty('answer');
    expect((await load()).consents).toMatchObject([{ channel: 'sms', level: 'optout', number: mobile }]);
  });
});

describe('the order of deliveries', () => {
  it('a stop that is delivered after a later start does not undo it, and the other way round', async () => {
    await wrote('START', { at: toInstant(noon + minuteMs) });
    expect(await wrote('STOP', { at: noon })).toMatchObject({ kind: 'taken' });
    expect((await load()).consents).toMatchObject([{ level: 'express', at: noon + minuteMs }]);
    await wrote('STOP', { at: toInstant(noon + 3 * minuteMs) });
    expect(await wrote('START', { at: toInstant(noon + 2 * minuteMs) })).toMatchObject({ kind: 'taken' });
    expect((await load()).consents).toMatchObject([{ level: 'optout', at: noon + 3 * minuteMs }]);
  });

  it('a stop leaves an open promise as it is', async () => {
    const { version } = await load();
    await store.change('P1', version, { promises: [promise()] });
    await wrote('STOP');
    expect((await load()).promises).toEqual([promise()]);
  });
});
