import { Webhook } from 'standardwebhooks';
import type { SeededRandom } from '#cli/portfolio/seeded-random.ts';
import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { spoiltBodies, spoiltHeader, type Door, type DoorParts, type Mutant } from './door.ts';

/** The secret of the creditor, and that of somebody else. */
export const callbackSecret = Buffer.from('secret-of-the-bench-secret-of-the').toString('base64');
const otherSecret = Buffer.from('secret-of-somebody-else-altogethe').toString('base64');

interface CallbackDoor {
  readonly name: string;
  readonly path: string;
  /** What is told; each number is another one. */
  readonly content: (number: number) => object;
  readonly handle: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly bare: Door['bare'];
}

/** A door behind Standard Webhooks; requests are signed by the library of that name. */
export function callbackDoor(parts: DoorParts, { name, path, content, handle, bare }: CallbackDoor): Door {
  const sign = (id: string, body: string, { ageMs = 0, secret = callbackSecret } = {}): HttpRequest => {
    const at = new Date(parts.clock.now() - ageMs);
    return {
      routeKey: `POST ${path}`,
      rawPath: path,
      rawQueryString: '',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
      body,
      isBase64Encoded: false,
    };
  };
  const mutants = (valid: HttpRequest, random: SeededRandom): readonly Mutant[] => {
    const body = valid.body ?? '';
    const id = valid.headers['webhook-id'] ?? '';
    return [
      ...spoiltBodies(valid, random),
      ...Object.keys(valid.headers).flatMap((header) => spoiltHeader(valid, header, random)),
      { how: 'other order', request: { ...valid, body: reordered(body) } },
      { how: 'other encoding', request: { ...valid, body: escaped(body) } },
      { how: 'too old', request: sign(id, body, { ageMs: 5 * minuteMs + 1_000 }) },
      { how: 'from the future', request: sign(id, body, { ageMs: -5 * minuteMs - 1_000 }) },
      { how: 'foreign tenant', request: sign(id, body, { secret: otherSecret }) },
      { how: 'id of another', request: { ...valid, headers: { ...valid.headers, 'webhook-id': `${id}x` } } },
    ];
  };
  return {
    name,
    valid: (number) => Promise.resolve(sign(`msg_${String(number)}`, JSON.stringify(content(number)))),
    mutants: (valid, random) => Promise.resolve(mutants(valid, random)),
    handle,
    // Only a mistake of the rules is explained, and only to who has signed.
    isRefused: ({ statusCode }) => statusCode === 403,
    bare,
  };
}

/** The same content with its keys in another order. */
function reordered(body: string): string {
  const content = JSON.parse(body) as object;
  return JSON.stringify(Object.fromEntries(Object.entries(content).reverse()));
}

/** The same content with a letter written as an escape. */
function escaped(body: string): string {
  return body.replace('"type"', String.raw`"\u0074ype"`).replace('"accountId"', String.raw`"\u0061ccountId"`);
}
