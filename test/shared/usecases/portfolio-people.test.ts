import { describe, expect, it } from 'vitest';
import type { Person } from '#shared/contracts/person.ts';
import { requiredColumns } from '#shared/contracts/portfolio-row.ts';
import { portfolioPeople, type OpenedPeople } from '#shared/usecases/portfolio-people.ts';
import { at } from '#test/builders/person.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

const today = '2026-03-10';

function open(text: string): Promise<OpenedPeople> {
  return portfolioPeople(
    // eslint-disable-next-line @typescript-eslint/require-await -- a file gives its bytes in this way
    async function* () {
      yield new TextEncoder().encode(text);
    },
    { today },
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function read(...rows: Record<string, unknown>[]) {
  const header = [...requiredColumns, 'consents'];
  const lines = rows.map((row) => header.map((column) => textOf(row[column])).join(','));
  const opened = await open(`${[header.join(','), ...lines].join('\n')}\n`);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.errors));
  const people: Person[] = [];
  for await (const person of opened.people) people.push(person);
  return { people, count: opened.count };
}

describe('the people of a portfolio', () => {
  it('have all their accounts, wherever those stand in the file', async () => {
    const { people, count } = await read(
      portfolioObject({ accountId: 'A1', debtorId: 'P1' }),
      portfolioObject({ accountId: 'B1', debtorId: 'P2' }),
      portfolioObject({ accountId: 'A2', debtorId: 'P1' }),
    );
    expect(people.map(({ debtorId, accounts }) => [debtorId, accounts.map((one) => one.accountId)])).toEqual([
      ['P2', ['B1']],
      ['P1', ['A1', 'A2']],
    ]);
    expect(count).toEqual({ rows: 3, rejected: 0, people: 2, accounts: 3 });
  });

  it('are those whose rows an import would take', async () => {
    const { people, count } = await read(
      portfolioObject({ accountId: 'A1' }),
      portfolioObject({ accountId: 'A2', dueDate: '2026-02-30' }),
      portfolioObject({ accountId: 'A1', pastDue: '7.00' }),
      portfolioObject({ accountId: 'A3', familyName: 'Other' }),
    );
    expect(people.flatMap(({ accounts }) => accounts.map((one) => one.accountId))).toEqual(['A1']);
    expect(count).toEqual({ rows: 4, rejected: 3, people: 1, accounts: 1 });
  });

  it('gave their consent before the day begins anywhere', async () => {
    const { people } = await read(portfolioObject({ consents: 'sms:express' }));
    const kiribati = at('2026-03-10T00:00:00+14:00');
    expect(people[0]!.debtor!.consents).toEqual([{ channel: 'sms', level: 'express', at: kiribati }]);
  });

  it('cannot be read of a file that is no portfolio', async () => {
    expect(await open('')).toMatchObject({ kind: 'refused', errors: [{ problem: 'empty_file' }] });
  });
});
