import { describe, expect, it } from 'vitest';
import { minuteMs, hourMs, dayMs, toInstant } from '#shared/kernel/instant.ts';
import {
  otherPhone,
  ours,
  received,
  receiving,
  replyingRules,
  sharedPhone,
} from '#test/builders/receiving.ts';
import { entry } from '#test/builders/stored.ts';
import { evidenceFor } from '#test/builders/evidence.ts';

const rules = await replyingRules();
const one = () => receiving(rules, { P4711: { phone: sharedPhone } });
const two = () => receiving(rules, { P4711: { phone: sharedPhone }, P0815: { phone: sharedPhone } });
const nobody = () => receiving(rules, { P4711: { phone: otherPhone } });
const later = (ms: number) => ({ at: toInstant(received + ms) });

const stop = { keyword: { kind: 'stop', isCertain: false, isAlsoAnswer: false } } as const;
const yes = { keyword: { kind: 'start', isCertain: false, isAlsoAnswer: true } } as const;
const asked = { kind: 'noted', answer: { text: 'reply-which-person' } };
const stranger = { kind: 'noted', answer: { text: 'reply-stranger' } };

/** What the provider did to the number by itself. */
const ended = {
  channel: 'sms',
  value: sharedPhone,
  reason: 'opted_out_at_provider',
  at: received,
} as const;

describe('a message of the one person at a number', () => {
  it('is taken in for them, and answered by a contact of theirs alone', async () => {
    const { writes, load } = await one();
    expect(await writes('I will pay 50 on Friday')).toEqual({ kind: 'taken' });
    expect(await load('P4711')).toMatchObject({
      inbound: [{ inboundId: 'sms:1', from: sharedPhone, answer: { text: 'promise-confirmation' } }],
      promises: [{ amount: 50, dueDate: '2026-03-13' }],
    });
  });

  it('does nothing when it is delivered again', async () => {
    const { writes, stored } = await one();
    await writes('I will pay 50 on Friday', { inboundId: 'sms:again' });
    const before = await stored();
    expect(await writes('I will pay 50 on Friday', { inboundId: 'sms:again' })).toEqual({ kind: 'repeated' });
    expect(await stored()).toBe(before);
  });

  it('ends texts by a keyword that the provider has taken, and says nothing', async () => {
    const { writes, load } = await one();
    expect(await writes('STOP', stop)).toEqual({ kind: 'taken' });
    const { consents, inbound } = await load('P4711');
    expect(consents).toMatchObject([{ channel: 'sms', level: 'optout' }]);
    expect(inbound[0]).not.toHaveProperty('answer');
  });

  it('confirms a keyword where the creditor acts on keywords itself, unless the provider says that it did', async () => {
    const creditor = { ...rules.creditors.get('demo-bank')!, smsKeywords: 'ours' as const };
    const itself = { ...rules, creditors: new Map([['demo-bank', creditor]]) };
    const { writes, load } = await receiving(itself, { P4711: { phone: sharedPhone } });
    await writes('STOP', stop);
    await writes('STOP', { keyword: { ...stop.keyword, isCertain: true } });
    const [ours, theirs] = (await load('P4711')).inbound;
    expect(ours).toMatchObject({ answer: { text: 'reply-stopped' } });
    expect(theirs).not.toHaveProperty('answer');
  });

  it('opens a number again that the provider had ended, and by YES only then', async () => {
    const { writes, load, store } = await one();
    await writes('YES', yes);
    expect((await load('P4711')).consents).toEqual([]);
    await store.endDestination('P4711', ended);
    await writes('STOP', stop);
    await writes('YES', { ...yes, ...later(minuteMs) });
    const { consents, endedDestinations } = await load('P4711');
    expect(endedDestinations).toEqual([]);
    expect(consents).toMatchObject([{ channel: 'sms', level: 'express' }]);
  });

  it('confirms a promise by YES, though the provider has a use for the word too', async () => {
    const { writes, load, store } = await one();
    await writes('I will pay 50 on Friday if I get my wages');
    const { version, inbound } = await load('P4711');
    expect(inbound[0]).toMatchObject({ answer: { text: 'reply-confirm' }, proposal: { date: '2026-03-13' } });
    const question = entry({
      ...{ debtorId: 'P4711', destination: sharedPhone, template: 'reply-confirm', reservedAt: received },
      about: [{ accountId: 'LN-P4711', strategy: 'reply@1', stage: 'reply', step: 'reply-confirm', dueDate: '2026-03-01', agreement: 'sms:1' }], // prettier-ignore
    });
    await store.reserve(version, { entry: question, next: null, evidence: evidenceFor(question) });
    expect(await writes('YES', { ...yes, ...later(hourMs) })).toEqual({ kind: 'taken' });
    expect((await load('P4711')).promises).toMatchObject([{ dueDate: '2026-03-13' }]);
  });

  it('is found by the number that it was contacted at, also after the feed has another', async () => {
    const { writes, store, load } = await one();
    const contacted = entry({ debtorId: 'P4711', destination: sharedPhone, reservedAt: received });
    await store.reserve(0, { entry: contacted, next: null, evidence: evidenceFor(contacted) });
    const { debtor: profile } = await load('P4711');
    const moved = {
      debtorId: 'P4711',
      debtor: { ...profile!, phone: otherPhone },
      accounts: [],
      stops: true,
    };
    await store.saveFeeds([moved]);
    expect(await writes('I will pay 50 on Friday')).toEqual({ kind: 'taken' });
    expect(await writes('I will pay 50 on Friday', later(401 * dayMs))).toMatchObject(stranger);
  });

  it('is taken in when our number is nobody’s any more', async () => {
    const { writes } = await one();
    expect(await writes('please stop texting me', { to: '+12025550199' })).toEqual({ kind: 'taken' });
  });
});

describe('a message from nobody who is known', () => {
  it("gets help in the language that it is written in, else in the creditor's, twice a day", async () => {
    const { writes, stored } = await nobody();
    const before = await stored();
    expect(await writes('who is this?')).toMatchObject({ answer: { text: 'reply-stranger', locale: 'en' } });
    expect(await writes('你们是谁')).toMatchObject({ answer: { text: 'reply-stranger', locale: 'zh-CN' } });
    expect(await writes('hello?')).toEqual({ kind: 'noted' });
    expect(await writes('hm?', later(dayMs))).toMatchObject({ answer: { locale: 'zh-CN' } });
    expect(await stored()).toBe(before);
  });

  it('gets the same answer again when it is delivered again, and uses up no other', async () => {
    const { writes } = await nobody();
    const again = { inboundId: 'sms:again' };
    expect(await writes('hello?', again)).toMatchObject(stranger);
    expect(await writes('hello?', again)).toMatchObject(stranger);
    expect(await writes('hello?', again)).toMatchObject(stranger);
    expect(await writes('hello?')).toMatchObject(stranger);
  });

  it.each(['STOP', 'please stop texting me', '退订', 'do not contact me again in any way'])(
    'gets nothing for %j',
    async (text) => {
      const { writes } = await nobody();
      expect(await writes(text)).toEqual({ kind: 'noted' });
    },
  );

  it('gets nothing from a number that is no sender of ours', async () => {
    const { writes } = await nobody();
    expect(await writes('hello?', { to: '+12025550199' })).toEqual({ kind: 'noted' });
  });
});

describe('a message from a number that two people share', () => {
  it('is kept until one of them has said who writes, and then taken in as it came', async () => {
    const { writes, load, stored } = await two();
    const before = await stored();
    expect(await writes('I will pay 50 on Friday')).toMatchObject(asked);
    expect(await stored()).toBe(before);
    expect(await writes('my account ends in 0815', later(hourMs))).toEqual({ kind: 'named' });
    expect((await load('P0815')).inbound).toMatchObject([{ inboundId: 'sms:1', at: received }]);
    expect((await load('P0815')).promises).toMatchObject([{ dueDate: '2026-03-13' }]);
    expect((await load('P4711')).inbound).toEqual([]);
  });

  it('asks again for what is written meanwhile, keeps all of it, and asks no more than three times a day', async () => {
    const { writes, load } = await two();
    expect(await writes('I will pay 50 on Friday')).toMatchObject(asked);
    expect(await writes('hello?')).toMatchObject(asked);
    expect(await writes('call me tonight')).toMatchObject(asked);
    expect(await writes('is anybody there')).toEqual({ kind: 'noted' });
    await writes('4711');
    expect((await load('P4711')).inbound.map(({ inboundId }) => inboundId)).toEqual([
      ...['sms:1', 'sms:2', 'sms:3', 'sms:4'],
    ]);
  });

  it('says the same of a wrong answer as of a right one, and hears three wrong ones a day', async () => {
    const { writes, load } = await two();
    await writes('I will pay 50 on Friday');
    for (const wrong of ['1111', '2222', '3333']) expect(await writes(wrong)).toEqual({ kind: 'noted' });
    expect(await writes('4711')).toEqual({ kind: 'noted' });
    expect((await load('P4711')).inbound).toEqual([]);
    expect(await writes('I will pay 50 on Monday', later(dayMs))).toMatchObject(asked);
    expect(await writes('4711', later(dayMs))).toEqual({ kind: 'named' });
    expect((await load('P4711')).inbound.map(({ inboundId }) => inboundId)).toEqual(['sms:6']);
  });

  it('hears no more wrong answers when they come at the same moment', async () => {
    const { writes, load } = await two();
    await writes('I will pay 50 on Friday');
    const guesses = ['0001', '0002', '0003', '0004', '4711'].map((guess) => writes(guess));
    await Promise.all(guesses);
    expect((await load('P4711')).inbound).toEqual([]);
  });

  it('does not take an ending for one person that is that of both', async () => {
    const { writes, store, load } = await two();
    for (const debtorId of ['P4711', 'P0815']) {
      const { debtor: profile, accounts } = await load(debtorId);
      const account = { ...accounts[0]!, attributes: { x_account_ending: '9999' } };
      await store.saveFeeds([{ debtorId, debtor: profile!, accounts: [account], stops: false }]);
    }
    await writes('I will pay 50 on Friday');
    expect(await writes('9999')).toEqual({ kind: 'noted' });
    expect((await load('P4711')).inbound).toEqual([]);
  });

  it('forgets what nobody has claimed for a day', async () => {
    const { writes, load } = await two();
    await writes('I will pay 50 on Friday');
    expect(await writes('4711', later(dayMs + 1))).toMatchObject(asked);
    expect((await load('P4711')).inbound).toEqual([]);
  });

  it.each(['STOP', 'please stop texting me', 'TD'])(
    'ends texts to that number for both by %j',
    async (text) => {
      const { writes, load } = await two();
      expect(await writes(text, text === 'STOP' ? stop : {})).toEqual({ kind: 'shared' });
      for (const debtorId of ['P4711', 'P0815']) {
        expect((await load(debtorId)).consents).toMatchObject([
          { channel: 'sms', level: 'optout', number: sharedPhone },
        ]);
      }
    },
  );

  it('ends the number for texts and calls of both when it is a wrong one', async () => {
    const { writes, load } = await two();
    expect(await writes('you have the wrong number')).toEqual({ kind: 'shared' });
    for (const debtorId of ['P4711', 'P0815']) {
      const ended = (await load(debtorId)).endedDestinations;
      expect(ended.map(({ channel, value }) => `${channel} ${value}`).sort()).toEqual([
        ...[`call ${sharedPhone}`, `sms ${sharedPhone}`],
      ]);
    }
  });

  it('pauses contact with both when somebody writes that he has died, and makes nobody promise anything', async () => {
    const { writes, load } = await two();
    expect(await writes('he passed away. I will pay 50 on Friday')).toEqual({ kind: 'shared' });
    for (const debtorId of ['P4711', 'P0815']) {
      expect(await load(debtorId)).toMatchObject({ promises: [], holds: [{ kind: 'deceased' }] });
    }
  });

  it('opens the number for both when the provider has', async () => {
    const { writes, load, store } = await two();
    await store.endDestination('P4711', ended);
    const start = { kind: 'start', isCertain: false, isAlsoAnswer: false } as const;
    expect(await writes('START', { keyword: start })).toEqual({ kind: 'shared' });
    expect((await load('P4711')).endedDestinations).toEqual([]);
  });

  it('takes no amount in a message for an account ending', async () => {
    const { writes, load } = await two();
    await writes('hello, it is about my card');
    expect(await writes('I will pay 4711 on Friday')).toMatchObject(asked);
    expect((await load('P4711')).inbound).toEqual([]);
  });

  it('writes to our own number and not to another', async () => {
    const { writes } = await two();
    expect(await writes('hello?', { to: ours })).toMatchObject(asked);
    expect(await writes('hello?', { to: '+12025550199' })).toEqual({ kind: 'noted' });
  });
});
