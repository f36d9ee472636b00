import { describe, expect, it } from 'vitest';
import { linksIn, visibleText } from '#cli/config/visible-text.ts';

describe('visibleText', () => {
  it('is what a reader of HTML sees', () => {
    const html =
      '<html><head><title>Bank</title><style>p { color: red }</style></head><body><!-- note -->\n' +
      '<p title="no">Fish &amp; Chips&nbsp;&#8212; &#x4F60;</p><style>a {}</style><a href="https://pay.example.com/?a=1&amp;b=2">Pay</a></body></html>';
    expect(visibleText(html)).toBe('Fish & Chips — 你 Pay');
    expect(linksIn(html)).toEqual(['https://pay.example.com/?a=1&b=2']);
  });

  it('leaves what is no entity as it stands', () => {
    expect(visibleText('AT&T &unknown; &#99999999; 1 < 2')).toBe('AT&T &unknown; &#99999999; 1 < 2');
  });
});
