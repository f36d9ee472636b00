import type { MessageTag } from '@aws-sdk/client-ses';
import { IdSchema } from '#shared/contracts/primitives.ts';
import type { ContactReference } from '#shared/ports/message-sender.ts';

const contactTag = 'contactId';
const debtorTag = 'debtorId';

/**
 * The contact as message tags, which SES repeats in every event. Tags may hold letters, digits, `_` and `-` only and our
 * ids also `.` and `:`, so they are written in base64url.
 */
export function toTags({ contactId, debtorId }: ContactReference): MessageTag[] {
  return [
    { Name: contactTag, Value: Buffer.from(contactId).toString('base64url') },
    { Name: debtorTag, Value: Buffer.from(debtorId).toString('base64url') },
  ];
}

/** The contact in the tags of an event; undefined when it is not of a mail of ours. */
export function fromTags(tags: Readonly<Record<string, readonly string[]>>): ContactReference | undefined {
  const contactId = readTag(tags[contactTag]);
  const debtorId = readTag(tags[debtorTag]);
  return contactId === undefined || debtorId === undefined ? undefined : { contactId, debtorId };
}

function readTag(values: readonly string[] | undefined): string | undefined {
  const decoded = IdSchema.safeParse(Buffer.from(values?.[0] ?? '', 'base64url').toString('utf8'));
  return decoded.success ? decoded.data : undefined;
}
