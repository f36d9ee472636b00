import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { spoiltBodies, spoiltHeader, type Mutant } from './door.ts';

const publicUrl = 'https://hooks.example.com';
const token = 'token-of-the-bench';

/** What our function has to know to believe these requests. */
export const twilioSecrets = { authToken: () => Promise.resolve(token), publicUrl };

type Form = Readonly<Record<string, string>>;

interface TwilioForm {
  readonly path: string;
  readonly query?: string;
  /** Another path of ours, at which the same signature must not hold. */
  readonly otherPath: string;
  /** Fields that we read: whatever leaves them alone says the same. */
  readonly read: readonly string[];
}

/** One webhook of Twilio: form fields under Twilio's own signature, and what can be done to them. */
export function twilioForm({ path, query = '', otherPath, read }: TwilioForm) {
  const signed = (form: Form, by = token, origin = publicUrl): HttpRequest => {
    const url = `${origin}${path}${query === '' ? '' : `?${query}`}`;
    return {
      ...{ routeKey: `POST ${path}`, rawPath: path, rawQueryString: query, isBase64Encoded: false },
      headers: { 'x-twilio-signature': twilioWebhooks.getExpectedTwilioSignature(by, url, { ...form }) },
      body: new URLSearchParams(form).toString(),
    };
  };
  const meaningOf = (body = ''): string => {
    const form = new URLSearchParams(body);
    return JSON.stringify(read.map((name) => form.getAll(name)));
  };
  const mutants = (
    valid: HttpRequest,
    random: Parameters<typeof spoiltBodies>[1],
    own: { readonly bodies: readonly Mutant[]; readonly others: readonly Mutant[] },
  ): readonly Mutant[] => {
    const form = Object.fromEntries(new URLSearchParams(valid.body));
    const meaning = meaningOf(valid.body);
    return [
      // Twilio signs the fields whatever their order and way of being written; what we never read may be lost.
      ...[...spoiltBodies(valid, random), ...own.bodies].filter(
        ({ request }) => meaningOf(request.body) !== meaning,
      ),
      ...spoiltHeader(valid, 'x-twilio-signature', random),
      ...own.others,
      { how: 'other encoding', request: { ...valid, body: encodeURIComponent(valid.body ?? '') } },
      { how: 'other path', request: { ...valid, rawPath: otherPath } },
      { how: 'foreign tenant', request: signed(form, 'token-of-another') },
      { how: 'other origin', request: signed(form, token, 'https://other.example.com') },
    ];
  };
  return { signed, mutants };
}

/** A Twilio id of a kind, by number. */
export function sidOf(kind: 'AC' | 'SM', number: number): string {
  return `${kind}${number.toString(16).padStart(32, '0')}`;
}
