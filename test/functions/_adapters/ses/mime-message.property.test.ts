import fc from 'fast-check';
import { simpleParser, type AddressObject } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { mimeMessage, UnusableAddressError } from '#functions/_adapters/ses/mime-message.ts';
import { email } from '#test/builders/email.ts';

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.stringMatching(/^[ -~]{0,200}$/),
  fc.constantFrom('a\r\nBcc: other@example.com', '=?UTF-8?Q?x?=', '还款提醒'.repeat(40), '--=_parts_--'),
);
const local = fc
  .stringMatching(/^[\w.!#$%&'*+/=?^`{|}~-]{1,40}$/)
  .filter((text) => !/^\.|\.$|\.\./.test(text));
const address = local.map((name) => `${name}@reply.example.com`);

/** What a header can carry of a text: one line of whole letters. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

function oneLineEnd(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n');
}

function only(found: AddressObject | AddressObject[] | undefined) {
  return [found ?? []].flat().flatMap(({ value }) => value);
}

describe('a message of ours', () => {
  it('is read by another program as it was written, whatever stands in it', async () => {
    const any = fc.record({
      subject: words,
      fromName: words,
      text: words,
      html: words,
      to: address,
      replyTo: address,
    });
    await fc.assert(
      fc.asyncProperty(any, async (written) => {
        const read = await simpleParser(Buffer.from(mimeMessage(email(written))), { skipTextToHtml: true });
        expect(read.subject ?? '').toBe(line(written.subject));
        expect(only(read.from)).toEqual([
          { address: 'notice@bank.example.com', name: line(written.fromName) },
        ]);
        expect(only(read.to)).toMatchObject([{ address: written.to }]);
        expect(only(read.replyTo)).toMatchObject([{ address: written.replyTo }]);
        expect(oneLineEnd(read.text ?? '')).toBe(oneLineEnd(written.text));
        expect(oneLineEnd(read.html === false ? '' : read.html)).toBe(oneLineEnd(written.html));
        expect(read.attachments).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('has the same headers, in lines that every server takes, whatever stands in it', () => {
    const any = fc.record({ subject: words, fromName: words, text: words, html: words });
    fc.assert(
      fc.property(any, (written) => {
        const lines = mimeMessage(email(written)).split('\r\n');
        const headers = lines.slice(0, lines.indexOf(''));
        expect(headers.filter((one) => !one.startsWith(' ')).map((one) => one.split(':', 1)[0])).toEqual([
          'From',
          'To',
          'Reply-To',
          'Subject',
          'List-Unsubscribe',
          'List-Unsubscribe-Post',
          'Auto-Submitted',
          'MIME-Version',
          'Content-Type',
        ]);
        expect(lines.every((one) => one.length <= 78 && /^[\x20-\x7e]*$/.test(one))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the headers that end e-mails', () => {
  it('are the two of RFC 8058, with an address for mail where mail is taken in', () => {
    const text = mimeMessage(email());
    expect(text).toContain(
      'List-Unsubscribe: <https://pages.example.com/u/Abc123Def4>,\r\n <mailto:notice+0aaaaaaaaaaa@reply.example.com?subject=unsubscribe>\r\n',
    );
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    const clickOnly = email({ unsubscribe: { url: 'https://pages.example.com/u/Abc123Def4' } });
    expect(mimeMessage(clickOnly)).toContain(
      'List-Unsubscribe: <https://pages.example.com/u/Abc123Def4>\r\n',
    );
  });
});

describe('an address that is not one plain address', () => {
  it.each([
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com, b@example.com',
    'a <b@example.com>',
    '"a b"@example.com',
    'müller@example.com',
    'nobody',
    '',
  ])('is refused: %j', (to) => {
    expect(() => mimeMessage(email({ to }))).toThrow(UnusableAddressError);
  });
});
