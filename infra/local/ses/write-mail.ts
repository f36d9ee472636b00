import * as z from 'zod';

const verdict = z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED']).default('PASS');

/** A mail that somebody writes to us, as the local run's entrance takes it. */
export const WrittenMailSchema = z.strictObject({
  to: z.email(),
  subject: z.string().max(1_000).default(''),
  text: z.string().max(1_000_000).default(''),
  /** Present: an HTML part, and no text part where `text` is empty. */
  html: z.string().max(1_000_000).optional(),
  /** Message-ID of the mail that it answers. */
  inReplyTo: z.string().max(1_000).optional(),
  /** Its own Message-ID; absent: a new one. */
  messageId: z.string().max(1_000).optional(),
  /** Further headers, such as `Auto-Submitted`. */
  headers: z.record(z.string().regex(/^[A-Za-z-]+$/), z.string().regex(/^[^\r\n]*$/)).default({}),
  /** What SES's checks say of it. */
  verdicts: z
    .strictObject({ spam: verdict, virus: verdict, spf: verdict, dkim: verdict, dmarc: verdict })
    .prefault({}),
});
export type WrittenMail = z.input<typeof WrittenMailSchema>;
export type ReadyMail = z.output<typeof WrittenMailSchema>;

const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** The mail as a mail program sends it. */
export function rawMail(from: string, mail: ReadyMail & { readonly messageId: string }): string {
  const headers = {
    From: from,
    To: mail.to,
    Subject: `=?UTF-8?B?${encoded(mail.subject)}?=`,
    'Message-ID': mail.messageId,
    ...(mail.inReplyTo !== undefined && { 'In-Reply-To': mail.inReplyTo }),
    ...mail.headers,
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/alternative; boundary="=_mail"',
  };
  const parts = [
    ...(mail.text !== '' || mail.html === undefined ? [part('plain', mail.text)] : []),
    ...(mail.html === undefined ? [] : [part('html', mail.html)]),
  ];
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', ...parts.flat(), '--=_mail--', ''].join('\r\n');
}

function part(subtype: 'plain' | 'html', text: string): string[] {
  const lines = encoded(text).match(/.{1,76}/g) ?? [];
  const type = `Content-Type: text/${subtype}; charset=utf-8`;
  return ['--=_mail', type, 'Content-Transfer-Encoding: base64', '', ...lines];
}
