import { describe, expect, it } from 'vitest';
import { rowLengthMax } from '#shared/contracts/portfolio-row.ts';
import { CsvRecords, type CsvRecord } from '#shared/core/portfolio/csv-records.ts';

function read(...pieces: string[]): CsvRecord[] {
  const records = new CsvRecords();
  return [...pieces.flatMap((piece) => records.push(piece)), ...records.end()];
}

/** Records in short: `line: cell|cell` or `line: problem`. */
function short(...pieces: string[]): string[] {
  return read(...pieces).map(
    (one) => `${one.line}: ${'cells' in one ? one.cells.join('|') : one.error.problem}`,
  );
}

describe('CsvRecords', () => {
  it.each<[string, string, string[]]>([
    ['plain cells', 'a,b\nc,d\n', ['1: a|b', '2: c|d']],
    ['CRLF', 'a,b\r\nc,d\r\n', ['1: a|b', '2: c|d']],
    ['no line break at the end', 'a,b\nc,d', ['1: a|b', '2: c|d']],
    ['blank lines are passed over but counted', 'a,b\n\n\r\nc,d\n', ['1: a|b', '4: c|d']],
    ['empty cells', ',\n,,', ['1: |', '2: ||']],
    [
      'quotes, with a comma, a quote and a line break inside',
      '"a,b","say ""hi""","x\ny",d\ne',
      ['1: a,b|say "hi"|x\ny|d', '3: e'],
    ],
    ['quoted cells before CRLF and at the end', '"a"\r\n"b"', ['1: a', '2: b']],
    ['an empty quoted cell', '"",b', ['1: |b']],
    ['a quote that is never closed', 'a,"b\nc,d\ne,f\n', ['1: quote_not_closed', '2: c|d', '3: e|f']],
    ['a quote that is never closed, last', 'a,b\nc,"d', ['1: a|b', '2: quote_not_closed']],
    ['a stray quote', 'a,b"c\nd,e\n', ['1: stray_quote', '2: d|e']],
    ['text after a closing quote', '"a"b,c\nd,e\n', ['1: text_after_quote', '2: d|e']],
    [
      'an unclosed quote that meets the next one',
      'a,"b\nc,"d"\ne,f\n',
      ['1: text_after_quote', '2: c|d', '3: e|f'],
    ],
    ['nothing', '', []],
  ])('reads %s', (_name, text, expected) => {
    expect(short(text)).toEqual(expected);
    expect(short(...Array.from(text))).toEqual(expected);
  });

  it('keeps the text of a record as it stands', () => {
    const [first, second] = read('"a ""q""\nx",b\r\nc,d\r\n');
    expect([first?.text, second?.text]).toEqual(['"a ""q""\nx",b', 'c,d']);
  });

  it('refuses a line of endless length without keeping it, and reads on', () => {
    const records = new CsvRecords();
    const found = [...records.push('a,b\n')];
    const piece = 'x'.repeat(100_000);
    for (let sent = 0; sent < rowLengthMax * 2; sent += piece.length) found.push(...records.push(piece));
    found.push(...records.push('\nc,d\n'), ...records.end());
    expect(found.map((one) => ('cells' in one ? one.cells : one.error.problem))).toEqual([
      ['a', 'b'],
      'row_too_long',
      ['c', 'd'],
    ]);
    expect(found[1]?.text.length).toBeLessThan(2_000);
    expect(found[2]?.line).toBe(3);
  });

  it('gives up on an unclosed quote after a bounded length', () => {
    const records = new CsvRecords();
    let found = records.push('a,"b\n');
    const rows = 'c,d\n'.repeat(10_000);
    for (let sent = 0; sent < rowLengthMax + rows.length; sent += rows.length)
      found = found.concat(records.push(rows));
    expect(found[0]).toMatchObject({ line: 1, error: { problem: 'quote_not_closed' } });
    expect(found.length).toBeGreaterThan(400_000);
  });
});
