import { describe, expect, it } from 'vitest';
import { filledUrl } from '#functions/portal/pages/pay.ts';
import {
  browserOf,
  code,
  origin,
  portalWorld,
  type PortalWorldOptions,
} from '#test/builders/portal-world.ts';

async function paying(options: PortalWorldOptions = {}) {
  const world = await portalWorld(options);
  const browser = browserOf(world, `/p/${code}`);
  await browser.identify();
  return { world, browser };
}
const byStripe = { creditor: { payments: { by: 'stripe' } } } as const;

describe('paying', () => {
  it.each([
    [{ choice: 'due', amount: '' }, 1_234.5],
    [{ choice: 'all', amount: '' }, 8_765],
    [{ choice: 'other', amount: '50,5' }, 50.5],
  ])('opens a checkout for %o', async (typed, amount) => {
    const { world, browser } = await paying(byStripe);
    await browser.submit(typed);
    expect(world.checkout.orders).toMatchObject([
      {
        amount,
        currency: 'CNY',
        accountId: 'card-0042',
        debtorId: 'P1',
        locale: 'en',
        title: 'Demo Bank · Credit card ending 0042',
        paidUrl: expect.stringMatching(new RegExp(`^${origin}/a/${code}/paid\\?of=`)) as string,
        backUrl: expect.stringMatching(new RegExp(`^${origin}/a/${code}/pay\\?of=`)) as string,
      },
    ]);
    expect(browser.page()).toContain('Go to pay.example.com');
  });

  it('opens one checkout for two clicks on one form, and changes nothing of the person', async () => {
    const { world, browser } = await paying(byStripe);
    const before = await world.store.load('P1');
    const token = browser.token();
    const first = await browser.send(`/a/${code}/pay`, { token, choice: 'due' });
    const second = await browser.send(`/a/${code}/pay`, { token, choice: 'due' });
    expect(second).toBe(first);
    expect(world.checkout.orders).toHaveLength(1);
    expect(await world.store.load('P1')).toEqual(before);
  });

  it.each([
    [{ choice: 'other', amount: '8765.01' }, 'You can pay up to CN¥8,765.00.'],
    [{ choice: 'other', amount: '0' }, 'Write an amount greater than zero'],
    [{ choice: 'other', amount: '' }, 'Write an amount greater than zero'],
    [{ choice: 'promised', amount: '' }, 'You can pay up to'],
    [{ choice: '', amount: '50' }, 'Choose one of the options.'],
  ])('refuses %o: %s', async (typed, text) => {
    const { world, browser } = await paying(byStripe);
    await browser.submit(typed);
    expect(browser.status()).toBe(422);
    expect(browser.page()).toContain(text);
    expect(world.checkout.orders).toEqual([]);
  });

  it('tells when the provider is down, and keeps what was chosen', async () => {
    const { world, browser } = await paying(byStripe);
    world.checkout.fail(true);
    await browser.submit({ choice: 'other', amount: '50' });
    expect(browser.page()).toContain('The payment page cannot be opened at the moment.');
    expect(browser.page()).toContain('value="50"');
  });

  it("leads to the issuer's own page with account, amount, currency and reference filled in", async () => {
    const url = 'https://issuer.example.com/pay?acct={accountId}&sum={amount}&cur={currency}&ref={reference}';
    const { browser } = await paying({ creditor: { payments: { by: 'issuer_page', url } } });
    await browser.submit({ choice: 'due' });
    expect(browser.page()).toMatch(
      /href="https:\/\/issuer\.example\.com\/pay\?acct=card-0042&amp;sum=1234\.5&amp;cur=CNY&amp;ref=page%3A[\w-]+"/,
    );
  });

  it("leads to the creditor's pay page where it has nothing else", async () => {
    const { browser } = await paying();
    await browser.submit({ choice: 'due' });
    expect(browser.page()).toContain('href="https://pay.example.com/"');
  });

  it('does not take the way back for a payment', async () => {
    const { world, browser } = await paying(byStripe);
    const before = await world.store.load('P1');
    expect(await browser.open(`/a/${code}/paid`)).toContain('as soon as it has been confirmed to us');
    expect(await world.store.load('P1')).toEqual(before);
  });
});

describe('filledUrl', () => {
  it('writes values so that they can be nothing else in an address', () => {
    expect(
      filledUrl('https://x.example.com/{accountId}?r={reference}', {
        accountId: 'a/../b?c',
        reference: '&d=1',
      }),
    ).toBe('https://x.example.com/a%2F..%2Fb%3Fc?r=%26d%3D1');
  });
});
