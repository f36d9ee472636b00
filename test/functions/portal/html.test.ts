import { describe, expect, it } from 'vitest';
import { html, Markup } from '#functions/portal/html.ts';

describe('html', () => {
  it.each([
    ['a sign that opens a tag', '<script>', '&lt;script&gt;'],
    ['a quotation mark that would end an attribute', '" onload="x', '&quot; onload=&quot;x'],
    ['an apostrophe', "it's", 'it&#39;s'],
    ['an ampersand, also of what looks escaped', '&lt;', '&amp;lt;'],
  ])('escapes %s', (_what, text, written) => {
    expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${written}">${written}</p>`);
  });

  it('takes what it made itself as it is', () => {
    const inner = [html`<i>${1}</i>`, html`<i>${'<'}</i>`];
    expect(html`<b>${inner}</b>`.text).toBe('<b><i>1</i><i>&lt;</i></b>');
  });

  it('leaves nothing of what is undefined or false, but writes a zero', () => {
    expect(html`a${undefined}${false}${0}b`.text).toBe('a0b');
  });

  it('does not take an object that looks like markup for it', () => {
    expect(html`${new Markup('<b>')}`.text).toBe('<b>');
    expect(html`${JSON.parse('["<b>"]') as string[]}`.text).toBe('&lt;b&gt;');
  });
});
