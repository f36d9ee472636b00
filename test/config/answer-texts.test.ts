import { describe, expect, it } from 'vitest';
import { factsRenderer } from '#cli/config/render-facts.ts';
import { sampleFacts, samplePeople } from '#cli/config/sample-facts.ts';
import { readConfig } from '#cli/read-config.ts';
import type { ReplyKind } from '#shared/contracts/replies.ts';
import { compileReplies } from '#shared/core/replies/compile-replies.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { replyRequest } from '#test/builders/replies.ts';

const read = await readConfig(new URL('../../config', import.meta.url).pathname, { today: '2026-11-21' });
if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
const { templates, creditors, replies } = read.bundle;
const words = compileReplies(replies);
const texts = templates.filter(({ name }) => name.startsWith('reply-'));

/** The words of every message that a text becomes, for each creditor and kind of name. */
function messages({ locale, name }: { readonly locale: string; readonly name: string }) {
  return texts
    .filter((text) => text.locale === locale && text.name === name)
    .flatMap((text) =>
      creditors.map((creditor) => {
        const facts = sampleFacts(text.context, { locale, creditor, debtor: samplePeople(locale).rare });
        return factsRenderer(text, text.context)(facts);
      }),
    );
}

const asked = { lastMessage: 'confirm_promise' } as const;

type Row = readonly [locale: string, name: string, word: string, kind: ReplyKind];
const invited: readonly Row[] = [
  ['en', 'reply-stopped', 'START', 'opt_in'],
  ['es', 'reply-stopped', 'INICIAR', 'opt_in'],
  ['zh-CN', 'reply-stopped', '恢复', 'opt_in'],
  ['zh-TW', 'reply-stopped', '恢復', 'opt_in'],
  ['en', 'reply-which-day', '200 on Friday', 'promise'],
  ['es', 'reply-which-day', '200 el viernes', 'promise'],
  ['zh-CN', 'reply-which-day', '周五还200', 'promise'],
  ['zh-TW', 'reply-which-day', '週五繳200', 'promise'],
  ['en', 'reply-not-understood', 'AGENT', 'human'],
  ['es', 'reply-not-understood', 'AGENTE', 'human'],
  ['zh-CN', 'reply-not-understood', '人工', 'human'],
  ['zh-TW', 'reply-not-understood', '專員', 'human'],
  ['en', 'reply-confirm', 'YES', 'confirm'],
  ['en', 'reply-confirm', 'NO', 'deny'],
  ['es', 'reply-confirm', 'NO', 'deny'],
  ['zh-CN', 'reply-confirm', '是', 'confirm'],
  ['zh-CN', 'reply-confirm', '不是', 'deny'],
  ['zh-TW', 'reply-confirm', '是', 'confirm'],
  ['zh-TW', 'reply-confirm', '不是', 'deny'],
];

describe('what an answer asks people to write', () => {
  it.each(invited)('in %s, %s, "%s", is read as %s', (locale, name, word, kind) => {
    const found = messages({ locale, name });
    expect(new Set(found.map(({ channel }) => channel))).toEqual(new Set(['sms', 'email']));
    for (const message of found) {
      const said = message.channel === 'email' ? [message.text, message.html] : [JSON.stringify(message)];
      for (const text of said) expect(text.replaceAll(String.raw`\"`, '"')).toContain(word);
    }
    for (const channel of ['sms', 'email'] as const) {
      const [first] = readReply(
        replyRequest(word, { locale, channel, ...(name === 'reply-confirm' && asked) }),
        words,
      ).intents;
      expect(first?.kind).toBe(kind);
      if (kind === 'promise') expect(first).toMatchObject({ amount: 200, date: '2026-03-13' });
    }
  });

  it.each(['SI', 'SÍ'])('is a yes in Spanish with and without its accent: %s', (word) => {
    const request = replyRequest(word, { locale: 'es', ...asked });
    expect(readReply(request, words).intents[0]?.kind).toBe('confirm');
  });
});

describe('an answer by text message', () => {
  const sms = texts.filter(({ channel }) => channel === 'sms');

  it.each(sms.map(({ locale, name }) => ({ locale, name })))(
    '$locale/$name takes at most two parts',
    (which) => {
      for (const message of messages(which))
        if (message.channel === 'sms') expect(message.segments, message.body).toBeLessThanOrEqual(2);
    },
  );

  it('takes one part where it names no address, in languages with Latin letters', () => {
    const longer = sms
      .filter((one) => one.channel === 'sms' && !/Url/u.test(one.body) && !one.locale.startsWith('zh'))
      .filter((one) => messages(one).some((message) => message.channel === 'sms' && message.segments > 1));
    expect(longer.map(({ name }) => name)).toEqual(['reply-which-person', 'reply-which-person']);
  });
});
