import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { createHandler } from '#functions/portal/handler.ts';
import { createPageTokens, type FormSeal, type Session } from '#functions/portal/page-tokens.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { promisesPath } from '#functions/portal/promise-callback.ts';
import { sessionCookieFor } from '#functions/portal/session-cookie.ts';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { dayMs, minuteMs, secondMs } from '#shared/kernel/instant.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { entry } from '#test/builders/stored.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { spoiltHeader, type Door, type DoorParts, type Mutant } from './door.ts';
import { callbackDoor, callbackSecret } from './signed-callback.ts';

const publicUrl = 'https://pages.example.com';
const linkSecret = 'link-secret-of-the-bench';
const code = 'Abc123Def4';
const otherCode = 'Xyz789Uvw0';
const sid = '00000000-0000-4000-8000-000000000000';

function pages(parts: DoorParts) {
  const tokens = createPageTokens(() => Promise.resolve(linkSecret), parts.clock);
  const cookie = sessionCookieFor(publicUrl);
  const handle = createHandler({
    ...parts,
    ...{ links: parts.store, tokens, cookie, publicUrl },
    newId: () => sid,
    telemetry: createFakeTelemetry(),
    callbackSecret: () => Promise.resolve(callbackSecret),
  });
  return { tokens, handle };
}

/** The creditor's own systems that tell a promise. Whether the rules take it is another matter: the door lets it in. */
export function promiseCallbackDoor(parts: DoorParts): Promise<Door> {
  const { handle } = pages(parts);
  const promised = { debtorId: 'P1', accountId: 'A1', amount: 60, currency: 'CNY', date: '2026-03-20' };
  const content = () => ({ type: 'promise.made', timestamp: '2026-03-10T04:00:00Z', data: promised });
  const bare = () =>
    carryOut(
      { kind: 'promise', actId: 'callback:bench', via: 'callback', by: 'creditor', ...promised },
      parts,
    );
  const door = callbackDoor(parts, { name: 'promise callback', path: promisesPath, content, handle, bare });
  return Promise.resolve(door);
}

/** A form behind a personal link: session cookie and form token, both signed for one purpose, person and link. */
export async function linkPageDoor(parts: DoorParts): Promise<Door> {
  const { store, clock } = parts;
  for (const [index, one] of [code, otherCode].entries()) await addLink(parts, one, index);
  const { tokens, handle } = pages(parts);
  const session: Session = { sid, sub: 'P1', link: codeHashOf(code) };
  const sealOf = (number: number): FormSeal => {
    const id = number.toString(16).padStart(12, '0');
    return { jti: `page:00000000-0000-4000-8000-${id}`, ...session, page: 'survey' };
  };
  const request = (token: string, cookie: string, at = `/a/${code}/survey`): HttpRequest => ({
    routeKey: 'POST /a/{code}/{page}',
    rawPath: at,
    rawQueryString: '',
    headers: { host: 'pages.example.com', origin: publicUrl, 'sec-fetch-site': 'same-origin' },
    cookies: [`__Host-session=${cookie}`],
    body: new URLSearchParams({ token, score: '5', note: '' }).toString(),
    isBase64Encoded: false,
  });
  const signed = (
    claims: object,
    purpose: string,
    { audience = purpose, ageMs = 0, secret = linkSecret } = {},
  ) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setExpirationTime(Math.floor((clock.now() + 30 * minuteMs - ageMs) / secondMs))
      .sign(createHmac('sha256', secret).update(purpose).digest());
  const validSession = await tokens.signSession(session, 30 * minuteMs);

  const forged = async (seal: FormSeal): Promise<readonly Mutant[]> => {
    const as = async (how: string, token: Promise<string>): Promise<Mutant> => ({
      how,
      request: request(await token, validSession),
    });
    return Promise.all([
      as('expired form', signed(seal, 'portal:act', { ageMs: 31 * minuteMs })),
      as('other purpose', signed(seal, 'portal:wrong-person')),
      as('session as form', signed(seal, 'portal:session')),
      as('other audience', signed(seal, 'portal:act', { audience: 'portal:session' })),
      as('foreign tenant', signed(seal, 'portal:act', { secret: 'link-secret-of-another' })),
      as('form of another person', signed({ ...seal, sub: 'P2' }, 'portal:act')),
      as('form of another link', signed({ ...seal, link: codeHashOf(otherCode) }, 'portal:act')),
      as('form of another page', signed({ ...seal, page: 'language' }, 'portal:act')),
      as('form of another session', signed({ ...seal, sid: sid.replace(/0$/, '1') }, 'portal:act')),
    ]);
  };

  return {
    name: 'form of a link page',
    valid: async (number) => request(await tokens.signForm(sealOf(number)), validSession),
    mutants: async (valid, random) => {
      const token = new URLSearchParams(valid.body).get('token') ?? '';
      const number = random.whole(0, 1_000_000);
      const spoiltTokens = spoiltHeader({ ...valid, headers: { token } }, 'token', random);
      const spoiltCookies = spoiltHeader({ ...valid, headers: { cookie: validSession } }, 'cookie', random);
      const expired = await signed(session, 'portal:session', { ageMs: 31 * minuteMs });
      const others = await signed({ ...session, sub: 'P2' }, 'portal:session');
      return [
        ...spoiltTokens.map(({ how, request: { headers } }) => ({
          how,
          request: request(headers['token'] ?? '', validSession),
        })),
        ...spoiltCookies.map(({ how, request: { headers } }) => ({
          how,
          request: request(token, headers['cookie'] ?? ''),
        })),
        ...(await forged(sealOf(number))),
        { how: 'expired session', request: request(token, expired) },
        { how: 'session of another person', request: request(token, others) },
        { how: 'link of another', request: request(token, validSession, `/a/${otherCode}/survey`) },
        { how: 'other page', request: request(token, validSession, `/a/${code}/hardship`) },
        {
          how: 'sent by another site',
          request: { ...valid, headers: { ...valid.headers, origin: 'https://other.example.com' } },
        },
      ];
    },
    handle,
    // Carried out leads on to another page; everything else shows a page and changes nothing.
    isRefused: ({ statusCode, headers = {} }) =>
      statusCode !== 303 || !String(headers['location']).includes('/done'),
    // A form that was sent before is found among the acts of the person: what is left are two reads.
    bare: async () => {
      await store.find(codeHashOf(code));
      return store.load('P1');
    },
  };
}

async function addLink({ store, clock }: DoorParts, one: string, version: number): Promise<void> {
  const made = entry({ contactId: `c-${one}`, evidence: `P1~${String(clock.now())}~${one.padEnd(16, '0')}` });
  await store.reserve(version, {
    entry: made,
    next: null,
    evidence: evidenceFor(made),
    link: {
      codeHash: codeHashOf(one),
      debtorId: version === 0 ? 'P1' : 'P2',
      contactId: made.contactId,
      channel: 'sms',
      destination: made.destination,
      creditor: 'demo-bank',
      locale: 'en',
      madeAt: clock.now(),
      expiresAt: clock.now() + 30 * dayMs,
    },
  });
}
