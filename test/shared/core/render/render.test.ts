import { describe, expect, it } from 'vitest';
import type { EmailTemplate, SmsTemplate, VoiceTemplate } from '#shared/contracts/template.ts';
import { compileTemplates, findTemplate, findText } from '#shared/core/render/compile-templates.ts';
import { renderEmail, renderSms, renderVoice } from '#shared/core/render/render.ts';
import { templateValues } from '#shared/core/render/template-values.ts';
import { address, values } from './sample-facts.ts';

function sms(body: string, change: Partial<SmsTemplate> = {}): SmsTemplate {
  return { channel: 'sms', context: 'overdue', name: 'note', locale: 'en', elements: [], body, ...change };
}
const email: EmailTemplate = {
  channel: 'email',
  context: 'overdue',
  name: 'note',
  locale: 'en',
  elements: ['creditor_identity'],
  subject: '{{ creditorName }}:\n a message',
  text: 'Dear {{ givenName }},\n\nhello.\n\n',
  html: '<p title="{{ givenName }}">{{ givenName }}</p>',
};
const voice: VoiceTemplate = {
  channel: 'call',
  context: 'overdue',
  name: 'note',
  locale: 'en',
  elements: [],
  greeting: 'Hello\n{{ givenName }}.',
  message: '{{ amountDue }} & more',
  goodbye: 'Bye.',
  machine: 'Call {{ creditorPhone }}.',
};
const hostile = { debtor: { givenName: '<b>"Al\' & {{ payUrl }}', familyName: 'x' } };

function onlySms(body: string) {
  const found = findTemplate(compileTemplates([sms(body)]), 'note', 'sms', 'en');
  if (found === undefined) throw new Error('no template');
  return found;
}

describe('renderSms', () => {
  it('says what the message costs', () => {
    expect(renderSms(onlySms('{{ creditorName }}: {{ amountDue }}\n'), values())).toEqual({
      body: 'Demo Bank: $120.50',
      segments: 1,
      encoding: 'GSM-7',
    });
  });

  it('does not escape: a text message is no HTML', () => {
    expect(renderSms(onlySms('{{ givenName }}'), values(hostile)).body).toBe('<b>"Al\' & {{ payUrl }}');
  });

  it('makes typographic marks plain when that alone makes the text cheap', () => {
    const debtor = { givenName: 'D’Arcy', familyName: 'x' };
    expect(renderSms(onlySms('{{ givenName }} – hello'), values({ debtor })).body).toBe("D'Arcy - hello");
  });

  it('keeps them where the text needs UCS-2 anyway', () => {
    const debtor = { givenName: 'Zoë “Łucja”', familyName: 'x' };
    expect(renderSms(onlySms('{{ givenName }}'), values({ debtor }))).toMatchObject({
      body: 'Zoë “Łucja”',
      encoding: 'UCS-2',
    });
  });

  it('renders every time with the values given', () => {
    const template = onlySms('{% if daysPastDue == 1 %}one{% else %}{{ daysPastDue }}{% endif %}');
    expect(renderSms(template, values({ today: '2026-11-02' })).body).toBe('one');
    expect(renderSms(template, values()).body).toBe('20');
  });
});

describe('renderEmail', () => {
  const found = findTemplate(compileTemplates([email]), 'note', 'email', 'en');
  if (found === undefined) throw new Error('no template');

  it('escapes names in HTML and nowhere else', () => {
    const rendered = renderEmail(found, values(hostile));
    const escaped = '&lt;b&gt;&#34;Al&#39; &amp; {{ payUrl }}';
    expect(rendered.html).toBe(`<p title="${escaped}">${escaped}</p>`);
    expect(rendered.text).toBe('Dear <b>"Al\' & {{ payUrl }},\n\nhello.\n');
  });

  it('makes the subject one line', () => {
    expect(renderEmail(found, values()).subject).toBe('Demo Bank: a message');
  });
});

describe('renderVoice', () => {
  it('gives each thing that is said as one line of plain text', () => {
    const found = findTemplate(compileTemplates([voice]), 'note', 'call', 'en');
    expect(found && renderVoice(found, values())).toEqual({
      greeting: 'Hello Ana.',
      message: '$120.50 & more',
      goodbye: 'Bye.',
      machine: 'Call +12025550100.',
    });
  });
});

describe('a text about a promise', () => {
  const about = compileTemplates([sms('{{ promiseAmount }}', { context: 'promise' })]);
  const found = findText(about, { context: 'promise', channel: 'sms', name: 'note', locale: 'en' });
  if (found === undefined) throw new Error('no template');

  it('is made of the values of a promise', () => {
    const promise = { amount: 80, paidAmount: 0, currency: 'USD', dueDate: '2026-11-28' };
    const manageUrl = 'https://pay.example.com/a/1';
    const given = templateValues({ context: 'promise', ...address, promise, manageUrl });
    expect(renderSms(found, given).body).toBe('$80.00');
  });

  it('cannot be made without them: the types refuse it, and so does the text', () => {
    // @ts-expect-error -- values of another context
    expect(() => renderSms(found, values())).toThrow('a text names promiseAmount');
  });

  it('is not found for a step, which knows of no promise', () => {
    expect(findTemplate(about, 'note', 'sms', 'en')).toBeUndefined();
  });
});

describe('findTemplate', () => {
  const templates = compileTemplates([
    sms('en'),
    sms('TW', { locale: 'zh-TW' }),
    sms('es', { locale: 'es' }),
    email,
  ]);

  it.each([
    ['zh-TW', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh-CN', 'en'],
    ['es-MX', 'es'],
    ['fr', 'en'],
  ])('reads %s in %s', (locale, expected) => {
    expect(findTemplate(templates, 'note', 'sms', locale)?.locale).toBe(expected);
  });

  it('finds nothing where not even the fallback has the text', () => {
    expect(findTemplate(templates, 'note', 'call', 'en')).toBeUndefined();
    expect(findTemplate(templates, 'other', 'sms', 'en')).toBeUndefined();
  });

  it('carries the declared elements', () => {
    expect(findTemplate(templates, 'note', 'email', 'en')?.elements).toEqual(['creditor_identity']);
  });
});
