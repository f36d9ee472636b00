import { describe, expect, it } from 'vitest';
import { dayMs } from '#shared/kernel/instant.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { browserOf, browserRequest, code, portalWorld, secrets } from '#test/builders/portal-world.ts';

const click = { 'List-Unsubscribe': 'One-Click' };
/** What a mail provider sends: from its own servers, without cookies, origin or language. */
const fromProvider = { origin: '', 'sec-fetch-site': 'cross-site' };
const path = `/u/${code}`;

async function mailed(options: Parameters<typeof portalWorld>[0] = {}) {
  const world = await portalWorld({
    ...options,
    link: { channel: 'email', destination: 'mei.lin@example.com', ...options.link },
  });
  const consents = async () => (await world.store.load('P1'))?.consents ?? [];
  const post = (form: Record<string, string>, url = path) =>
    world.handle(browserRequest('POST', url, { form, headers: fromProvider }));
  return { ...world, consents, post };
}

describe('a click on "unsubscribe"', () => {
  it('ends e-mails for the person, whoever sends it and without a redirect', async () => {
    const { post, consents, store } = await mailed();
    const { statusCode, headers, cookies } = await post(click);
    expect([statusCode, headers?.['location'], cookies]).toEqual([200, undefined, undefined]);
    expect(await consents()).toMatchObject([{ channel: 'email', level: 'optout' }]);
    expect((await store.load('P1'))?.acts).toMatchObject([{ kind: 'opt_out', via: 'page', by: 'recipient' }]);
  });

  it('is heard as a form in parts, too', async () => {
    const { handle, consents } = await mailed();
    const body =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const request = { ...browserRequest('POST', path, { headers }), body, isBase64Encoded: false };
    expect((await handle(request)).statusCode).toBe(200);
    expect(await consents()).toHaveLength(1);
  });

  it('changes nothing the second time', async () => {
    const { post, store } = await mailed();
    await post(click);
    const before = await store.load('P1');
    expect((await post(click)).statusCode).toBe(200);
    expect(await store.load('P1')).toEqual(before);
  });

  it('ends e-mails anew when the person has asked for them meanwhile', async () => {
    const { post, parts, clock, consents } = await mailed();
    await post(click);
    clock.advance(dayMs);
    const again = { actId: 'again', debtorId: 'P1', via: 'page', by: 'debtor', channel: 'email' } as const;
    await carryOut({ kind: 'opt_in', ...again }, parts);
    expect(await consents()).toMatchObject([{ level: 'express' }]);
    clock.advance(dayMs);
    await post(click);
    expect(await consents()).toMatchObject([{ level: 'optout' }]);
  });

  it('is heard long after the pages of the link have closed, and by a link that opens none', async () => {
    const late = await mailed();
    late.clock.advance(300 * dayMs);
    expect((await late.post(click)).statusCode).toBe(200);
    expect(await late.consents()).toHaveLength(1);
    const bare = await mailed({ link: { opens: 'unsubscribe' } });
    expect(await browserOf(bare).open(`/a/${code}`)).toContain('This link cannot be opened');
    await bare.post(click);
    expect(await bare.consents()).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['another word', { 'List-Unsubscribe': 'Two-Clicks' }],
    ['another field', { unsubscribe: 'One-Click' }],
  ])('is refused with %s in its body, and nothing changes', async (_, form) => {
    const { post, store } = await mailed();
    const before = await store.load('P1');
    expect((await post(form)).statusCode).toBe(400);
    expect(await store.load('P1')).toEqual(before);
  });

  it('gets one and the same answer for every code that ends nothing', async () => {
    const { post, addLink, store } = await mailed();
    await addLink('Sms0000000', { channel: 'sms' });
    await addLink('Nobody0000', { channel: 'email', debtorId: 'P9' });
    const before = await store.load('P1');
    const answers = await Promise.all(
      ['Zzz999Zzz9', 'short', 'Sms0000000', 'Nobody0000'].map((one) => post(click, `/u/${one}`)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(404);
    expect(await store.load('P1')).toEqual(before);
  });
});

describe('the page behind "unsubscribe"', () => {
  it('changes nothing and tells nothing but whose e-mails these are', async () => {
    const { handle, store } = await mailed();
    const before = await store.load('P1');
    for (const method of ['GET', 'HEAD']) {
      const { statusCode, body } = await handle(browserRequest(method, path));
      expect([statusCode, body]).toEqual([200, expect.stringContaining('Demo Bank')]);
      for (const secret of secrets) expect(body).not.toContain(secret);
    }
    expect(await store.load('P1')).toEqual(before);
  });

  it.each([
    ['en', 'Stop e-mails', 'E-mails are stopped'],
    ['es', 'No recibir más correos', 'Ya no le enviaremos correos'],
    ['zh-CN', '停止发送邮件', '邮件已停止'],
    ['zh-TW', '停止寄送郵件', '郵件已停止'],
  ])('ends e-mails by its one button, in %s', async (locale, button, done) => {
    const world = await mailed({ link: { locale } });
    const browser = browserOf(world);
    expect(await browser.open(path)).toContain(button);
    expect(await browser.submit(click)).toContain(done);
    expect(await world.consents()).toHaveLength(1);
  });
});
