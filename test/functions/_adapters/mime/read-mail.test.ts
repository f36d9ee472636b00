import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMail } from '#functions/_adapters/mime/read-mail.ts';
import { rawMail, WrittenMailSchema, type WrittenMail } from '#infra/local/ses/write-mail.ts';

const from = 'mei.lin@example.com';

function raw(changes: Partial<WrittenMail> = {}, sender = from): Buffer {
  const mail = WrittenMailSchema.parse({ to: 'care@reply.example.com', text: 'hello', ...changes });
  return Buffer.from(rawMail(sender, { ...mail, messageId: mail.messageId ?? '<m-1@example.com>' }));
}

describe('a mail', () => {
  it('is read with its sender, its subject and its text', async () => {
    expect(
      await readMail(raw({ subject: '还款', text: '周五还500 ✓' }, `"Lin, Mei" <Mei.Lin@Example.com>`)),
    ).toEqual({
      from,
      subject: '还款',
      text: '周五还500 ✓',
      messageId: '<m-1@example.com>',
      isAutomatic: false,
      signedBy: [],
    });
  });

  it('is read from its HTML where it has no text, without what it answers', async () => {
    const html =
      '<html><head><style>p{}</style></head><body><p>No m&aacute;s &amp; gracias&#33;</p><div>STOP<br>please</div>' +
      '<div class="gmail_quote"><p>reply with the word STOP</p></div></body></html>';
    expect(await readMail(raw({ text: '', html }))).toMatchObject({
      text: 'No m&aacute;s & gracias!\nSTOP\nplease',
    });
    const quoted = '<p>yes</p><blockquote type="cite">old <b>words</b></blockquote>';
    expect(await readMail(raw({ text: '', html: quoted }))).toMatchObject({ text: 'yes' });
  });

  it.each([
    ['a holiday notice', { 'Auto-Submitted': 'auto-replied' }],
    ['a list', { Precedence: 'bulk' }],
    ['a list by its id', { 'List-Id': '<news.example.com>' }],
    ['an answer of Exchange', { 'X-Auto-Response-Suppress': 'All' }],
    ['an answering machine', { 'X-Autoreply': 'yes' }],
    ['a failed delivery', { 'Return-Path': '<>' }],
  ])('is known as %s', async (_, headers) => {
    expect(await readMail(raw({ headers }))).toMatchObject({ isAutomatic: true });
  });

  it("of a person who says so is a person's", async () => {
    expect(
      await readMail(raw({ headers: { 'Auto-Submitted': 'no', Precedence: 'first-class' } })),
    ).toMatchObject({
      isAutomatic: false,
    });
  });

  it.each([
    ['two senders', 'a@example.com, mei.lin@example.com'],
    ['a sender twice', 'a@example.com\r\nFrom: mei.lin@example.com'],
    ['a group', 'people: mei.lin@example.com;'],
    ['no sender', ''],
    ['none that is an address', 'Mei Lin'],
  ])('has no sender when it has %s', async (_, sender) => {
    expect((await readMail(raw({}, sender)))?.from).toBeUndefined();
  });

  it('tells who signed it', async () => {
    const headers = { 'DKIM-Signature': 'v=1; a=rsa-sha256; d=Example.com; s=x; b=abc=' };
    expect((await readMail(raw({ headers })))?.signedBy).toEqual(['Example.com']);
  });

  it('never fails, whatever its bytes are', async () => {
    const whole = raw({ text: 'please stop' }).toString('latin1');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .tuple(fc.nat(whole.length), fc.string({ unit: 'binary', maxLength: 40 }))
        .map(([at, more]) => Buffer.from(whole.slice(0, at) + more + whole.slice(at), 'latin1')),
      fc.nat(whole.length).map((end) => Buffer.from(whole.slice(0, end), 'latin1')),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (some) => {
        const mail = await readMail(some);
        expect(mail === undefined || typeof mail.text === 'string').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('with parts in parts without an end is not read', async () => {
    const nested = Array.from(
      { length: 60 },
      (_, depth) =>
        `Content-Type: multipart/mixed; boundary="b${String(depth)}"\r\n\r\n--b${String(depth)}\r\n`,
    ).join('');
    expect(await readMail(Buffer.from(`From: a@example.com\r\n${nested}`))).toBeUndefined();
  });
});
