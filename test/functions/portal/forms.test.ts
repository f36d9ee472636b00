import { describe, expect, it } from 'vitest';
import type { Person } from '#shared/contracts/person.ts';
import { browserOf, code, portalWorld, type PortalWorldOptions } from '#test/builders/portal-world.ts';

/** A person who is in, on one page. */
async function on(page: string, options: PortalWorldOptions = {}) {
  const world = await portalWorld(options);
  const browser = browserOf(world);
  await browser.identify();
  await browser.open(`/a/${code}/${page}`);
  const person = async (): Promise<Person> => (await world.store.load('P1'))!;
  return { world, browser, person };
}

describe('a promise', () => {
  it('is made as it was typed, and confirmed by the channel of the message', async () => {
    const { browser, person } = await on('promise');
    await browser.submit({ amount: '$1,000.50', date: '2026/3/20', confirm: 'yes' });
    expect(browser.here()).toContain('/done?on=page%3A');
    expect(browser.page()).toContain('You promised to pay CN¥1,000.50 by Mar 20, 2026.');
    expect((await person()).promises).toMatchObject([
      { amount: 1_000.5, dueDate: '2026-03-20', via: 'page', confirmBy: 'sms', basis: 'promise' },
    ]);
    expect((await person()).acts).toMatchObject([{ kind: 'promise', by: 'debtor', outcome: 'done' }]);
  });

  it('is confirmed by no message when that is not wanted', async () => {
    const { browser, person } = await on('promise');
    await browser.submit({ amount: '1000', date: '2026-03-20' });
    expect((await person()).promises[0]).not.toHaveProperty('confirmBy');
  });

  it.each([
    [{ amount: '1', date: '2026-03-20' }, 'amount', 'The least that can be promised is CN¥246.90.'],
    [{ amount: '9000', date: '2026-03-20' }, 'amount', 'The most that can be taken is CN¥8,765.00.'],
    [{ amount: '1.234', date: '2026-03-20' }, 'amount', 'Write an amount greater than zero'],
    [{ amount: '', date: '2026-03-20' }, 'amount', 'Write an amount greater than zero'],
    [{ amount: '1000.505', date: '2026-03-20' }, 'amount', 'Write an amount greater than zero'],
    [{ amount: '1000', date: '2026-03-01' }, 'date', 'This date is too early.'],
    [{ amount: '1000', date: '2027-03-01' }, 'date', 'This date is too late.'],
    [{ amount: '1000', date: '20 March' }, 'date', 'Write the date as year-month-day'],
  ])(
    'that is typed as %o names the field, what would be taken, and keeps what was typed',
    async (typed, field, text) => {
      const { browser, person } = await on('promise');
      const before = await person();
      await browser.submit(typed);
      expect(browser.status()).toBe(422);
      expect(browser.page()).toContain(`<a href="#${field}">${text}`);
      expect(browser.page()).toMatch(
        new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-problem"[^>]*aria-invalid="true"`, 's'),
      );
      expect(browser.page()).toContain('<title>Please check this: ');
      for (const value of Object.values(typed)) expect(browser.page()).toContain(`value="${value}"`);
      expect(await person()).toEqual(before);
    },
  );

  it('can be changed, and is then the only one', async () => {
    const { browser, person } = await on('promise');
    await browser.submit({ amount: '1000', date: '2026-03-20' });
    const [first] = (await person()).promises;
    await browser.open(`/a/${code}/promise?on=${first!.promiseId}`);
    expect(browser.page()).toContain('Change your promise');
    await browser.submit({ amount: '1100', date: '2026-03-21' });
    const open = (await person()).promises.filter(({ cancelled }) => cancelled === undefined);
    expect(open).toMatchObject([{ amount: 1_100, dueDate: '2026-03-21' }]);
  });

  it('can be withdrawn', async () => {
    const { browser, person } = await on('promise');
    await browser.submit({ amount: '1000', date: '2026-03-20' });
    await browser.open(`/a/${code}/withdraw`);
    expect(browser.page()).toContain('You promised to pay CN¥1,000.00');
    await browser.submit();
    expect(browser.page()).toContain('It is withdrawn.');
    expect((await person()).promises).toMatchObject([{ cancelled: { why: 'withdrawn' } }]);
  });
});

describe('a plan', () => {
  const wanted = { instalments: '3', every: 'month', firstDate: '2026-03-20', firstAmount: '' };

  it('is shown with every date and amount before anything is agreed, and then agreed', async () => {
    const { browser, person } = await on('plan');
    const before = await person();
    await browser.submit(wanted);
    for (const told of ['Mar 20, 2026', 'Apr 20, 2026', 'May 20, 2026', 'CN¥411.50'])
      expect(browser.page()).toContain(told);
    expect(await person()).toEqual(before);
    await browser.submit({ ...wanted, agreed: 'yes' });
    expect(browser.page()).toContain('Your plan is agreed');
    expect((await person()).plans[0]?.instalments.map(({ amount }) => amount)).toEqual([411.5, 411.5, 411.5]);
  });

  it.each([
    [{ ...wanted, firstAmount: '1' }, 'firstAmount'],
    [{ ...wanted, firstDate: '2026-06-20' }, 'firstDate'],
    [{ ...wanted, instalments: '60' }, 'instalments'],
  ])('that is asked for as %o is refused at its field', async (typed, field) => {
    const { browser } = await on('plan');
    await browser.submit(typed);
    expect(browser.status()).toBe(422);
    expect(browser.page()).toContain(`href="#${field}"`);
  });
});

describe('what is asked of people', () => {
  it.each([
    ['extension', { date: '2026-03-20' }, 'extension', 'done'],
    ['due-date', { day: '15' }, 'due_date_change', 'done'],
    ['fee', { amount: '20', why: '' }, 'fee_waiver', 'done'],
    ['fee', { amount: '500', why: 'I was ill' }, 'fee_waiver', 'referred'],
    ['hardship', { why: '' }, 'hardship', 'done'],
    ['dispute', { why: 'I paid this in January' }, 'dispute', 'done'],
    ['fraud', { why: '' }, 'fraud', 'done'],
    ['call', { date: '', hour: '9', note: 'the fee' }, 'call_me', 'referred'],
    ['call', { date: '2026-03-12', hour: '15', note: '' }, 'call_me', 'referred'],
    ['times', { weekdays: ['morning'], weekend: [] }, 'contact_times', 'done'],
    ['channels', { wish: 'out-sms' }, 'opt_out', 'done'],
    ['language', { language: 'zh-TW' }, 'language', 'done'],
    ['survey', { score: '4', note: 'kind people' }, 'survey', 'done'],
  ])('on the page %s by %o is done as %s: %s', async (page, typed, kind, outcome) => {
    const { browser, person } = await on(page);
    await browser.submit(typed);
    expect(browser.status()).toBe(200);
    expect(browser.here()).toContain('/done');
    expect((await person()).acts).toMatchObject([{ kind, outcome, via: 'page' }]);
  });

  it('wants a call at the hour of the place where the person lives', async () => {
    const { browser, person } = await on('call');
    await browser.submit({ date: '2026-03-12', hour: '15', note: '' });
    expect((await person()).cases).toMatchObject([{ callAt: Date.parse('2026-03-12T15:00:00+08:00') }]);
  });

  it('refuses a call for a time that is over', async () => {
    const { browser, person } = await on('call');
    await browser.submit({ date: '2026-03-10', hour: '9', note: '' });
    expect(browser.status()).toBe(422);
    expect((await person()).cases).toEqual([]);
  });

  it('refuses a dispute that says nothing, at its field', async () => {
    const { browser, person } = await on('dispute');
    await browser.submit({ why: '  ' });
    expect(browser.page()).toContain('<a href="#why">Tell us in a few words');
    expect((await person()).acts).toEqual([]);
  });

  it('keeps times as the days and hours that were ticked, and none when all were', async () => {
    const { browser, person } = await on('times');
    await browser.submit({ weekdays: ['morning', 'evening'], weekend: ['afternoon'] });
    expect((await person()).preferences?.windows).toEqual([
      { allow: { weekdays: ['08:00-12:00', '17:00-21:00'], weekend: ['12:00-17:00'] } },
    ]);
    await browser.open(`/a/${code}/times`);
    expect(browser.page().match(/ checked/g)).toHaveLength(3);
    const all = ['morning', 'afternoon', 'evening'];
    await browser.submit({ weekdays: all, weekend: all });
    expect((await person()).preferences?.windows).toEqual([]);
  });

  it('offers a channel again that was ended', async () => {
    const { browser, world, person } = await on('channels');
    await browser.submit({ wish: 'out-call' });
    world.clock.advance(1_000);
    await browser.open(`/a/${code}/channels`);
    expect(browser.page()).toContain('Automatic calls again');
    await browser.submit({ wish: 'in-call' });
    expect((await person()).consents).toMatchObject([{ channel: 'call', level: 'express' }]);
  });

  it('shows pages in the language that was asked for from then on', async () => {
    const { browser } = await on('language');
    await browser.submit({ language: 'es' });
    expect(browser.page()).toContain('Guardado');
  });
});

describe('what is offered', () => {
  it('tells why something is not, and offers a call instead', async () => {
    const { browser } = await on('promise', { accounts: [{ pastDue: 0 }] });
    expect(browser.page()).toContain('Nothing is past due on this account.');
    expect(browser.page()).not.toContain('name="token"');
    expect(browser.page()).toContain('Call me back');
  });

  it('is told per account, and a form is about the account that it was shown for', async () => {
    const accounts = [{}, { accountId: 'loan-7788', product: 'loan', pastDue: 300, balance: 900 }];
    const { browser, person } = await on('overview', { accounts });
    const loan = /href="([^"]*hardship[^"]*)"/g;
    const links = [...browser.page().matchAll(loan)].map((match) => match[1]!.replaceAll('&amp;', '&'));
    expect(links).toHaveLength(2);
    await browser.open(links[1]);
    expect(browser.page()).toContain('Loan ending 7788');
    await browser.submit({ why: '' });
    expect((await person()).acts).toMatchObject([{ kind: 'hardship', accountId: 'loan-7788' }]);
  });

  it('leads back to the overview where a person has no account', async () => {
    const { browser } = await on('pay', { accounts: [{ balance: 0, pastDue: 0 }] });
    expect(browser.page()).toContain('There is nothing to pay.');
  });
});

describe('somebody else who got the message', () => {
  it('ends that address without being asked who they are, and learns nothing', async () => {
    const world = await portalWorld();
    const browser = browserOf(world);
    await browser.open(`/a/${code}/wrong-person`);
    await browser.submit();
    expect(browser.page()).toContain('We will not use this address any more.');
    expect((await world.store.load('P1'))?.endedDestinations).toMatchObject([
      { channel: 'call', value: '+8613900000001', reason: 'wrong_party' },
      { channel: 'sms', value: '+8613900000001', reason: 'wrong_party' },
    ]);
    for (const secret of ['Mei', '1,234', '0042', '8613900000001'])
      expect(browser.page()).not.toContain(secret);
  });
});
