import * as z from 'zod';
import { parseJson } from '#shared/kernel/parse-json.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';
import { isTelephoneNumber } from './message-draft.ts';
import type { Messages } from './messages.ts';

/** Longest text that a telephone sends at once, in characters: ten parts. */
const bodyLengthMax = 1_600;

const WrittenSchema = z.strictObject(
  {
    to: z.string().refine(isTelephoneNumber, 'write our number as + and 7 to 15 digits').optional(),
    body: z.string().min(1, 'write at least one character').max(bodyLengthMax),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'send JSON such as {"to": "+12025550101", "body": "STOP"}' : undefined,
  },
);

/**
 * The telephones of the people, for whoever tries the machine by hand: `GET /phones/+12025550142` shows what one got and wrote,
 * `POST /phones/+12025550142/messages` writes from it (`{"to": "+12025550101", "body": "STOP"}`; without `to`, to the number
 * that wrote last). Undefined when a request is not for a telephone.
 */
export async function answerPhone(messages: Messages, request: ApiRequest): Promise<ApiAnswer | undefined> {
  const match = /^\/phones\/([^/]+)(\/messages)?$/.exec(request.path);
  if (match === null) return undefined;
  const number = decodeURIComponent(match[1] ?? '');
  if (!isTelephoneNumber(number))
    return refused(400, `${number} is no telephone number: + and 7 to 15 digits`);
  if (match[2] === undefined)
    return request.method === 'GET'
      ? { status: 200, body: phoneView(messages, number) }
      : refused(405, 'GET shows a telephone; POST /phones/NUMBER/messages writes from it');
  if (request.method !== 'POST') return refused(405, 'POST writes from a telephone');
  return write(messages, number, request.body);
}

async function write(messages: Messages, number: string, text: string): Promise<ApiAnswer> {
  const parsed = WrittenSchema.safeParse(parseJson(text));
  if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
  const to = parsed.data.to ?? messages.all().findLast((message) => message.to === number)?.from;
  if (to === undefined)
    return refused(400, 'nobody has written to this telephone yet: name our number in `to`');
  await messages.receive({ from: number, to, body: parsed.data.body });
  return { status: 201, body: phoneView(messages, number) };
}

function phoneView(messages: Messages, number: string): Record<string, unknown> {
  const own = messages.all().filter(({ to, from }) => to === number || from === number);
  return {
    number,
    messages: own.map(({ from, to, body, status, createdAt }) => ({
      at: new Date(createdAt).toISOString(),
      ...(from === number ? { wroteTo: to } : { gotFrom: from }),
      body,
      status,
    })),
  };
}

function refused(status: number, error: string): ApiAnswer {
  return { status, body: { error } };
}
