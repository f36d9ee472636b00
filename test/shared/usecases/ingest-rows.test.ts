import { beforeEach, describe, expect, it } from 'vitest';
import type { PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import type { RejectedLine } from '#shared/core/portfolio/rejected-line.ts';
import type { DebtorStore, FeedChange } from '#shared/ports/debtor-store.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { at } from '#test/builders/person.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const clock = createFakeClock(at('2026-03-10T08:00:00Z'));
let store: DebtorStore;
let saved: FeedChange[];
let rejected: RejectedLine[];

beforeEach(() => {
  const fake = createFakeDebtorStore({ shards: 4 });
  saved = [];
  rejected = [];
  store = {
    ...fake,
    saveFeeds: async (changes) => {
      await fake.saveFeeds(changes);
      saved.push(...changes);
    },
  };
});

async function* lines(rows: readonly Record<string, unknown>[]): AsyncGenerator<PortfolioLine> {
  for (const [index, changes] of rows.entries()) {
    const checked = await Promise.resolve(checkObject(portfolioObject(changes), '2026-03-10'));
    const place = { line: index + 1, text: `row ${index + 1}` };
    yield checked.kind === 'row'
      ? { ...place, row: checked.row }
      : { ...place, accountId: '', errors: checked.errors };
  }
}

function ingest(...rows: Record<string, unknown>[]) {
  return ingestRows(lines(rows), { store, clock, onRejected: (line) => void rejected.push(line) });
}

describe('ingestRows', () => {
  it('brings accounts and their person into the table', async () => {
    expect(await ingest({}, { accountId: 'A2' })).toEqual({
      read: 2,
      imported: 2,
      unchanged: 0,
      cured: 0,
      rejected: 0,
    });
    const person = await store.load('P1');
    expect(person).toMatchObject({
      version: 0,
      debtor: { givenName: 'Mei' },
      accounts: [{ accountId: 'A1' }, { accountId: 'A2' }],
    });
  });

  it('changes nothing when the same rows come again', async () => {
    const rows = Array.from({ length: 1_300 }, (_, index) => ({
      accountId: `A${index}`,
      debtorId: `P${index % 400}`,
      consents: 'sms:express',
    }));
    await ingest(...rows);
    const before = await store.load('P7');
    saved = [];
    clock.advance(86_400_000);
    expect(await ingest(...rows)).toEqual({
      read: 1_300,
      imported: 0,
      unchanged: 1_300,
      cured: 0,
      rejected: 0,
    });
    expect(saved).toEqual([]);
    expect(await store.load('P7')).toEqual(before);
  });

  it('writes only the rows that differ', async () => {
    await ingest({}, { accountId: 'A2' });
    saved = [];
    expect(await ingest({}, { accountId: 'A2', pastDue: 50 })).toMatchObject({ imported: 1, unchanged: 1 });
    expect(saved).toMatchObject([
      { debtorId: 'P1', accounts: [{ accountId: 'A2', pastDue: 50 }], stops: false },
    ]);
  });

  it('cures an account and thereby stops what rests on older facts', async () => {
    await ingest({});
    expect(await ingest({ pastDue: 0, dueDate: '2026-04-01' })).toMatchObject({ imported: 1, cured: 1 });
    expect(await store.load('P1')).toMatchObject({ version: 1, accounts: [{ pastDue: 0, instalments: [] }] });
  });

  it('hands on each refused row with its line, text and reasons, and takes the others', async () => {
    const summary = await ingest({}, { accountId: 'A2', currency: 'DEM' }, { accountId: 'A3' });
    expect(summary).toEqual({ read: 3, imported: 2, unchanged: 0, cured: 0, rejected: 1 });
    expect(rejected).toMatchObject([{ line: 2, text: 'row 2', errors: [{ problem: 'bad_currency' }] }]);
  });

  it('refuses the later of two rows that contradict each other, also in another chunk', async () => {
    const others = Array.from({ length: 1_200 }, (_, index) => ({
      accountId: `B${index}`,
      debtorId: `Q${index}`,
    }));
    const summary = await ingest(
      {},
      ...others,
      { pastDue: 7 },
      { accountId: 'A2', email: 'other@example.com' },
    );
    expect(summary).toMatchObject({ imported: 1_201, rejected: 2 });
    expect(rejected.map(({ line, accountId, errors }) => [line, accountId, errors[0]?.problem])).toEqual([
      [1_202, 'A1', 'account_twice'],
      [1_203, 'A2', 'debtor_differs'],
    ]);
  });

  it('does not undo a payment when the feed from before it comes again', async () => {
    await ingest({});
    const payment = {
      paymentId: 'X1',
      debtorId: 'P1',
      accountId: 'A1',
      amount: 100,
      currency: 'CNY',
      bookedAt: clock.now(),
    };
    await recordPayment(payment, paymentParts({ store, clock }));
    expect(await ingest({})).toMatchObject({ unchanged: 1 });
    expect(await store.load('P1')).toMatchObject({ accounts: [{ pastDue: 0 }] });
  });

  it('breaks off with the error of a table that does not answer', async () => {
    const down = { ...store, saveFeeds: () => Promise.reject(new Error('no answer')) };
    await expect(ingestRows(lines([{}]), { store: down, clock })).rejects.toThrow('no answer');
  });

  it('goes on after a run that broke off as if nothing had happened', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => ({
      accountId: `A${index}`,
      debtorId: `P${index}`,
    }));
    let left = 2;
    const failing = {
      ...store,
      saveFeeds: (changes: readonly FeedChange[]) =>
        (left -= 1) < 0 ? Promise.reject(new Error('cut')) : store.saveFeeds(changes),
    };
    await expect(ingestRows(lines(rows), { store: failing, clock })).rejects.toThrow('cut');
    const second = await ingest(...rows);
    expect(second).toMatchObject({ imported: 500, unchanged: 1_000 });
    expect(await store.load('P1499')).toMatchObject({ accounts: [{ accountId: 'A1499' }] });
  });
});
