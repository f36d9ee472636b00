import { caselessCode, fromCaseless } from './link-code.ts';

/** Subject of the mail by which a mail program ends e-mails, and first word of the ones that people write themselves. */
export const unsubscribeSubject = 'unsubscribe';
/** Most characters of a local part (RFC 5321, 4.5.3.1.1). */
const localPartMax = 64;

/**
 * Where an answer to one e-mail goes: `service+<code>@<domain>`. Nobody can guess the code, so that an answer names the
 * contact that it answers. It is written without capitals, which mail servers need not keep.
 */
export function replyAddress({
  from,
  code,
  domain,
}: {
  readonly from: string;
  readonly code: string;
  readonly domain: string;
}): string {
  const tag = `+${caselessCode(code)}`;
  const mailbox = from.slice(0, from.lastIndexOf('@')).slice(0, localPartMax - tag.length);
  return `${mailbox}${tag}@${domain}`;
}

/** The code in an address to which an answer went; null when it has none. */
export function codeInAddress(address: string): string | null {
  const local = address.slice(0, address.lastIndexOf('@'));
  const plus = local.lastIndexOf('+');
  return plus < 0 ? null : fromCaseless(local.slice(plus + 1));
}
