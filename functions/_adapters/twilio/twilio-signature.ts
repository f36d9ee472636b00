import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';

/** A request as it reached us, before anything in it may be believed. */
export interface SignedRequest {
  /** The whole URL as Twilio was given it: public origin, path and query. */
  readonly url: string;
  readonly form: URLSearchParams;
  /** The X-Twilio-Signature header. */
  readonly signature: string | undefined;
  /** Fields beside AccountSid that every webhook of this kind has. */
  readonly needs?: readonly string[];
  /** Fields that every webhook of this kind has, though they may be empty. */
  readonly has?: readonly string[];
}

const accountSidForm = /^AC[0-9a-f]{32}$/i;

/**
 * Whether Twilio signed this request with our token: HMAC-SHA1 over the URL and all form fields in order of their names
 * (twilio.com/docs/usage/security). A field that is given twice is signed with each of its values.
 *
 * Twilio signs URL and fields without anything between them, so the end of a URL could be passed off as the beginning of
 * the first field's name and another contact be named. AccountSid is always there and always first: it must be whole.
 * In the same way a field could be made to vanish into its own name (`CallStatus=busy` as `CallStatusbusy=`): those that
 * the webhook must have are asked for.
 */
export function isSignedByTwilio(request: SignedRequest, authToken: string): boolean {
  const { url, form, signature } = request;
  if (!hasItsFields(request)) return false;
  if (signature === undefined || signature === '' || !URL.canParse(url)) return false;
  if (!accountSidForm.test(form.get('AccountSid') ?? '')) return false;
  const fields = Object.fromEntries([...new Set(form.keys())].map((name) => [name, valueOf(form, name)]));
  return twilioWebhooks.validateRequest(authToken, signature, url, fields);
}

function hasItsFields({ form, needs = [], has = [] }: SignedRequest): boolean {
  return needs.every((name) => (form.get(name) ?? '') !== '') && has.every((name) => form.has(name));
}

function valueOf(form: URLSearchParams, name: string): string | string[] {
  const values = form.getAll(name);
  return values.length === 1 ? (values[0] ?? '') : values;
}
