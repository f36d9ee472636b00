import { describe, expect, it } from 'vitest';
import { peopleHeldMax, RowCounts, RowGroups } from '#shared/core/portfolio/row-groups.ts';

function grouped(rows: readonly string[]): string[] {
  const counts = new RowCounts();
  for (const row of rows) counts.note(row[0]!);
  const groups = new RowGroups<string>(counts);
  return rows.flatMap((row) => groups.add(row[0]!, row)?.join('+') ?? []);
}

describe('the rows of each person', () => {
  it.each([
    [['A1', 'B1'], 'A1 B1'],
    [['A1', 'A2', 'B1'], 'A1+A2 B1'],
    [['A1', 'B1', 'A2'], 'B1 A1+A2'],
    [['A1', 'B1', 'A2', 'B2', 'A3'], 'B1+B2 A1+A2+A3'],
  ])('of %j come together with the last one as %s', (rows, expected) => {
    expect(grouped(rows).join(' ')).toBe(expected);
  });

  it('are refused when too many people have theirs far apart', () => {
    const counts = new RowCounts();
    const ids = Array.from({ length: peopleHeldMax + 1 }, (_, index) => `P${index}`);
    for (const id of [...ids, ...ids]) counts.note(id);
    const groups = new RowGroups<number>(counts);
    expect(() => ids.forEach((id) => groups.add(id, 1))).toThrow(
      'more than 200000 people have their rows far apart: sort the file by debtorId',
    );
  });
});
