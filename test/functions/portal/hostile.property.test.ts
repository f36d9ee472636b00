import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { browserOf, browserRequest, code, portalWorld } from '#test/builders/portal-world.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.base64String({ maxLength: 200 }));
const anyPage = fc.oneof(
  fc.constantFrom(
    '',
    '/pay',
    '/promise',
    '/plan',
    '/identify',
    '/wrong-person',
    '/done',
    '/leave',
    '/channels',
    '/times',
  ),
  anyText.map((text) => `/${encodeURIComponent(text)}`),
);
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT'),
  door: fc.constantFrom('a', 'p', 's', 'real', 'callbacks/promises', 'x'),
  code: fc.oneof(
    { weight: 3, arbitrary: fc.constant(code) },
    { weight: 1, arbitrary: anyText.map(encodeURIComponent) },
  ),
  page: anyPage,
  query: fc.dictionary(fc.constantFrom('of', 'on', 'lang', '__proto__', 'x'), anyText),
  form: fc.dictionary(
    fc.constantFrom(
      'token',
      'amount',
      'date',
      'choice',
      'why',
      'instalments',
      'firstDate',
      'wish',
      'next',
      'agreed',
      '__proto__',
    ),
    anyText,
  ),
  headers: fc.dictionary(
    fc.constantFrom(
      'accept-language',
      'host',
      'origin',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
      'content-type',
    ),
    anyText,
  ),
  knows: fc.boolean(),
});

describe('whatever comes in', () => {
  it('never fails and never changes anything, unless it is a form of ours', async () => {
    const world = await portalWorld({ creditor: { payments: { by: 'stripe' } } });
    const browser = browserOf(world);
    await browser.identify();
    const before = await world.store.load('P1');
    const standing = await world.store.find(codeHashOf(code));
    await fc.assert(
      fc.asyncProperty(
        anyRequest,
        async ({ method, door, code: some, page, query, form, headers, knows }) => {
          const url = `/${door}/${some}${page}?${new URLSearchParams(query).toString()}`;
          const cookies = knows ? browser.cookies() : [`__Host-session=${form['token'] ?? ''}`];
          const answer = await world.handle(browserRequest(method, url, { form, headers, cookies }));
          expect(answer.statusCode).toBeLessThan(500);
          expect(await world.store.load('P1')).toEqual(before);
          expect(await world.store.find(codeHashOf(code))).toEqual(standing);
        },
      ),
      { numRuns: 1_500 },
    );
    expect(world.checkout.orders).toEqual([]);
  });

  it('never fails on a form of ours with anything typed into it, and never takes what the rules refuse', async () => {
    const fields = fc.record({ amount: anyText, date: anyText, confirm: anyText });
    const world = await portalWorld();
    const browser = browserOf(world);
    await browser.identify();
    await browser.open(`/a/${code}/promise`);
    const token = browser.token();
    await fc.assert(
      fc.asyncProperty(fields, async (typed) => {
        const request = browserRequest('POST', `/a/${code}/promise`, {
          form: { token, ...typed },
          cookies: browser.cookies(),
        });
        const answer = await world.handle(request);
        expect(answer.statusCode).toBe(422);
      }),
      { numRuns: 300 },
    );
    expect((await world.store.load('P1'))?.promises).toEqual([]);
  });
});
