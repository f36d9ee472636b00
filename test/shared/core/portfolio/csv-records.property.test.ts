import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvRecords, type CsvRecord } from '#shared/core/portfolio/csv-records.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '王', ' ', ',', '"', '\n', '\r\n', ';', '😀'),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });

function write(rows: readonly (readonly string[])[], lineBreak: string, quoteAll: boolean): string {
  const written = (value: string) =>
    quoteAll || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(written).join(',') + lineBreak).join('');
}

function readInPieces(text: string, lengths: readonly number[]): CsvRecord[] {
  const records = new CsvRecords();
  const found: CsvRecord[] = [];
  let at = 0;
  for (const length of lengths) {
    found.push(...records.push(text.slice(at, at + length)));
    at += length;
  }
  return [...found, ...records.push(text.slice(at)), ...records.end()];
}

const pieces = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 });

it('reads what is written by RFC 4180 exactly as csv-parse does, however it is cut into pieces', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      pieces,
      (rows, lineBreak, quoteAll, lengths) => {
        const text = write(rows, lineBreak, quoteAll);
        const own = readInPieces(text, lengths).map((record) =>
          'cells' in record ? record.cells : record.error,
        );
        expect(own).toEqual(rows);
        expect(own).toEqual(parse(text, { relax_column_count: true, record_delimiter: lineBreak }));
      },
    ),
  );
});

it('gives the same records for any text, broken or not, however it is cut into pieces', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r'), maxLength: 40 });
  fc.assert(
    fc.property(anyText, pieces, (text, lengths) => {
      expect(readInPieces(text, lengths)).toEqual(readInPieces(text, []));
    }),
  );
});

it('a broken line between sound ones costs only itself', () => {
  const broken = fc.constantFrom('x,"y', 'x,y"z', '"x"y,z', '"x');
  const sound = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(sound, broken, sound, (before, line, after) => {
      const text = 'a,b\n'.repeat(before) + `${line}\n` + 'c,d\n'.repeat(after);
      const read = readInPieces(text, []);
      expect(read.filter((record) => 'cells' in record)).toHaveLength(before + after);
      expect(read.filter((record) => 'error' in record)).toHaveLength(1);
    }),
  );
});
