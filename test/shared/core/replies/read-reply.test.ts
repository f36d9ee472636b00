import { describe, expect, test } from 'vitest';
import type { ReplyRequest } from '#shared/contracts/replies.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { replyRequest, shippedReplyRules } from '#test/builders/replies.ts';

const rules = await shippedReplyRules();
const read = (text: string, change: Partial<ReplyRequest> = {}) =>
  readReply(replyRequest(text, change), rules);
const primary = (text: string, change: Partial<ReplyRequest> = {}) => read(text, change).intents[0];

const china = { locale: 'zh-CN', zone: 'Asia/Shanghai', at: '2026-03-11T06:00:00Z', currency: 'CNY' };
const mexico = { locale: 'es-MX', zone: 'America/Mexico_City', currency: 'MXN' };

describe('dates, said on Wednesday, 11 March 2026', () => {
  test.each([
    ['the next such weekday, strictly after today', 'I will pay on Wednesday', '2026-03-18', {}],
    ['"next" is the following week', 'I will pay next Friday', '2026-03-20', {}],
    ['the end of the month', 'I will pay at the end of the month', '2026-03-31', {}],
    ['the next 15th', 'I will pay by the 15th', '2026-03-15', {}],
    ['a 10th that is past is that of next month', 'I will pay on the 10th', '2026-04-10', {}],
    ['the 11th is today', 'I will pay on the 11th', '2026-03-11', {}],
    ['figures are month and day in en-US', 'I will pay on 4/5', '2026-04-05', {}],
    ['figures are day and month in en-GB', 'I will pay on 4/5', '2026-05-04', { locale: 'en-GB' }],
    ['the one order that is possible', 'I will pay on 20/3', '2026-03-20', {}],
    ['a year that is said', 'I will pay on March 20 2026', '2026-03-20', {}],
    ['more than six months ahead was said about the past', 'I will pay it, on February 2', undefined, {}],
    ['a past year', 'I will pay it, on 2025-12-01', undefined, {}],
    ['a vague time', 'I will pay next week', undefined, {}],
    ['the zone decides what today is', 'I will pay tomorrow', '2026-03-13', { zone: 'Asia/Shanghai' }],
    ['周三', '周三还', '2026-03-18', china],
    ['下周五', '下周五还', '2026-03-20', china],
    ['月底', '月底还', '2026-03-31', china],
    ['下个月5号', '下个月5号还', '2026-04-05', china],
    ['大后天', '大后天还', '2026-03-14', china],
    ['三月八号 is past', '三月八号还', undefined, china],
    ['周末 is two days', '周末还', undefined, china],
    ['el próximo viernes', 'pago el próximo viernes', '2026-03-20', mexico],
    ['fin de mes', 'pago a fin de mes', '2026-03-31', mexico],
    ['el 3/4 is in April', 'pago el 3/4', '2026-04-03', mexico],
    ['pasado mañana', 'pago pasado mañana', '2026-03-13', mexico],
  ])('%s: %s', (_rule, text, date, change) => {
    expect(primary(text, change)).toMatchObject({ kind: 'promise' });
    expect(primary(text, change)?.date).toBe(date);
  });
});

describe('amounts', () => {
  test.each([
    ['$1,234.50', 'I will pay $1,234.50 Friday', 1_234.5, {}],
    ['1.234,50', 'pago 1.234,50 el viernes', 1_234.5, mexico],
    ['two hundred and fifty', 'I will pay two hundred and fifty on Friday', 250, {}],
    ['1.5k', 'will pay 1.5k friday', 1_500, {}],
    ['两千五', '周五还两千五', 2_500, { ...china, balance: 9_000 }],
    ['1万2', '周五还1万2', 12_000, { ...china, balance: 9_000 }],
    ['the minimum', 'I will pay the minimum on Friday', 50, {}],
    ['in full', 'I will pay in full on Friday', 1_000, {}],
    ['half', 'I will pay half on Friday', 500, {}],
    ['above twice the balance', 'I will pay 2001 on Friday', undefined, {}],
    ['a balance that is unknown', 'I will pay in full on Friday', undefined, { balance: undefined }],
    ['a count of payments', 'I will pay on Friday, 3 payments', undefined, {}],
  ])('%s', (_rule, text, amount, change) => {
    const { balance, ...others } = { balance: 1_000, ...change };
    const request = { ...replyRequest(text, others), ...(balance !== undefined && { balance }) };
    if (balance === undefined) Reflect.deleteProperty(request, 'balance');
    const [intent] = readReply(request, rules).intents;
    expect(intent?.kind).toBe('promise');
    expect(intent?.amount).toBe(amount);
  });
});

describe('safety', () => {
  test.each([
    ['he passed away. Wrong number. STOP', ['deceased', 'wrong_party', 'opt_out']],
    ['my card was stolen, talk to my lawyer, I filed chapter 7', ['bankruptcy', 'attorney', 'fraud']],
    ['I will pay Friday but do not contact me again', ['cease', 'promise']],
  ])('kinds come first, by precedence: %s', (text, kinds) => {
    expect(
      read(text)
        .intents.map(({ kind }) => kind)
        .filter((kind) => kinds.includes(kind)),
    ).toEqual(kinds);
    expect(primary(text)?.kind).toBe(kinds[0]);
  });

  test.each([
    "don't stop",
    "please don't stop sending reminders",
    'my card stopped working',
    'I will stop by tomorrow',
    'What does "reply STOP to end" mean',
  ])('is no opt-out: %s', (text) => {
    const kinds = read(text).intents.map(({ kind }) => kind);
    expect(kinds).not.toContain('opt_out');
    expect(kinds).not.toContain('cease');
  });

  test.each([
    'ST0P',
    'S T O P',
    'ѕтор',
    'ＳＴＯＰ',
    'st\u200bop',
    'stooooop',
    'stop stop stop',
    'Stop, please!',
    'stpo',
  ])('an opt-out in disguise is one: %s', (text) => {
    expect(primary(text)).toMatchObject({ kind: 'opt_out', channel: 'sms' });
  });

  test('kinds are found beyond the 1,600 characters that are read, up to 20,000', () => {
    const far = read(`${'bla '.repeat(1_000)} stop texting me. I will pay Friday`);
    expect(far).toMatchObject({ truncated: true, intents: [{ kind: 'opt_out' }] });
    expect(far.intents).toHaveLength(1);
    expect(read(`${'bla '.repeat(6_000)} stop texting me`).intents[0]?.kind).toBe('unknown');
  });

  test('what a reply quotes from our own message is not said by the person', () => {
    const text =
      'I will pay on Friday\n\nOn Tue, Mar 10, 2026 Demo Bank wrote:\n> Reply STOP to opt out\nSTOP';
    expect(read(text, { channel: 'email' }).intents.map(({ kind }) => kind)).toEqual(['promise']);
  });
});

describe('answers', () => {
  test.each([
    ['1', 'confirm_promise', 'confirm'],
    ['2', 'confirm_promise', 'deny'],
    ['1', undefined, 'unknown'],
    ['no', undefined, 'deny'],
    ['好', 'identity_check', 'confirm'],
    ['👍', 'confirm_promise', 'confirm'],
    ['👍', undefined, 'unknown'],
    ['yes, stop', 'confirm_promise', 'opt_out'],
    ['4', 'satisfaction', 'satisfaction'],
  ] as const)('%s after %s is %s', (text, lastMessage, kind) => {
    expect(primary(text, lastMessage === undefined ? {} : { lastMessage })?.kind).toBe(kind);
  });

  test('an empty text is unknown and needs no human; a text that is not understood needs one', () => {
    expect(read('  ')).toMatchObject({ intents: [{ kind: 'unknown' }], needsHuman: false });
    expect(read('qwertz')).toMatchObject({ intents: [{ kind: 'unknown' }], needsHuman: true });
  });
});

test('a promise that hangs on something is conditional, and one that was never made is none', () => {
  expect(primary('if I get paid Friday I will pay you')).toMatchObject({
    kind: 'promise',
    conditional: true,
  });
  expect(read('I never said I would pay Friday').intents.map(({ kind }) => kind)).not.toContain('promise');
});

test("a debtor who mourns is in hard times; a debtor's own death is told apart", () => {
  expect(read('my mom died and I lost my job, I cannot pay').intents.map(({ kind }) => kind)).not.toContain(
    'deceased',
  );
  expect(primary('my mom died, this was her account')?.kind).toBe('deceased');
});
