import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { syntheticText } from '#cli/commands/portfolio-synthetic.ts';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { projectRoot } from '../run-dunwell.ts';

const shipped = { people: 200, seed: 1, today: '2026-03-02' };

async function rowsOf(args: typeof shipped): Promise<PortfolioRow[]> {
  const bytes = (async function* () {
    yield await Promise.resolve(new TextEncoder().encode([...syntheticText(args)].join('')));
  })();
  const opened = await openPortfolio(bytes, { today: args.today });
  if (opened.kind === 'refused') throw new Error(opened.errors[0]?.message);
  const rows: PortfolioRow[] = [];
  for await (const line of opened.lines) {
    if ('errors' in line)
      throw new Error(`line ${line.line}: ${line.errors.map((error) => error.message).join('; ')}`);
    rows.push(line.row);
  }
  return rows;
}

describe('dunwell portfolio synthetic', () => {
  it('gives the bytes of the file that ships with the local run', () => {
    const file = `${projectRoot}/infra/local/samples/portfolio.csv`;
    expect([...syntheticText(shipped)].join('') === readFileSync(file, 'utf8')).toBe(true);
  });

  it('gives other people for another seed', () => {
    expect([...syntheticText({ ...shipped, seed: 2 })].join('')).not.toBe(
      [...syntheticText(shipped)].join(''),
    );
  });

  it.each(['2024-02-29', '2026-03-31', '2026-12-31'])('is a sound portfolio on %s', async (today) => {
    const rows = await rowsOf({ people: 500, seed: 3, today });
    expect(new Set(rows.map((row) => row.debtorId)).size).toBe(500);
  });

  it('has people of many countries and every kind of gap', async () => {
    const rows = await rowsOf(shipped);
    const count = (claim: (row: PortfolioRow) => boolean) => rows.filter(claim).length;
    expect(new Set(rows.map((row) => row.country)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(rows.map((row) => row.currency)).size).toBeGreaterThanOrEqual(10);
    expect(rows.length).toBeGreaterThan(200);
    expect(count((row) => row.pastDue > 0)).toBeGreaterThan(120);
    expect(count((row) => row.pastDue === 0)).toBeGreaterThan(30);
    expect(count((row) => row.phone === undefined)).toBeGreaterThan(3);
    expect(count((row) => row.email === undefined)).toBeGreaterThan(3);
    expect(count((row) => row.timeZone === undefined)).toBeGreaterThan(3);
    expect(count((row) => row.attributes['x_birth_date'] === undefined)).toBeGreaterThan(3);
    expect(count((row) => row.attributes['x_birth_date'] !== undefined)).toBeGreaterThan(150);
    expect(count((row) => row.consents?.some((one) => one.level === 'optout') ?? false)).toBeGreaterThan(3);
  });

  it('names nobody real: fictional numbers, addresses for examples', async () => {
    const fictional =
      /^\+1\d{3}55501\d\d$|^\+447700900\d{3}$|^\+4917139200\d\d$|^\+6149157\d{4}$|^\+(?:861540000|88690000|8524000|52200000|55209000|91599990|81900000)\d{4}$|^\+34799000\d{3}$/;
    for (const row of await rowsOf({ ...shipped, people: 1_000 })) {
      if (row.phone !== undefined) expect(row.phone).toMatch(fictional);
      if (row.email !== undefined) expect(row.email).toMatch(/@example\.(?:com|org)$/);
    }
  });
});
