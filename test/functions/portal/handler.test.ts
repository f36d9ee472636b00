import { codeHashOf } from '#shared/core/links/link-code.ts';
import { describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '#shared/kernel/instant.ts';
import { browserOf, browserRequest, code, portalWorld, secrets } from '#test/builders/portal-world.ts';

const strange = 'Zzz999Zzz9';

describe('a link that opens', () => {
  it.each(['/a/', '/p/', '/s/'])('asks at %s who is there and tells nothing but who asks', async (door) => {
    const world = await portalWorld();
    const page = await browserOf(world).open(`${door}${code}`);
    expect(page).toContain('Demo Bank');
    expect(page).toContain('Your date of birth');
    for (const secret of secrets) expect(page).not.toContain(secret);
  });

  it('changes nothing when it is fetched, however often and by whatever method but POST', async () => {
    const world = await portalWorld();
    const before = await world.store.load('P1');
    const standing = await world.store.find(codeHashOf(code));
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const page of ['', '/identify', '/pay', '/promise', '/wrong-person', '/real', '/leave', '/done'])
        await world.handle(browserRequest(method, `/a/${code}${page}`));
    expect(await world.store.load('P1')).toEqual(before);
    expect(await world.store.find(codeHashOf(code))).toEqual(standing);
    const browser = browserOf(world);
    await browser.identify();
    expect(browser.page()).toContain('Hello Mei');
  });

  it('asks for the first fact that the feed knows', async () => {
    const byPostcode = await portalWorld({
      accounts: [{ attributes: {} }],
      debtor: { postalCode: '200001' },
    });
    expect(await browserOf(byPostcode).open()).toContain('The postal code');
    const byEnding = await portalWorld({ accounts: [{ attributes: {} }] });
    expect(await browserOf(byEnding).open()).toContain('The last four digits');
  });

  it('opens the page whose door it was, after the right answer', async () => {
    const world = await portalWorld();
    const paying = browserOf(world, `/p/${code}`);
    expect(await paying.identify()).toContain('How much would you like to pay?');
    expect(await browserOf(world, `/s/${code}`).identify()).toContain('How did it go?');
  });

  it('speaks the language of the message, or the one that was chosen', async () => {
    const world = await portalWorld({ link: { locale: 'zh-HK' } });
    const browser = browserOf(world);
    expect(await browser.open()).toContain('lang="zh-TW"');
    expect(await browser.open(`/a/${code}?lang=es`)).toContain('Su fecha de nacimiento');
    await browser.submit({ day: '17', month: '5', year: '1980', next: 'overview' });
    expect(browser.page()).toContain('Hola, Mei');
  });
});

describe('the identity question', () => {
  it.each([
    [{ day: '17', month: '5', year: '1980' }],
    [{ day: '17', month: '05', year: '1980' }],
    [{ day: '１７', month: '５', year: '１９８０' }],
    [{ day: ' 17', month: '5 ', year: '1980' }],
  ])('takes %o', async (answer) => {
    const browser = browserOf(await portalWorld());
    await browser.open();
    await browser.submit({ next: 'overview', ...answer });
    expect(browser.page()).toContain('Hello Mei');
  });

  it.each(['２０００ ０１', '200-001', ' 200001 '])('takes the postal code 200001 as %s', async (answer) => {
    const world = await portalWorld({ accounts: [{ attributes: {} }], debtor: { postalCode: '200001' } });
    const browser = browserOf(world);
    await browser.open();
    await browser.submit({ next: 'overview', answer });
    expect(browser.page()).toContain('Hello Mei');
  });

  it('does not let a wrong answer in, and tells nothing', async () => {
    const browser = browserOf(await portalWorld());
    await browser.open();
    await browser.submit({ next: 'overview', day: '18', month: '5', year: '1980' });
    expect(browser.status()).toBe(403);
    expect(browser.cookies()).toEqual([]);
    for (const secret of secrets) expect(browser.page()).not.toContain(secret);
  });

  it('hears no more answers than the rules allow, also when they come at the same moment', async () => {
    const world = await portalWorld();
    const guess = (day: number) =>
      world.handle(
        browserRequest('POST', `/a/${code}/identify`, {
          form: { day: String(day), month: '5', year: '1980' },
        }),
      );
    const answers = await Promise.all([1, 2, 3, 4, 5, 17, 6, 7].map(guess));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toEqual([]);
    expect(world.telemetry.counts['identity_wrong']).toBe(3);
    expect(world.telemetry.counts['identity_closed']).toBe(5);
  });

  it('looks, once closed, like a link that never was, whatever is answered', async () => {
    const world = await portalWorld();
    const browser = browserOf(world);
    for (let wrong = 0; wrong < 3; wrong += 1) {
      await browser.open();
      await browser.send(`/a/${code}/identify`, { day: '1', month: '1', year: '1970' });
    }
    const closed = await browser.open();
    const never = await browserOf(world).open(`/a/${strange}`);
    expect(closed).toBe(never);
    const right = await browser.send(`/a/${code}/identify`, { day: '17', month: '5', year: '1980' });
    expect(right).toBe(never);
    expect(browser.status()).toBe(404);
  });

  it('does not use up a try for a right answer, nor for an empty form', async () => {
    const world = await portalWorld();
    for (let times = 0; times < 6; times += 1) {
      const browser = browserOf(world);
      await browser.send(`/a/${code}/identify`, { next: 'overview' });
      expect(browser.status()).toBe(422);
      expect(await browser.identify()).toContain('Hello Mei');
    }
  });

  it('leaves whoever is already in, when others close the link by guessing', async () => {
    const world = await portalWorld();
    const browser = browserOf(world);
    await browser.identify();
    for (let wrong = 0; wrong < 4; wrong += 1)
      await browserOf(world).send(`/a/${code}/identify`, { day: '1', month: '1', year: '1970' });
    expect(await browser.open(`/a/${code}`)).toContain('Hello Mei');
  });
});

describe('a link that does not open', () => {
  it('looks the same when it is unknown, over, malformed, or nothing is known to ask for', async () => {
    const world = await portalWorld();
    const never = await browserOf(world).open(`/a/${strange}`);
    expect(never).toContain('This link cannot be opened');
    expect(await browserOf(world).open('/a/short')).toBe(never);
    world.clock.advance(31 * dayMs);
    const over = browserOf(world);
    expect(await over.open()).toBe(never);
    expect(over.status()).toBe(404);
    const unaskable = await portalWorld({ accounts: [] });
    expect(await browserOf(unaskable).open()).toBe(never);
  });

  it('does not open for a session that was made while it did', async () => {
    const world = await portalWorld({ link: { expiresAt: Date.parse('2026-03-10T02:10:00Z') } });
    const browser = browserOf(world);
    await browser.identify();
    world.clock.advance(11 * minuteMs);
    expect(await browser.open(`/a/${code}`)).toContain('This link cannot be opened');
  });
});

describe('a session', () => {
  it('ends after the configured time; then the question is asked again and nothing is told', async () => {
    const world = await portalWorld();
    const browser = browserOf(world);
    await browser.identify();
    world.clock.advance(31 * minuteMs);
    const page = await browser.open(`/a/${code}`);
    expect(page).toContain('Your date of birth');
    for (const secret of secrets) expect(page).not.toContain(secret);
  });

  it('ends when the person says so', async () => {
    const browser = browserOf(await portalWorld());
    await browser.identify();
    await browser.send(`/a/${code}/leave`, {});
    expect(browser.page()).toContain('Your date of birth');
  });

  it('is kept in a cookie that no script reads and no other host or plain connection gets', async () => {
    const world = await portalWorld();
    const answer = await world.handle(
      browserRequest('POST', `/a/${code}/identify`, { form: { day: '17', month: '5', year: '1980' } }),
    );
    const [cookie = ''] = answer.cookies ?? [];
    expect(cookie).toMatch(/^__Host-session=[\w.-]+; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  });

  it('has a plain cookie where the pages are on this machine without TLS', async () => {
    const world = await portalWorld({ publicUrl: 'http://127.0.0.1:4000' });
    const answer = await world.handle(
      browserRequest('POST', `/a/${code}/identify`, { form: { day: '17', month: '5', year: '1980' } }),
    );
    expect(answer.cookies?.[0]).toMatch(/^session=.*HttpOnly; SameSite=Lax$/);
  });
});

describe('every page', () => {
  it('carries a policy that lets nothing in from elsewhere and nothing run', async () => {
    const { handle } = await portalWorld();
    const { headers, body } = await handle(browserRequest('GET', `/a/${code}`));
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'strict-transport-security': 'max-age=63072000',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers?.['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(String(body)).not.toMatch(/<script|<img|<link|javascript:| on\w+=|style="/);
  });
});

describe('"is this message real?"', () => {
  it('names everybody who sends messages, and their numbers, to anybody', async () => {
    const page = await browserOf(await portalWorld()).open('/real');
    for (const told of ['Demo Bank', '+12025550100', '+12025550101', '+12025550102', 'care@example.com'])
      expect(page).toContain(told);
    for (const secret of secrets) expect(page).not.toContain(secret);
  });

  it('names the one who sent a link, without asking who is there', async () => {
    const page = await browserOf(await portalWorld()).open(`/a/${code}/real`);
    expect(page).toContain('+12025550101');
    for (const secret of secrets) expect(page).not.toContain(secret);
  });
});
