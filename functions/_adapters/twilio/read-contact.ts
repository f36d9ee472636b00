import * as z from 'zod';
import { IdSchema } from '#shared/contracts/primitives.ts';
import type { ContactReference } from '#shared/ports/message-sender.ts';
import type { OnUnrecognised } from '#functions/_adapters/vendor-words.ts';

const ContactSchema = z.object({ contactId: IdSchema, debtorId: IdSchema });

/** The contact that we put in a webhook's query; undefined, and counted, when the request carries none. */
export function readContact(
  query: URLSearchParams,
  onUnrecognised: OnUnrecognised,
): ContactReference | undefined {
  const parsed = ContactSchema.safeParse({
    contactId: query.get('contactId'),
    debtorId: query.get('debtorId'),
  });
  if (parsed.success) return parsed.data;
  onUnrecognised({ field: 'contact', value: query.toString() });
  return undefined;
}
