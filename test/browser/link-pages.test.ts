import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pages } from '#functions/portal/pages.ts';
import { isPageLanguage, wordsIn, type PageLanguage, type Words } from '#functions/portal/words.ts';
import { code, portalWorld, type PortalWorld } from '#test/builders/portal-world.ts';
import { chromiumPath, openChromium } from './open-chromium.ts';
import { servePortal, type PortalServer } from './portal-server.ts';

const executablePath = chromiumPath();
const languages = ['en', 'es', 'zh-CN'].filter(isPageLanguage);
/** A small telephone of the last years. */
const phone = { width: 360, height: 640 };
/** The narrowest that pages have to fit. */
const narrowest = 320;
/** Pictures take as long as all the rest: they are for whoever looks at them (`PICTURES=1`). */
const takesPictures = process.env['PICTURES'] === '1';
const picturesDir = path.join(import.meta.dirname, '../../.dunwell/pictures');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What an automatic check sets: there the pages have to be tried. */
const isRequired = process.env['BROWSER_REQUIRED'] === '1';
const noBrowser =
  'The link pages were NOT tried in a browser: there is no Chromium here. Install it (apt-get install chromium fonts-wqy-zenhei) or name one in CHROMIUM.';

if (executablePath === undefined) process.stderr.write(`\n${noBrowser}\n\n`);

it.runIf(isRequired)('has a browser to try the link pages in', () => {
  expect(executablePath, noBrowser).toBeDefined();
});

describe.skipIf(executablePath === undefined)('the link pages on a telephone', () => {
  let browser: Browser;
  let world: PortalWorld;
  let server: PortalServer;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    mkdirSync(picturesDir, { recursive: true });
    browser = await openChromium(executablePath ?? '');
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    server = await servePortal(async (publicUrl) => {
      world = await portalWorld({
        publicUrl,
        accounts: [{}, { accountId: 'loan-7788', product: 'loan', pastDue: 0, balance: 2_000 }],
        creditor: { payments: { by: 'stripe' } },
      });
      return world.handle;
    });
    context = await browser.newContext({
      viewport: phone,
      javaScriptEnabled: true,
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      // A page that says 403 or 404 is meant to.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
  });

  /** Looks at the page as it is: a picture, no violation by axe, nothing that sticks out, nothing that the policy refused. */
  async function look(name: string, language: PageLanguage): Promise<void> {
    if (takesPictures)
      await page.screenshot({ path: path.join(picturesDir, `${name}.${language}.png`), fullPage: true });
    await expectAccessible(name);
    expect(await page.locator('html').getAttribute('lang'), name).toBe(language);
    expect(await page.locator('h1').count(), name).toBe(1);
    for (const width of [phone.width, narrowest]) {
      await page.setViewportSize({ ...phone, width });
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
      expect(wide, `${name} at ${String(width)} px`).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize(phone);
    expect(complaints, name).toEqual([]);
  }

  async function expectAccessible(name: string): Promise<void> {
    const violations = await violationsIn(await page.content());
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes[0]?.html ?? ''}`);
    expect(told, name).toEqual([]);
  }

  /** By axe, in a copy without the pages' policy, which lets no script in. */
  async function violationsIn(content: string): Promise<readonly Violation[]> {
    const copy = await context.newPage();
    await copy.setViewportSize(phone);
    await copy.setContent(content);
    await copy.evaluate(axe.source);
    const run = 'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)';
    const violations = await copy.evaluate<readonly Violation[]>(run);
    await copy.close();
    return violations;
  }

  const press = async (): Promise<void> => {
    await page.locator('main form button').first().click();
  };
  const go = (where: string, language: PageLanguage) =>
    page.goto(`${server.origin}${where}?lang=${language}`);

  async function identify(language: PageLanguage): Promise<void> {
    await go(`/a/${code}`, language);
    await page.fill('[name=day]', '17');
    await page.fill('[name=month]', '5');
    await page.fill('[name=year]', '1980');
    await press();
  }

  describe.each(languages)('in %s', (language) => {
    const words: Words = wordsIn(language);
    const heading = () => page.locator('h1').innerText();

    it('end e-mails by one button, without a question', async () => {
      await world.addLink('Mail000000', { channel: 'email', destination: 'mei.lin@example.com' });
      await go('/u/Mail000000', language);
      await look('unsubscribe', language);
      expect(await heading()).toBe(words.say('unsubscribe.title'));
      await press();
      await look('unsubscribed', language);
      expect(await heading()).toBe(words.say('unsubscribe.doneTitle'));
      expect((await world.store.load('P1'))?.consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
    });

    it('ask who is there, say what is wrong with an answer, and let the right person in', async () => {
      await go(`/a/${code}`, language);
      await look('identify', language);
      await press();
      expect(await page.title()).toContain(words.say('problem.title'));
      await page.click('.summary a');
      expect(String(await page.evaluate('document.activeElement?.name'))).toMatch(/^(day|year)$/);
      await look('identify-empty', language);
      await identify(language);
      expect(await heading()).toBe(words.say('overview.title', { name: 'Mei' }));
      await look('overview', language);
    });

    it('tell strangers nothing, and whoever was not meant can say so', async () => {
      await go('/a/Zzz999Zzz9', language);
      await look('neutral', language);
      await go('/real', language);
      await look('real', language);
      await go(`/a/${code}/real`, language);
      await look('real-of-link', language);
      await go(`/a/${code}/wrong-person`, language);
      await look('wrong-person', language);
      await press();
      expect(await heading()).toBe(words.say('wrong.doneTitle'));
      await look('wrong-person-done', language);
    });

    it('show every page behind the question', async () => {
      await identify(language);
      for (const name of pages.keys()) {
        if (name === 'done') continue;
        await go(`/a/${code}/${name}`, language);
        await look(`page-${name}`, language);
      }
    });

    it('take a promise, say what is wrong with one, and show what is agreed', async () => {
      await identify(language);
      await go(`/a/${code}/promise`, language);
      await page.fill('[name=amount]', '1');
      await page.fill('[name=date]', '2026-03-20');
      await press();
      expect(await page.locator('.summary').count()).toBe(1);
      expect(await page.inputValue('[name=amount]')).toBe('1');
      await look('promise-refused', language);
      await page.fill('[name=amount]', language === 'es' ? '1.000,50' : '1,000.50');
      await press();
      expect(await heading()).toBe(words.say('promise.doneTitle'));
      await look('promise-done', language);
      await page.reload();
      expect((await world.store.load('P1'))?.promises).toMatchObject([
        { amount: 1_000.5, dueDate: '2026-03-20' },
      ]);
      await go(`/a/${code}`, language);
      await look('overview-promised', language);
      await go(`/a/${code}/withdraw`, language);
      await look('withdraw', language);
      await press();
      await look('withdraw-done', language);
    });

    it('show every instalment of a plan before it is agreed', async () => {
      await identify(language);
      await go(`/a/${code}/plan`, language);
      await page.selectOption('[name=instalments]', '3');
      await page.fill('[name=firstDate]', '2026-03-20');
      await press();
      expect(await page.locator('tbody tr').count()).toBe(3);
      await look('plan-check', language);
      expect((await world.store.load('P1'))?.plans).toEqual([]);
      await press();
      expect(await heading()).toBe(words.say('plan.doneTitle'));
      await look('plan-done', language);
      expect((await world.store.load('P1'))?.plans).toHaveLength(1);
      await go(`/a/${code}/promise`, language);
      await look('not-offered', language);
    });

    it('lead to the pay page and back, with the session still there', async () => {
      await context.route('https://pay.example.com/**', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<a href="${world.checkout.orders[0]?.paidUrl ?? ''}">back</a>`,
        }),
      );
      await identify(language);
      await go(`/a/${code}/pay`, language);
      await page.check('[value=other]');
      await page.fill('[name=amount]', '50');
      await press();
      await look('pay-ready', language);
      await page.click('main a.button');
      await page.click('text=back');
      expect(await heading()).toBe(words.say('paid.title'));
      expect(world.checkout.orders).toMatchObject([{ amount: 50, currency: 'CNY', accountId: 'card-0042' }]);
    });
  });

  it('are judged by a tool that finds faults where there are some', async () => {
    await go(`/a/${code}`, 'en');
    const faulty = (await page.content())
      .replace('<html lang="en">', '<html>')
      .replaceAll(/<label for="\w+">/g, '<label>')
      .replace('</h1>', '</h1><p style="color:#bbb;background:#fff">too pale</p>');
    const found = (await violationsIn(faulty)).map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang', 'label']));
  });

  it('work without any script, to the end of a promise', async () => {
    await context.close();
    context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    page = await context.newPage();
    await identify('en');
    await page.click('text=Promise a date');
    await page.fill('[name=date]', '2026-03-20');
    await press();
    expect(await page.locator('h1').innerText()).toBe('Your promise is noted');
  });

  it('refuse a form that another site sends, though the browser has the session', async () => {
    await identify('en');
    await page.goto(`${server.origin}/a/${code}/hardship`);
    const token = await page.locator('[name=token]').inputValue();
    await context.route('http://elsewhere.example/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${server.origin}/a/${code}/hardship"><input name="token" value="${token}"><button>go</button></form>`,
      }),
    );
    const before = await world.store.load('P1');
    await page.goto('http://elsewhere.example/');
    await page.click('button');
    expect(await page.locator('h1').innerText()).toBe('This link cannot be opened');
    expect(await world.store.load('P1')).toEqual(before);
  });
});
