import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { fromUciCommand, type FromUciArgs } from '#cli/commands/portfolio-from-uci.ts';
import { PaymentRequestSchema, type PaymentRequest } from '#shared/contracts/payment-request.ts';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { projectRoot } from '../run-dunwell.ts';

const header = 'ID,X1,X2,X3,X4,X5,X6,X7,X8,X9,X10,X11,X12,X13,X14,X15,X16,X17,X18,X19,X20,X21,X22,X23,Y';
/** Made up in the form of the data: status, bills and payments from September back to April. */
const made = [
  '1,20000,2,2,1,24,2,1,0,0,0,0,9000,8000,7000,6000,5000,4000,0,0,1000,1000,1000,1000,1',
  '2,5.00E+05,1,1,2,40,-1,-1,1,0,0,0,3000,2500,40000,30000,20000,10000,2500,40000,0,2000,2000,2000,0',
  '3,90000,2,2,2,34,0,0,2,2,0,0,500,900,800,700,600,500,600,0,0,0,300,300,0',
  '4,50000,2,2,1,37,-2,-2,-2,-2,-2,-2,0,0,0,0,-120,0,0,0,0,0,0,0,0',
  '5,30000,1,1,1,51,1,1,3,2,1,0,0,0,0,6000,6000,6000,0,0,0,0,0,0,1',
];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-uci-'));
  file = path.join(folder, 'uci.csv');
  writeFileSync(file, `${[header, ...made].join('\n')}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function convert(args: Partial<FromUciArgs> = {}): Promise<string> {
  const output = new PassThrough();
  const taken = buffer(output);
  await fromUciCommand({ file, month: '2005-07', seed: 1, ...args }, { output });
  output.end();
  return (await taken).toString();
}

async function rowsOf(csv: string, today: string): Promise<PortfolioRow[]> {
  const bytes = (async function* () {
    yield await Promise.resolve(Buffer.from(csv));
  })();
  const opened = await openPortfolio(bytes, { today });
  if (opened.kind === 'refused') throw new Error(opened.errors[0]?.message);
  const rows: PortfolioRow[] = [];
  for await (const line of opened.lines) {
    if ('errors' in line) throw new Error(line.errors.map((error) => error.message).join('; '));
    rows.push(line.row);
  }
  return rows;
}

function paymentsIn(name: string): PaymentRequest[] {
  const lines = readFileSync(name, 'utf8').trim().split('\n');
  return lines.map((line) => PaymentRequestSchema.parse(JSON.parse(line)));
}

describe('dunwell portfolio from-uci', () => {
  it('takes what is past due from the status and the bill of the month', async () => {
    const rows = await rowsOf(await convert(), '2005-07-31');
    expect(
      rows.map((row) => [row.accountId, row.balance, row.minimumDue, row.pastDue, row.dueDate.slice(0, 7)]),
    ).toEqual([
      ['uci-1', 7_000, 1_000, 0, '2005-08'],
      ['uci-2', 40_000, 2_000, 2_000, '2005-07'],
      ['uci-3', 800, 800, 800, '2005-06'],
      ['uci-4', 0, 0, 0, '2005-08'],
      ['uci-5', 6_000, 1_000, 3_000, '2005-05'],
    ]);
  });

  it('invents only the person: the same seed the same one, Taiwan, fictional', async () => {
    const [row] = await rowsOf(await convert(), '2005-07-31');
    expect(row).toMatchObject({
      debtorId: 'cardholder-1',
      locale: 'zh-TW',
      country: 'TW',
      currency: 'TWD',
      timeZone: 'Asia/Taipei',
      attributes: { x_credit_limit: '20000', x_age: '24', x_months_late: '0' },
    });
    expect(await convert()).toBe(await convert());
    expect(await convert({ seed: 2 })).not.toBe(await convert());
  });

  it('tells how often somebody was late in three months and what was paid, as far as the data reaches back', async () => {
    const historyIn = async (month: FromUciArgs['month']) => {
      const rows = await rowsOf(await convert({ month }), `${month}-28`);
      return rows.map(({ attributes }) => [attributes['x_times_late_3'], attributes['x_paid_last_month']]);
    };
    expect(await historyIn('2005-07')).toEqual([
      ['0', '1000'],
      ['1', '0'],
      ['2', '0'],
      ['0', '0'],
      ['3', '0'],
    ]);
    expect((await historyIn('2005-05')).map(([times]) => times)).toEqual(made.map(() => undefined));
  });

  it('writes what was paid in the later months, in order of time and within its month', async () => {
    const payments = path.join(folder, 'payments.ndjson');
    await convert({ payments });
    const found = paymentsIn(payments);
    const told = found.map((one) => `${one.accountId} ${one.amount} ${one.bookedAt.slice(0, 7)}`);
    expect(told.toSorted()).toEqual(['uci-2 2500 2005-09', 'uci-2 40000 2005-08', 'uci-3 600 2005-09']);
    expect(found.map((one) => one.bookedAt)).toEqual(found.map((one) => one.bookedAt).toSorted());
    expect(new Set(found.map((one) => one.paymentId)).size).toBe(3);
  });

  it('moves all dates by the same number of days', async () => {
    const payments = path.join(folder, 'payments.ndjson');
    const moved = await rowsOf(await convert({ today: '2026-03-02', payments }), '2026-03-02');
    const days = (date: string) => Date.parse(date) / 86_400_000;
    const unmoved = await rowsOf(await convert(), '2005-07-31');
    const shift = days('2026-03-02') - days('2005-07-31');
    expect(moved.map((row) => days(row.dueDate) - shift)).toEqual(unmoved.map((row) => days(row.dueDate)));
    expect(
      paymentsIn(payments).every((one) => one.bookedAt > '2026-03-02' && one.bookedAt < '2026-05-03'),
    ).toBe(true);
  });

  it.each<[string, string]>([
    ['another header', `accountId,debtorId\n1,2\n`],
    ['a word for a number', `${header}\n${made[0]?.replace('20000', 'much') ?? ''}\n`],
    ['a cell too few', `${header}\n1,2,3\n`],
    ['a status that does not exist', `${header}\n${made[0]?.replace('24,2,1,0', '24,12,1,0') ?? ''}\n`],
  ])('refuses a file with %s', async (_name, content) => {
    writeFileSync(file, content);
    await expect(convert()).rejects.toBeInstanceOf(CommandError);
    await expect(convert()).rejects.toMatchObject({ status: 2, problem: 'not_uci' });
  });
});

const real = path.resolve(projectRoot, '../shared/data/uci-default-of-credit-card-clients.csv');
const isThere = existsSync(real);

describe.skipIf(!isThere)(`the real file${isThere ? '' : ' (skipped: ../shared/data is not here)'}`, () => {
  it('gives 30,000 sound accounts, 4,213 of them past due in July 2005', async () => {
    const rows = await rowsOf(await convert({ file: real }), '2005-07-31');
    expect(rows).toHaveLength(30_000);
    expect(rows.filter((row) => row.pastDue > 0)).toHaveLength(4_213);
  });
});
