import { bodyOf, type HttpRequest } from '#functions/_runtime/http.ts';

/** What a mail program sends when its owner clicks "unsubscribe" (RFC 8058, 3.1 and 3.2). */
export const oneClick = { name: 'List-Unsubscribe', value: 'One-Click' } as const;
/** Longest such body, in characters: the field, and the frame that a form in parts puts around it. */
const bodyLengthMax = 2_000;

/** Whether a request carries that click, in either of the two forms that the standard allows. */
export function isOneClick(request: HttpRequest): boolean {
  const body = bodyOf(request);
  if (body.length > bodyLengthMax) return false;
  const isInParts = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
  return isInParts
    ? `\r\n${body}`.split('\r\n--').some(isClickedPart)
    : new URLSearchParams(body).get(oneClick.name) === oneClick.value;
}

/** One part of a form: lines that name its field, an empty line, its value. */
function isClickedPart(part: string): boolean {
  const end = part.indexOf('\r\n\r\n');
  const isField = /\bname="?list-unsubscribe"?\s*(?:[;\r]|$)/i.test(part.slice(0, Math.max(end, 0)));
  return isField && part.slice(end).trim() === oneClick.value;
}
