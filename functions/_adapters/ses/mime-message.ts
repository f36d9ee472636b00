import type { Email } from '#shared/ports/message-sender.ts';

/** Longest line of base64 (RFC 2045, 6.8), in characters. */
const bodyLineMax = 76;
/** Bytes of text in one encoded word: with the longest name of a header before it, its line has 76 characters (RFC 2047, 2). */
const encodedWordBytes = 39;
/** Longest header text that is written as it is, so that its line has 78 characters (RFC 5322, 2.1.1). */
const plainTextMax = 60;
/** It has letters that base64 does not have, so that it can stand in no part. */
const boundary = '=_parts_';

/** An address that could end its header line, or bring a second address with it. */
export class UnusableAddressError extends Error {
  override readonly name = 'UnusableAddressError';
}

/**
 * An e-mail as the bytes that SES sends: a text and an HTML part, both UTF-8 in base64, and the headers by which a mail
 * program ends these e-mails with one click (RFC 8058). `Message-ID` and `Date` are SES's to write. Whatever text stands in a
 * header cannot begin another one.
 *
 * @throws UnusableAddressError when an address is not one plain address.
 */
export function mimeMessage(email: Pick<Email, MessageField>): string {
  return [
    `From: ${displayName(email.fromName)}\r\n <${plainAddress(email.from)}>`,
    `To: ${plainAddress(email.to)}`,
    `Reply-To: ${plainAddress(email.replyTo)}`,
    `Subject: ${headerText(email.subject)}`,
    `List-Unsubscribe: ${unsubscribeUris(email.unsubscribe)}`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    // Holiday notices need not answer what a machine has sent (RFC 3834).
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('plain', email.text),
    ...part('html', email.html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

type MessageField = 'from' | 'fromName' | 'to' | 'replyTo' | 'subject' | 'text' | 'html' | 'unsubscribe';

function part(subtype: 'plain' | 'html', text: string): string[] {
  const encoded = Buffer.from(text.toWellFormed(), 'utf8').toString('base64');
  return [
    `--${boundary}`,
    `Content-Type: text/${subtype}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...cut(encoded, bodyLineMax),
  ];
}

function cut(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, line) =>
    text.slice(line * length, (line + 1) * length),
  );
}

/** Each on a line of its own: together they may be longer than a line should be. */
function unsubscribeUris({ url, mail }: Email['unsubscribe']): string {
  const uris = [new URL(url).href];
  if (mail !== undefined)
    uris.push(`mailto:${uriAddress(mail.to)}?subject=${encodeURIComponent(mail.subject)}`);
  return uris.map((uri) => `<${uri}>`).join(',\r\n ');
}

/** An address in a `mailto:` (RFC 6068): a plus sign stands for itself there. */
function uriAddress(address: string): string {
  return encodeURIComponent(plainAddress(address)).replaceAll('%40', '@').replaceAll('%2B', '+');
}

/** One address and nothing else: no blank, no sign that has a meaning in a header, nothing but ASCII. */
function plainAddress(address: string): string {
  const isPlain = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/.test(address);
  if (!isPlain) throw new UnusableAddressError('an address has signs that cannot stand in a header');
  return address;
}

/** Text as a header may have it: as it is when it is plain and short, else in encoded words that are cut between letters. */
function headerText(text: string): string {
  const line = oneLine(text);
  return isPlain(line) ? line : encodedWords(line);
}

/** The name before an address. */
function displayName(name: string): string {
  const line = oneLine(name);
  return isPlain(line) ? `"${line.replaceAll(/["\\]/g, String.raw`\$&`)}"` : encodedWords(line);
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

function isPlain(line: string): boolean {
  return line.length <= plainTextMax && /^[\x20-\x7e]*$/.test(line) && !line.includes('=?');
}

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > encodedWordBytes) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  const all = [...words, word];
  return all.map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
