import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { callWalk, keys, says, type CallWalkOptions } from '#test/builders/call-walk.ts';
import { at } from '#test/builders/person.ts';

let rules: DecisionRules;
beforeAll(async () => {
  const read = await readConfig('config', { today: '2026-03-02' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  rules = compileRules(read.bundle);
});

let stop: () => Promise<void> = () => Promise.resolve();
afterEach(() => stop());

interface Place {
  readonly debtor: Partial<Debtor>;
  readonly creditor: string;
  readonly currency: string;
  /** A Tuesday, in opening hours. */
  readonly open: string;
  readonly closed: string;
  /** Dates one, three and seven days later. */
  readonly words: {
    readonly twoQuestions: string;
    readonly owed: string;
    readonly readBack: string;
    readonly promised: string;
    readonly wrongPerson: string;
    readonly machine: string;
    readonly transfer: string;
    readonly missed: string;
    readonly closed: string;
    readonly stopped: string;
    readonly link: string;
  };
  readonly promise: string;
  readonly stopCalling: string;
}

/** Somebody in New York, whose bank is open in the morning and closed in the evening. */
function newYork(locale: string) {
  return {
    debtor: {
      locale,
      country: 'US',
      region: 'NY',
      phone: '+12125550142',
      postalCode: '10001',
      timeZone: 'America/New_York',
    },
    creditor: 'demo-bank-us',
    currency: 'USD',
    open: '2026-03-10T15:00:00Z',
    closed: '2026-03-10T23:30:00Z',
  };
}

const places: Readonly<Record<string, Place>> = {
  en: {
    ...newYork('en'),
    words: {
      twoQuestions: 'we have two questions',
      owed: '$100.00',
      readBack: 'You will pay $100.00 by Mar 13, 2026.',
      promised: 'We have noted that you will pay $100.00 by Mar 13, 2026.',
      wrongPerson: 'We will not call this number again.',
      machine: 'this is an automated message from Demo Bank US for Mei Lin. Please call us back',
      transfer: 'We connect you to a person.',
      missed: 'Nobody is free just now. A person will call you back.',
      closed: 'Our people are not there at this time. A person will call you back.',
      stopped: 'We will not call you any more.',
      link: 'We are sending you a text message with a link.',
    },
    promise: "I'll pay 100 dollars on Friday",
    stopCalling: 'stop calling me',
  },
  es: {
    ...newYork('es'),
    words: {
      twoQuestions: 'tenemos dos preguntas',
      owed: '100,00 US',
      readBack: 'Usted pagará 100,00 US$ hasta el 13 mar 2026.',
      promised: 'Hemos anotado que pagará 100,00 US$ hasta el 13 mar 2026.',
      wrongPerson: 'No volveremos a llamar a este número.',
      machine: 'este es un mensaje automático de Banco Demo EE. UU. para Mei Lin.',
      transfer: 'Le pasamos con una persona.',
      missed: 'Ahora no hay nadie libre. Una persona le devolverá la llamada.',
      closed: 'A esta hora no hay nadie. Una persona le devolverá la llamada.',
      stopped: 'No volveremos a llamarle.',
      link: 'Le enviamos un mensaje de texto con un enlace.',
    },
    promise: 'voy a pagar 100 dólares el viernes',
    stopCalling: 'no me llamen más',
  },
  'zh-CN': {
    debtor: {
      locale: 'zh-CN',
      country: 'CN',
      region: 'SH',
      phone: '+8615400000001',
      postalCode: '200000',
      timeZone: 'Asia/Shanghai',
    },
    creditor: 'demo-bank-cn',
    currency: 'CNY',
    open: '2026-03-10T03:00:00Z',
    closed: '2026-03-10T12:00:00Z',
    words: {
      twoQuestions: '我们有两个问题',
      owed: '¥100.00',
      readBack: '您将在2026年3月13日前付款¥100.00。',
      promised: '我们已经记下：您将在2026年3月13日前付款¥100.00。',
      wrongPerson: '我们不会再拨打这个号码。',
      machine: '这里是示例银行的自动留言',
      transfer: '正在为您转接工作人员。',
      missed: '现在没有空闲的工作人员，我们会给您回电。',
      closed: '现在不是工作时间，我们会给您回电。',
      stopped: '我们不会再给您打电话。',
      link: '我们会给您发送一条带链接的短信。',
    },
    promise: '我周五还一百块',
    stopCalling: '不要再给我打电话了',
  },
  'zh-TW': {
    debtor: {
      locale: 'zh-TW',
      country: 'TW',
      phone: '+886900000001',
      postalCode: '10001',
      timeZone: 'Asia/Taipei',
    },
    creditor: 'demo-bank-tw',
    currency: 'TWD',
    open: '2026-03-10T03:00:00Z',
    closed: '2026-03-10T12:00:00Z',
    words: {
      twoQuestions: '我們有兩個問題',
      owed: '$100.00',
      readBack: '您將在2026年3月13日前付款$100.00。',
      promised: '我們已經記下：您將在2026年3月13日前付款$100.00。',
      wrongPerson: '我們不會再撥打這個號碼。',
      machine: '這裡是示範銀行的自動留言',
      transfer: '正在為您轉接專人。',
      missed: '現在沒有空閒的專人，我們會回電給您。',
      closed: '現在不是服務時間，我們會回電給您。',
      stopped: '我們不會再打電話給您。',
      link: '我們會傳送一則附連結的簡訊給您。',
    },
    promise: '我週五還一百元',
    stopCalling: '不要再打電話給我',
  },
};

/** What the person keys in to be known: date of birth, then postal code. */
const identity = (place: Place) => ['1', '19900102#', `${place.debtor.postalCode!}#`];

async function calling(place: Place, changes: Partial<CallWalkOptions> = {}) {
  const walk = await callWalk({
    rules,
    now: at(place.open),
    debtor: place.debtor,
    account: {
      accountId: 'A1',
      creditor: place.creditor,
      currency: place.currency,
      attributes: { x_birth_date: '1990-01-02' },
    },
    ...changes,
  });
  stop = walk.stop;
  return walk;
}

describe.each(Object.entries(places))('a call in %s', (_, place) => {
  const { words } = place;

  it('goes from ringing to a promise by keys', async () => {
    const walk = await calling(place);
    const { heard, person, problems, documents } = await walk.answer(
      keys(...identity(place), '1', '1', '2', '1'),
    );
    expect(problems).toEqual([]);
    const beforeKnown = heard.slice(0, heard.lastIndexOf(`callee: [presses ${place.debtor.postalCode!}]`));
    expect(beforeKnown.join()).toContain(words.twoQuestions);
    expect(beforeKnown.join()).not.toContain(words.owed);
    expect(heard.join()).toContain(words.owed);
    expect(heard.at(-3)).toContain(words.readBack);
    expect(heard.at(-1)).toContain(words.promised);
    expect(documents[0]).toMatch(/^<\?xml.*<Gather input="dtmf speech" action="http.*numDigits="1"/);
    expect(person.promises).toMatchObject([
      { accountId: 'A1', amount: 100, dueDate: '2026-03-13', via: 'call' },
    ]);
    expect(person.attempts).toMatchObject([{ state: 'conversation' }]);
    expect(person.acts.map(({ kind }) => kind)).toEqual(['identity_try', 'promise']);
  });

  it('goes from ringing to a promise in words', async () => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer([
      ...keys(...identity(place)),
      says(place.promise),
      ...keys('1'),
    ]);
    expect(problems).toEqual([]);
    expect(heard.at(-3)).toContain(words.readBack);
    expect(heard.at(-1)).toContain(words.promised);
    expect(person.promises).toMatchObject([{ amount: 100, dueDate: '2026-03-13', via: 'call' }]);
  });

  it('tells somebody else nothing, and the number is over for calls and texts', async () => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer(keys('2'));
    expect(problems).toEqual([]);
    expect(heard).toHaveLength(3);
    expect(heard.at(-1)).toContain(words.wrongPerson);
    expect(heard.join()).not.toContain(words.owed);
    expect(person.endedDestinations).toMatchObject([
      { channel: 'call', value: place.debtor.phone, reason: 'wrong_party' },
      { channel: 'sms', value: place.debtor.phone, reason: 'wrong_party' },
    ]);
    expect(person.attempts).toMatchObject([{ state: 'answered' }]);
  });

  it('leaves a machine only the limited message', async () => {
    const walk = await calling(place);
    const { heard, person, problems, documents } = await walk.ring({
      kind: 'machine',
      ringMs: 4_000,
      greetingMs: 5_000,
      beep: true,
    });
    expect(problems).toEqual([]);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain(words.machine);
    expect(documents).toHaveLength(1);
    expect(documents.join()).not.toContain(words.owed);
    expect(person.attempts).toMatchObject([{ state: 'voicemail' }]);
  });

  it('is put through to a person in opening hours', async () => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer(keys(...identity(place), '3'));
    expect(problems).toEqual([]);
    const { agents } = rules.creditors.get(place.creditor)!;
    expect(heard.at(-2)).toContain(words.transfer);
    expect(heard.at(-1)).toBe(`script: [dials ${agents!.phone}]`);
    expect(person.cases).toEqual([]);
  });

  it('leads to a call back when nobody takes it', async () => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer(keys(...identity(place), '3'), {
      dialled: 'no-answer',
    });
    expect(problems).toEqual([]);
    expect(heard.at(-1)).toContain(words.missed);
    expect(person.cases).toMatchObject([{ reason: 'call_me', state: 'open' }]);
  });

  it('leads to a call back when nobody is there', async () => {
    const walk = await calling(place, { now: at(place.closed) });
    const { heard, person, problems } = await walk.answer(keys(...identity(place), '3'));
    expect(problems).toEqual([]);
    expect(heard.at(-1)).toContain(words.closed);
    expect(person.cases).toMatchObject([{ reason: 'call_me', state: 'open' }]);
  });

  it.each([
    ['by a key before anything else', () => keys('9')],
    ['in words before anything else', () => [says(place.stopCalling)]],
    ['by a key at the menu', () => keys(...identity(place), '9')],
    ['in words at the menu', () => [...keys(...identity(place)), says(place.stopCalling)]],
  ])('ends calls when that is asked for %s', async (_how, gathers) => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer(gathers());
    expect(problems).toEqual([]);
    expect(heard.at(-1)).toContain(words.stopped);
    expect(person.consents).toMatchObject([{ channel: 'call', level: 'optout' }]);
  });

  it('plans a link by text message', async () => {
    const walk = await calling(place);
    const { heard, person, problems } = await walk.answer(keys(...identity(place), '2'));
    expect(problems).toEqual([]);
    expect(heard.at(-1)).toContain(words.link);
    expect(person.inbound).toMatchObject([
      { channel: 'call', during: 'c-1', answer: { text: 'reply-link', channel: 'sms' } },
    ]);
  });
});
