import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { account, debtor } from '#test/builders/person.ts';
import {
  browserOf,
  browserRequest,
  code,
  linkSecret,
  portalWorld,
  secrets,
  type PortalWorld,
} from '#test/builders/portal-world.ts';

const otherCode = 'Other00Per';
const hardship = `/a/${code}/hardship`;

/** A world with a second person, and the first one in. */
async function twoPersons() {
  const world = await portalWorld();
  await world.store.saveFeeds([
    {
      debtorId: 'P2',
      debtor: debtor({ debtorId: 'P2', givenName: 'Otto' }),
      accounts: [
        account({ accountId: 'card-2', debtorId: 'P2', attributes: { x_birth_date: '1980-05-17' } }),
      ],
      stops: false,
    },
  ]);
  await world.addLink(otherCode, { debtorId: 'P2' });
  const browser = browserOf(world);
  await browser.identify();
  await browser.open(hardship);
  const all = async () => [await world.store.load('P1'), await world.store.load('P2')];
  return { world, browser, token: browser.token(), all };
}

type Forge = (parts: { world: PortalWorld; token: string }) => string | Promise<string>;

/** A token by our key for another purpose, or with other contents. */
function signed(purpose: string, audience: string, claims: Record<string, unknown>): Promise<string> {
  const key = createHmac('sha256', linkSecret).update(purpose).digest();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setExpirationTime(Math.floor(Date.parse('2026-03-10T03:00:00Z') / 1_000))
    .sign(key);
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const forgeries: readonly (readonly [string, Forge])[] = [
  ['no token', () => ''],
  [
    'a token with one sign changed',
    ({ token }) => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`,
  ],
  [
    'a token whose contents were changed',
    ({ token }) => {
      const [head, , signature] = token.split('.');
      const claims = { ...claimsOf(token), account: 'card-2' };
      return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    },
  ],
  [
    'a token that says it needs no signature',
    ({ token }) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1] ?? ''}.`,
  ],
  ['a token of another purpose', ({ token }) => signed('portal:act', 'portal:session', claimsOf(token))],
  [
    'a token by the key of another purpose',
    ({ token }) => signed('portal:session', 'portal:act', claimsOf(token)),
  ],
  [
    'a token of another page',
    ({ token }) => signed('portal:act', 'portal:act', { ...claimsOf(token), page: 'fraud' }),
  ],
  [
    'a token of another session',
    ({ token }) =>
      signed('portal:act', 'portal:act', { ...claimsOf(token), sid: '11111111-1111-4111-8111-111111111111' }),
  ],
  [
    'a token of another person',
    ({ token }) => signed('portal:act', 'portal:act', { ...claimsOf(token), sub: 'P2' }),
  ],
  [
    'a token of another link',
    ({ token }) => signed('portal:act', 'portal:act', { ...claimsOf(token), link: codeHashOf(otherCode) }),
  ],
  [
    "a token that another person's page gave out",
    async ({ world }) => {
      const other = browserOf(world, `/a/${otherCode}`);
      await other.identify();
      await other.open(`/a/${otherCode}/hardship`);
      return other.token();
    },
  ],
];

describe('a form', () => {
  it.each(forgeries)('with %s changes nothing', async (_what, forge) => {
    const { world, browser, token, all } = await twoPersons();
    const before = await all();
    await browser.send(hardship, { token: await forge({ world, token }), why: 'x' });
    expect(browser.status()).toBe(403);
    expect(browser.page()).toContain('Nothing has been changed');
    expect(await all()).toEqual(before);
  });

  it('that was open for longer than half an hour changes nothing, and keeps what was typed', async () => {
    const world = await portalWorld({
      changeRules: (rules) => ({
        ...rules,
        agreements: { ...rules.agreements, links: { ...rules.agreements.links, sessionMinutes: 60 } },
      }),
    });
    const browser = browserOf(world);
    await browser.identify();
    await browser.open(hardship);
    const before = await world.store.load('P1');
    world.clock.advance(31 * minuteMs);
    await browser.submit({ why: 'I lost my job' });
    expect(browser.status()).toBe(403);
    expect(browser.page()).toContain('I lost my job');
    expect(await world.store.load('P1')).toEqual(before);
    await browser.submit({ why: 'I lost my job' });
    expect((await world.store.load('P1'))?.acts).toHaveLength(1);
  });

  it('that is sent again, at once or later or from a second device, acts once and tells the same', async () => {
    const { world, browser, token } = await twoPersons();
    const cookies = browser.cookies();
    const request = browserRequest('POST', hardship, { form: { token, why: 'x' }, cookies });
    const answers = await Promise.all([world.handle(request), world.handle(request)]);
    answers.push(await world.handle(request));
    expect(new Set(answers.map(({ headers }) => headers?.['location'])).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    const person = await world.store.load('P1');
    expect(person?.acts).toHaveLength(1);
    expect(person?.holds).toHaveLength(1);
  });

  it('whose session is over changes nothing and asks again who is there', async () => {
    const { world, token, all } = await twoPersons();
    const before = await all();
    const stranger = browserOf(world);
    await stranger.send(hardship, { token, why: 'x' });
    expect(stranger.status()).toBe(403);
    expect(stranger.page()).toContain('Your date of birth');
    for (const secret of secrets) expect(stranger.page()).not.toContain(secret);
    expect(await all()).toEqual(before);
  });

  it.each([
    [
      'a site that the browser names',
      { origin: 'https://elsewhere.example.com', 'sec-fetch-site': 'cross-site' },
    ],
    ['a neighbour on the same domain', { origin: 'https://evil.example.com', 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    [
      'an old browser from elsewhere',
      { origin: 'https://elsewhere.example.com', 'sec-fetch-site': 'same-origin' },
    ],
  ])('that comes from %s changes nothing', async (_what, headers) => {
    const { browser, token, all } = await twoPersons();
    const before = await all();
    await browser.send(hardship, { token, why: 'x' }, headers);
    expect(browser.status()).toBe(404);
    expect(await all()).toEqual(before);
  });
});

describe('a session', () => {
  it("does not open another person's link, nor another link of the same person", async () => {
    const { world, browser } = await twoPersons();
    await world.addLink('Second0Lnk');
    for (const other of [otherCode, 'Second0Lnk']) {
      const page = await browser.open(`/a/${other}`);
      expect(page).toContain('Your date of birth');
      expect(page).not.toContain('Otto');
      expect(page).not.toContain('Mei');
    }
  });

  it.each<readonly [string, Forge]>([
    ['by the key of forms', () => signed('portal:act', 'portal:session', session)],
    ['for the purpose of forms', () => signed('portal:session', 'portal:act', session)],
    ['of another person', () => signed('portal:session', 'portal:session', { ...session, sub: 'P2' })],
    ['that is a form', ({ token }) => token],
    ['that is nothing', () => 'x'.repeat(3_000)],
  ])('%s is none', async (_what, forge) => {
    const { world, token } = await twoPersons();
    const value = await forge({ world, token });
    const answer = await world.handle(
      browserRequest('GET', `/a/${code}`, { cookies: [`__Host-session=${value}`] }),
    );
    expect(String(answer.body)).toContain('Your date of birth');
    for (const secret of secrets) expect(String(answer.body)).not.toContain(secret);
  });
  const session = { sid: '00000000-0000-4000-8000-000000000001', sub: 'P1', link: codeHashOf(code) };
});

describe('"this was not meant for me"', () => {
  it.each<readonly [string, Forge]>([
    ['without a token', () => ''],
    ['with the token of another form', ({ token }) => token],
    [
      'with the token of another link',
      ({ world }) =>
        world.tokens.signForm(
          { jti: 'wrong:1', sub: 'P2', link: codeHashOf(otherCode), page: 'wrong-person' },
          'portal:wrong-person',
        ),
    ],
  ])('%s changes nothing', async (_what, forge) => {
    const { world, token, all } = await twoPersons();
    const before = await all();
    const stranger = browserOf(world);
    await stranger.send(`/a/${code}/wrong-person`, { token: await forge({ world, token }) });
    expect(stranger.status()).toBe(403);
    expect(await all()).toEqual(before);
  });
});
