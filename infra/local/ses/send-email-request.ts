import PostalMime, { type Email } from 'postal-mime';
import type { MailRecord } from './mail-record.ts';

/** An answer of SES that is not a success. */
export interface SesError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What a mail is before SES has taken it. */
export type MailDraft = Omit<MailRecord, 'messageId' | 'acceptedAt' | 'outcome' | 'published'>;

/** Fields of SendRawEmail's query protocol that the local SES reads or passes on to the inbox. */
const knownField =
  /^(Action|Version|Source|ConfigurationSetName|Destinations\.member\.1|RawMessage\.Data|Tags\.member\.\d+\.(Name|Value))$/;
/** Names and values of tags (SES API reference, MessageTag). */
const tagText = /^[A-Za-z0-9_-]{1,255}$/;
const address = /^[^\s@<>]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
/** Largest message that SES takes by this operation, in bytes (SES quotas). */
const messageBytesMax = 10 * 1_048_576;
/** Longest line of a message (RFC 5322, 2.1.1). */
const lineLengthMax = 998;

/**
 * Reads a SendRawEmail request. Refuses what SES would refuse, and every field that the local SES does not play: several
 * recipients are not simulated, nor is SendEmail, which nobody here calls.
 */
export async function readSendEmail(form: URLSearchParams): Promise<MailDraft | SesError> {
  const field = (name: string): string => form.get(name) ?? '';
  if (field('Action') !== 'SendRawEmail')
    return {
      status: 400,
      code: 'InvalidAction',
      message: `${field('Action')} is not played by the local SES`,
    };
  const stranger = [...form.keys()].find((name) => !knownField.test(name));
  if (stranger !== undefined) return invalid(`${stranger} is not played by the local SES`);
  const to = field('Destinations.member.1');
  if (!address.test(to)) return invalid(`Illegal address: ${to}`);
  const tags = readTags(form);
  if (tags === undefined) return invalid('Invalid tag: only letters, digits, _ and - are allowed');
  const mail = await readMessage(Buffer.from(field('RawMessage.Data'), 'base64'));
  if ('code' in mail) return mail;
  return {
    to,
    ...mail,
    contactId:
      tags['contactId'] === undefined
        ? undefined
        : Buffer.from(tags['contactId'], 'base64url').toString('utf8'),
    tags,
    ...(field('ConfigurationSetName') === '' ? {} : { configurationSet: field('ConfigurationSetName') }),
  };
}

type Message = Pick<MailDraft, 'from' | 'replyTo' | 'subject' | 'text' | 'headers'>;

async function readMessage(raw: Buffer): Promise<Message | SesError> {
  if (raw.length > messageBytesMax) return invalid('Message length is more than 10485760 bytes long');
  if (raw.toString('latin1').split('\r\n').some(isTooLong)) return invalid('A line is too long');
  const mail = await PostalMime.parse(raw);
  return refusalOf(mail) ?? messageOf(mail);
}

function refusalOf(mail: Email): SesError | undefined {
  if (!address.test(mail.from?.address ?? '')) return invalid("Missing final '@domain'");
  const twice = repeatedHeader(mail);
  if (twice !== undefined) return invalid(`Duplicate header '${twice}'`);
  return mail.text === undefined && mail.html === undefined ? invalid('Missing body') : undefined;
}

function messageOf({ from, subject = '', text = '', replyTo = [], headers }: Email): Message {
  return {
    ...{ from: from?.address ?? '', subject, text },
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    ...(replyTo[0]?.address !== undefined && { replyTo: replyTo[0].address }),
  };
}

function isTooLong(line: string): boolean {
  return line.length > lineLengthMax;
}

/** A header that a message may have once and has twice (SES Developer Guide, "Amazon SES header fields"). */
function repeatedHeader({ headers }: Email): string | undefined {
  const once = [
    'from',
    'to',
    'reply-to',
    'subject',
    'list-unsubscribe',
    'list-unsubscribe-post',
    'content-type',
  ];
  return once.find((name) => headers.filter(({ key }) => key === name).length > 1);
}

function readTags(form: URLSearchParams): Record<string, string> | undefined {
  const tags: Record<string, string> = {};
  for (let member = 1; form.has(`Tags.member.${member}.Name`); member += 1) {
    const name = form.get(`Tags.member.${member}.Name`) ?? '';
    const value = form.get(`Tags.member.${member}.Value`) ?? '';
    if (!tagText.test(name) || !tagText.test(value)) return undefined;
    tags[name] = value;
  }
  return tags;
}

function invalid(message: string): SesError {
  return { status: 400, code: 'InvalidParameterValue', message };
}
