import type { MailRecord } from './mail-record.ts';

/** An answer of SES that is not a success. */
export interface SesError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What a mail is before SES has taken it. */
export type MailDraft = Pick<
  MailRecord,
  'from' | 'to' | 'subject' | 'text' | 'contactId' | 'tags' | 'configurationSet'
>;

/** Fields of SendEmail's query protocol that the local SES reads or passes on to the inbox. */
const knownField =
  /^(Action|Version|Source|ConfigurationSetName|Destination\.ToAddresses\.member\.1|Message\.Subject\.(Data|Charset)|Message\.Body\.(Text|Html)\.(Data|Charset)|Tags\.member\.\d+\.(Name|Value))$/;
/** Names and values of tags (SES API reference, MessageTag). */
const tagText = /^[A-Za-z0-9_-]{1,255}$/;
const address = /^[^\s@<>]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/**
 * Reads a SendEmail request. Refuses what SES would refuse, and every field that the local SES does not play: several
 * recipients and raw mail are not simulated.
 */
export function readSendEmail(form: URLSearchParams): MailDraft | SesError {
  const field = (name: string): string => form.get(name) ?? '';
  if (field('Action') !== 'SendEmail')
    return {
      status: 400,
      code: 'InvalidAction',
      message: `${field('Action')} is not played by the local SES`,
    };
  const stranger = [...form.keys()].find((name) => !knownField.test(name));
  if (stranger !== undefined) return invalid(`${stranger} is not played by the local SES`);
  const to = field('Destination.ToAddresses.member.1');
  if (!address.test(to)) return invalid(`Illegal address: ${to}`);
  if (!hasContent(form)) return invalid('Missing subject or body');
  const tags = readTags(form);
  if (tags === undefined) return invalid('Invalid tag: only letters, digits, _ and - are allowed');
  return {
    from: field('Source'),
    to,
    subject: field('Message.Subject.Data'),
    text: field('Message.Body.Text.Data'),
    contactId:
      tags['contactId'] === undefined
        ? undefined
        : Buffer.from(tags['contactId'], 'base64url').toString('utf8'),
    tags,
    ...(field('ConfigurationSetName') === '' ? {} : { configurationSet: field('ConfigurationSetName') }),
  };
}

function hasContent(form: URLSearchParams): boolean {
  const hasBody = form.has('Message.Body.Text.Data') || form.has('Message.Body.Html.Data');
  return hasBody && (form.get('Message.Subject.Data') ?? '') !== '';
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
