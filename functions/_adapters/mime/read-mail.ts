import PostalMime, { addressParser, type Email } from 'postal-mime';
import { htmlText } from './html-text.ts';

/** Most characters of a mail's text, and of its HTML, that are looked at. */
const textMax = 200_000;
const subjectMax = 1_000;
const limits = { maxNestingDepth: 20, maxHeadersSize: 262_144, maxRfc822NestingDepth: 0 } as const;

/** What of a mail is needed to know whose it is and what it says. All of it is only what the sender claims. */
export interface Mail {
  /** The one address that it says it comes from, in small letters; absent when it names none, or several. */
  readonly from?: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string | undefined;
  /** Whether a machine wrote it: a holiday notice, a list, a failed delivery. Nobody may answer it. */
  readonly isAutomatic: boolean;
  /** Domains that signed it (DKIM), as the mail says. */
  readonly signedBy: readonly string[];
}

/**
 * Reads a mail as it came. One that was cut short is read as far as it goes.
 *
 * @returns undefined when it is no mail that can be read: too many headers, or parts in parts without an end.
 */
export async function readMail(raw: Uint8Array): Promise<Mail | undefined> {
  const mail = await parsed(raw);
  if (mail === undefined) return undefined;
  const { subject = '', text, html = '', messageId } = mail;
  return {
    from: senderOf(mail),
    subject: subject.slice(0, subjectMax),
    text: isBlank(text) ? htmlText(html.slice(0, textMax)) : text.slice(0, textMax),
    messageId,
    isAutomatic: isAutomatic(mail),
    signedBy: headersOf(mail, 'dkim-signature').map(
      (value) => /(?:^|;)\s*d\s*=\s*([^;\s]+)/iu.exec(value)?.[1] ?? '',
    ),
  };
}

async function parsed(raw: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(raw, limits);
  } catch {
    return undefined;
  }
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === '';
}

/** Two senders are none: the checks of SES are about one of them, and nobody says which. */
function senderOf(mail: Email): string | undefined {
  const [sender, another] = headersOf(mail, 'from').flatMap((value) => addressParser(value));
  const address = sender?.address?.trim().toLowerCase() ?? '';
  return another === undefined && /^[^\s@<>,]+@[^\s@<>,]+$/u.test(address) ? address : undefined;
}

/** By the headers that machines put into what they write (RFC 3834 and long custom). */
function isAutomatic(mail: Email): boolean {
  const says = (name: string, pattern: RegExp): boolean =>
    headersOf(mail, name).some((value) => pattern.test(value));
  return (
    says('auto-submitted', /^\s*(?!no\b)\S/iu) ||
    says('precedence', /^\s*(?:bulk|list|junk|auto_reply)\b/iu) ||
    says('x-auto-response-suppress', /\S/u) ||
    says('x-autoreply', /^\s*(?!no\b)\S/iu) ||
    says('x-autorespond', /\S/u) ||
    says('list-id', /\S/u) ||
    says('return-path', /^\s*<\s*>\s*$/u) ||
    says('content-type', /^\s*multipart\/report\b/iu)
  );
}

function headersOf({ headers }: Email, name: string): readonly string[] {
  return headers.filter(({ key }) => key === name).map(({ value }) => value);
}
