import { describe, expect, it } from 'vitest';
import { ownWords } from '#shared/core/inbound/mail-words.ts';

const quoted = '> To stop e-mails like this one, reply with the word STOP.\n> Demo Bank';

describe('what a person wrote in an e-mail', () => {
  it.each([
    [
      'Gmail',
      `I will pay on Friday\n\nOn Wed, Mar 11, 2026 at 3:30 PM Demo Bank <care@example.com> wrote:\n\n${quoted}`,
    ],
    [
      'Gmail, whose announcement is broken in two',
      `I will pay on Friday\n\nOn Wed, Mar 11, 2026 at 3:30 PM Demo Bank <\ncare+0abc@reply.example.com> wrote:\n\n${quoted}`,
    ],
    [
      'a program whose announcement is broken in three',
      `I will pay on Friday\n\nOn Wed, Mar 11, 2026\nat 3:30 PM Demo Bank <\ncare+0abc@reply.example.com> wrote:\n${quoted}`,
    ],
    [
      'Outlook',
      'I will pay on Friday\n\n________________________________\nFrom: Demo Bank <care@example.com>\nreply with the word STOP',
    ],
    ['a program that only marks lines', `${quoted}\nI will pay on Friday`],
    ['a signature', `I will pay on Friday\n-- \nMei Lin\nSTOP Ltd`],
    ['a signature whose blank got lost', `I will pay on Friday\r\n--\r\nMei Lin`],
    ['a telephone', 'I will pay on Friday\n\nSent from my iPhone'],
  ])('is left over of what %s sends', (_, text) => {
    expect(ownWords({ subject: 'Re: Your account', text })).toBe('I will pay on Friday');
  });

  it.each([
    ['在 2026年3月11日 15:30，示例银行\n<care@example.com> 写道：', '周五还500', '发自我的iPhone'],
    ['El mié, 11 mar 2026 a las 15:30, Banco Demo (<\ncare@example.com>) escribió:', 'no más correos', ''],
  ])('is left over in other languages, too: %j', (announcement, words, below) => {
    expect(ownWords({ subject: '', text: `${words}\n${below}\n${announcement}\n${quoted}` })).toBe(words);
  });

  it('keeps a sentence that only begins like an announcement', () => {
    const text = 'On Friday 2026-03-13 I will pay 200.\nI wrote:\nit before';
    expect(ownWords({ subject: '', text })).not.toBe('');
    expect(ownWords({ subject: '', text: 'On 13.03.2026 I pay 200.\nThank you' })).toBe(
      'On 13.03.2026 I pay 200.\nThank you',
    );
  });

  it('is the subject where there is nothing else, unless the subject is ours', () => {
    expect(ownWords({ subject: ' unsubscribe ', text: '' })).toBe('unsubscribe');
    expect(ownWords({ subject: 'stop', text: '-- \nMei Lin' })).toBe('stop');
    expect(ownWords({ subject: 'stop', text: 'hello' })).toBe('hello');
    for (const subject of ['Re: Your account is past due', 'RE: x', '回复：还款提醒', 'RV: x'])
      expect(ownWords({ subject, text: quoted })).toBe('');
  });
});
