import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  assignCommand,
  parkedCommand,
  type AssignArgs,
  type PaymentSurroundings,
} from '#cli/commands/payments.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createParkedPayments } from '#functions/_adapters/dynamodb/parked-payments.ts';
import type { Payment } from '#shared/contracts/account.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { P1, payment } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';

const noon = at('2026-03-10T16:00:00Z');
let local: LocalDynamodb;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-payments-'));
  local = await startLocalDynamodb();
});
afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

let place: { readonly table: string; readonly endpoint: string };
let store: DebtorStore;
let parked: ParkedPayments;
beforeEach(async () => {
  const table = await local.createTable(1);
  place = { table: table.name, endpoint: local.endpoint };
  store = createDebtorStore(table);
  parked = createParkedPayments(table);
  await store.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts: [account()], stops: false }]);
});

const tell = (changes: Partial<Payment> = {}) => {
  const told = { ...payment(), debtorId: 'P9', accountId: 'A9', ...changes };
  return recordPayment(told, paymentParts({ store, parked, clock: createFakeClock(noon) }));
};
async function printed(run: (around: PaymentSurroundings) => Promise<number>) {
  const output = new PassThrough();
  const around = { output, environment: {}, dotDir: folder, now: () => noon, userName: () => 'lin' };
  expect(await run(around)).toBe(0);
  output.end();
  return text(output);
}
const list = (json = false) => printed((around) => parkedCommand({ json, ...place }, around));
const assign = (changes: Partial<AssignArgs>) =>
  printed((around) =>
    assignCommand({ payment: 'pay-1', returned: false, json: false, ...place, ...changes }, around),
  );

describe('dunwell payments parked', () => {
  it('lists what waits, with the reason, also as JSON', async () => {
    expect(await list()).toContain('No payment waits');
    await tell();
    expect(await list()).toContain(
      'pay-1  100 CNY  account A9 of P9  unknown_account  by creditor 2026-03-10',
    );
    expect(JSON.parse(await list(true))).toMatchObject({ waiting: [{ paymentId: 'pay-1' }] });
  });
});

describe('dunwell payments assign', () => {
  it('books a payment on an account and notes who did it; again it changes nothing', async () => {
    await tell();
    expect(await assign({ account: 'A1', by: 'ana' })).toContain('booked on A1 of P1, which is cured');
    expect(await assign({ account: 'A1' })).toContain('before');
    expect(await store.load(P1)).toMatchObject({ payments: [{ amount: 100 }], accounts: [{ pastDue: 0 }] });
    expect(await parked.about('pay-1')).toMatchObject([
      { settled: { by: 'ana', how: 'assigned', debtorId: P1 } },
    ]);
    expect(await list()).toContain('No payment waits');
  });

  it('notes that the money went back', async () => {
    await tell();
    expect(await assign({ returned: true })).toContain('given back');
    expect(await parked.about('pay-1')).toMatchObject([{ settled: { by: 'lin', how: 'returned' } }]);
    await expect(assign({ account: 'A1' })).rejects.toThrow('was returned by lin before');
    expect((await store.load(P1))?.payments).toEqual([]);
  });

  it('lets one of two who assign it to different accounts at once through', async () => {
    const second = account({ debtorId: 'P2', accountId: 'A2' });
    await store.saveFeeds([
      { debtorId: 'P2', debtor: debtor({ debtorId: 'P2' }), accounts: [second], stops: false },
    ]);
    await tell();
    const outcomes = await Promise.allSettled([assign({ account: 'A1' }), assign({ account: 'A2' })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const booked = [await store.load(P1), await store.load('P2')].flatMap((person) => person!.payments);
    expect(booked).toHaveLength(1);
  });

  it.each<[string, Partial<AssignArgs>, string]>([
    [
      'a payment that is not parked',
      { payment: 'pay-7', account: 'A1' },
      'nothing of the id pay-7 is parked',
    ],
    ['an account that nobody has', { account: 'A7' }, 'nobody has an account A7'],
    ['neither an account nor --returned', {}, 'give one of'],
    ['both', { account: 'A1', returned: true }, 'give one of'],
  ])('refuses %s and changes nothing', async (_, changes, message) => {
    await tell();
    await expect(assign(changes)).rejects.toThrow(message);
    expect(await parked.waiting(10)).toHaveLength(1);
  });

  it('refuses an account in another currency', async () => {
    await tell({ currency: 'USD' });
    await expect(assign({ account: 'A1' })).rejects.toThrow('currency');
    expect(await parked.waiting(10)).toHaveLength(1);
  });
});
