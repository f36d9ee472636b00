import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import * as z from 'zod';
import { IdSchema } from '#shared/contracts/primitives.ts';
import { minuteMs, secondMs } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** How long a form may be filled in, in milliseconds. */
const formOpenMs = 30 * minuteMs;
/** Longest token that is looked at, in characters: several times what one takes. */
const tokenLengthMax = 2_000;

/** What a token is for. Each purpose has a key of its own, so that none can stand in for another. */
export type TokenPurpose = 'portal:session' | 'portal:act' | 'portal:wrong-person';

const SessionSchema = z.object({ sid: z.uuid(), sub: IdSchema, link: z.string() });
/** That a person answered the identity question of one link. */
export type Session = z.infer<typeof SessionSchema>;

const FormSchema = z.object({
  /** Id of the act that the form leads to: it happens once. */
  jti: IdSchema,
  sub: IdSchema,
  link: z.string(),
  page: z.string(),
  /** Session in which it was shown; absent on a form that asks nobody who they are. */
  sid: z.uuid().optional(),
  account: IdSchema.optional(),
  /** The agreement that the form is about. */
  on: IdSchema.optional(),
});
/** What a form was made for: by whom, on which page of which link, about which account. */
export type FormSeal = z.infer<typeof FormSchema>;

/** Signs what pages hand out and checks what comes back. */
export interface PageTokens {
  signSession(session: Session, lastsMs: number): Promise<string>;
  readSession(token: string | undefined): Promise<Session | null>;
  signForm(seal: FormSeal, purpose?: TokenPurpose): Promise<string>;
  readForm(token: string | null, purpose?: TokenPurpose): Promise<FormSeal | null>;
}

/** Tokens by keys that are derived from the link secret, one for each purpose. What does not verify is null, whatever is wrong. */
export function createPageTokens(secret: () => Promise<string>, clock: Clock): PageTokens {
  const keyFor = async (purpose: TokenPurpose): Promise<Uint8Array> =>
    createHmac('sha256', await secret())
      .update(purpose)
      .digest();
  const sign = async (payload: JWTPayload, purpose: TokenPurpose, lastsMs: number): Promise<string> =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(purpose)
      .setExpirationTime(Math.floor((clock.now() + lastsMs) / secondMs))
      .sign(await keyFor(purpose));
  const read = async <T>(
    token: string | null,
    purpose: TokenPurpose,
    schema: z.ZodType<T>,
  ): Promise<T | null> => {
    if (token === null || token.length > tokenLengthMax) return null;
    const key = await keyFor(purpose);
    const currentDate = new Date(clock.now());
    const verified = await jwtVerify(token, key, {
      audience: purpose,
      algorithms: ['HS256'],
      currentDate,
    }).catch(() => null);
    return verified === null ? null : (schema.safeParse(verified.payload).data ?? null);
  };
  return {
    signSession: (session, lastsMs) => sign(session, 'portal:session', lastsMs),
    readSession: (token) => read(token ?? null, 'portal:session', SessionSchema),
    signForm: (seal, purpose = 'portal:act') => sign(seal, purpose, formOpenMs),
    readForm: (token, purpose = 'portal:act') => read(token, purpose, FormSchema),
  };
}
