import { describe, expect, it } from 'vitest';
import { plainEmailHtml } from '#cli/config/plain-email.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';

const html = (text: string): string =>
  plainEmailHtml(text, 'en')
    .replace(/^[^]*<body>\n|<\/body>[^]*$/gu, '')
    .trim();

describe('plainEmailHtml', () => {
  it('says in which language it is', () => {
    expect(plainEmailHtml('你好', 'zh-TW')).toBe(
      '<!doctype html>\n<html lang="zh-TW"><body>\n<p>你好</p>\n</body></html>\n',
    );
  });

  it.each([
    [
      'a paragraph for each blank line',
      'One.\n\nTwo.\n \n\nThree.',
      '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>',
    ],
    [
      'a line for each line',
      'One.\nTwo.\n\nThree.\nFour.',
      '<p>One.<br>\nTwo.</p>\n<p>Three.<br>\nFour.</p>',
    ],
    ['what would be markup as text', 'a <b> & "c"', '<p>a &lt;b&gt; &amp; "c"</p>'],
    [
      'liquid as it stands',
      '{% if remainingAmount != "" %}<{{ givenName | default: "a & b" }}>{% endif %}',
      '<p>{% if remainingAmount != "" %}&lt;{{ givenName | default: "a & b" }}&gt;{% endif %}</p>',
    ],
    [
      'an address that can be pressed',
      'Here: {{ manageUrl }}\n{{payUrl}} {{ surveyUrl }}',
      '<p>Here: <a href="{{ manageUrl }}">{{ manageUrl }}</a><br>\n<a href="{{payUrl}}">{{payUrl}}</a> <a href="{{ surveyUrl }}">{{ surveyUrl }}</a></p>',
    ],
    [
      'no address of a value that is none',
      '{{ creditorPhone }} {{ payUrl | upcase }}',
      '<p>{{ creditorPhone }} {{ payUrl | upcase }}</p>',
    ],
    [
      'whole paragraphs whichever way a choice goes',
      'One.{% if givenName == "" %}\n\nTwo.{% endif %}',
      '<p>One.{% if givenName == "" %}</p>\n<p>Two.{% endif %}</p>',
    ],
  ])('makes %s', (_what, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it('is as right as its text', () => {
    const text = '{{ givenName }}: {{ payUrl }}\n\n{% if dueDate == "" %}a{% else %}b{% endif %}';
    expect(parseLiquid(text, 'overdue').problems).toEqual([]);
    expect(parseLiquid(plainEmailHtml(text, 'en'), 'overdue').problems).toEqual([]);
  });
});
