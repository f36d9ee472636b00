import { describe, expect, it } from 'vitest';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { previewPage } from '#cli/templates/preview-page.ts';
import { previewsText } from '#cli/templates/preview-text.ts';
import { previewTexts, type PreviewChoice } from '#cli/templates/text-preview.ts';
import { readChanged, type Change } from '../config/small-config.ts';

const at = parseIsoInstant('2026-11-21T12:00:00Z') as Instant;
const sms = 'templates/en/note.sms.liquid';
const prices = `currency: EUR
sms: { perSegmentMicros: 90000, byCountryMicros: { US: 8300 } }
email: { perMessageMicros: 100 }
call: { perStartedMinuteMicros: 20000 }
`;
const law = `pack: nyc
version: 2026.11.0
attach: { country: US, by: residence }
rules:
  - { id: say, kind: content, channels: [sms, voicemail], require: [optout_instruction] }
  - { id: rights, kind: content, channels: [email], force: should, require: [rights] }
  - { id: letters, kind: content, channels: [letter], require: [mini_miranda] }
`;

async function previews(change: Change, choice: PreviewChoice = {}) {
  const { read, errors } = await readChanged(change);
  if (!read.ok) throw new Error(errors.join('\n'));
  return previewTexts(read.bundle, choice, at);
}

describe('a preview', () => {
  it('shows what a locked phone shows, the text, what is billed and what it costs', async () => {
    const [found] = await previews({ 'prices.yaml': prices }, { channel: 'sms' });
    expect(found).toMatchObject({
      name: 'note',
      locale: 'en',
      context: 'overdue',
      creditor: 'bank',
      lockScreen: ['Bank: this is a note about your account.'],
      message: {
        body: 'Bank: this is a note about your account. $12,345.67 is past due. Reply STOP to opt out.',
        segments: 1,
        encoding: 'GSM-7',
      },
      billed: { channel: 'sms', segments: 1 },
      cost: { micros: 8_300, currency: 'EUR' },
      elements: ['creditor_identity', 'optout_instruction', 'amount_due'],
    });
  });

  it('shows of an e-mail sender, subject and first words, and estimates how long a call takes', async () => {
    const [email, call] = (await previews({ 'prices.yaml': prices })).slice(1);
    expect(email?.lockScreen).toEqual([
      'bank@example.com',
      'Bank: a message',
      'A message from Bank. Reply STOP to opt o',
    ]);
    expect(email?.cost?.micros).toBe(100);
    expect(call?.lockScreen).toEqual([]);
    expect(call?.billed).toEqual({ channel: 'call', seconds: 6 });
    expect(call?.cost?.micros).toBe(20_000);
  });

  it('tells no cost where no prices are known', async () => {
    expect((await previews({})).every(({ cost }) => cost === undefined)).toBe(true);
  });

  it('shows each other wording with the facts that lead to it', async () => {
    const many = '{% if accountCount > 1 %} on {{ accountCount }} accounts{% endif %}';
    const thanks = '{% if givenName != "" %} Thank you, {{ givenName }}.{% endif %}';
    const change = { [sms]: ['is past due.', `is past due${many}.${thanks}`] } as const;
    const [found] = await previews(change, { channel: 'sms' });
    const head = 'Bank: this is a note about your account.';
    expect(found?.variants).toEqual([
      {
        when: 'accountCount is 2',
        text: `${head} $24,691.34 is past due on 2 accounts. Thank you, Alexandra. Reply STOP to opt out.`,
      },
      { when: 'givenName is empty', text: `${head} $12,345.67 is past due. Reply STOP to opt out.` },
    ]);
  });

  it('tells how the content rules of all packs judge it, whomever they bind', async () => {
    const change = {
      'policies/nyc.yaml': law,
      'rules.yaml': 'relax:\n  nyc/rights: agreed with the regulator\n',
    };
    const found = await previews(change, { name: 'note' });
    expect(
      found.map(({ message, rules }) => [
        message.channel,
        rules.map(({ rule, verdict, missing }) => [rule, verdict, missing]),
      ]),
    ).toEqual([
      ['sms', [['nyc/say', 'met', []]]],
      ['email', [['nyc/rights', 'relaxed', ['rights']]]],
      ['call', [['nyc/say', 'failed', ['optout_instruction']]]],
    ]);
    expect(previewsText(found).split('\n\n').at(-1)).toBe(
      [
        '3 texts; content rules:',
        '  nyc/rights: 0 of 1 texts that it concerns meet it',
        '    en/note.email relaxed',
        '  nyc/say: 1 of 2 texts that it concerns meet it',
        '    en/note.call failed',
        '',
      ].join('\n'),
    );
  });
});

describe('a text that no content rule judges', () => {
  it.each(['reply-stopped', 'reply-stranger'])('is %s', async (name) => {
    const found = await previews({ 'policies/nyc.yaml': law }, { name, channel: 'sms' });
    expect(found.map(({ rules }) => rules)).toEqual([[]]);
  });
});

describe('the page for people who review texts', () => {
  it('holds every text, runs and fetches nothing, and escapes what a file says', async () => {
    const found = await previews({
      'prices.yaml': prices,
      [sms]: ['is past due.', 'is past due <b>&amp; "so".'],
    });
    const page = previewPage(found, 'v1');
    expect(page).toContain('is past due &lt;b&gt;&amp;amp; &quot;so&quot;.');
    expect(page).toContain('1 segment GSM-7');
    expect(page).toContain('<iframe sandbox=""');
    expect(page).not.toMatch(/<script|<link|<img|src="|url\(|@import/iu);
    expect(page.match(/<article/gu)).toHaveLength(found.length);
  });

  it('tells where a language has no text', async () => {
    const texts = {
      'templates/es/words.yaml': 'optOut: [BAJA]\ndebt: [deuda]\nthreat: [cárcel]\n',
      'templates/es/note.sms.liquid':
        '---\nelements: [creditor_identity, optout_instruction]\n---\n{{ creditorName }}: Hola. Responda BAJA.\n',
    };
    const page = previewPage(await previews(texts, { name: 'note' }), 'v1');
    expect(page.match(/no text in this language/gu)).toHaveLength(2);
  });
});
