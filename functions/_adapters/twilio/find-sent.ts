import * as z from 'zod';
import type { LookupResult, SentLookup } from '#shared/ports/message-sender.ts';
import type { TwilioAnswer, TwilioHttp } from './twilio-http.ts';

/** Rows of one page. Lists are newest first, so one page of a single number goes back far enough. */
const pageSize = 100;
/**
 * A contact that Twilio took was taken within this time of its reservation: longer than a request may last, shorter
 * than our own least gap between two contacts to one person.
 */
const lookupWindowMs = 120_000;
/** Twilio's dates have whole seconds. */
const dateGrainMs = 1_000;

const RowSchema = z.looseObject({ sid: z.string(), direction: z.string(), date_created: z.string() });
const listSchemas = {
  'Messages.json': z.looseObject({ messages: z.array(RowSchema) }).transform((list) => list.messages),
  'Calls.json': z.looseObject({ calls: z.array(RowSchema) }).transform((list) => list.calls),
} as const;

/**
 * Asks Twilio for a contact whose answer was lost. Neither a message nor a call shows our id, so it is recognised by
 * recipient and time of creation alone. The list is not filtered by Twilio's own dates, because a message that still
 * waits in its queue has none. With two in the window nobody can tell which is ours: then only a callback can.
 *
 * @throws when Twilio could not be asked; ask again later.
 */
export async function findSent(
  http: TwilioHttp,
  resource: keyof typeof listSchemas,
  lookup: SentLookup,
): Promise<LookupResult> {
  const answer = await http.get(resource, new URLSearchParams({ To: lookup.to, PageSize: String(pageSize) }));
  const rows = listSchemas[resource].parse(bodyOf(answer));
  const ours = rows.filter(
    (row) => row.direction === 'outbound-api' && isInWindow(Date.parse(row.date_created), lookup.since),
  );
  const [first, second] = ours;
  if (first === undefined) return { kind: 'not_found' };
  return second === undefined ? { kind: 'found', providerId: first.sid } : { kind: 'unsupported' };
}

function bodyOf(answer: TwilioAnswer): unknown {
  if (answer.kind === 'answered' && answer.status === 200) return answer.body;
  throw new Error(
    `Twilio could not be asked: ${answer.kind === 'answered' ? `status ${answer.status}` : answer.reason}. Ask again later.`,
  );
}

function isInWindow(createdAt: number, since: number): boolean {
  return createdAt + dateGrainMs > since && createdAt <= since + lookupWindowMs;
}
