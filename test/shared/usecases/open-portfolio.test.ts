import { describe, expect, it } from 'vitest';
import { requiredColumns, type FileProblem, type PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

const header = requiredColumns.join(',');
const cells = Object.values(portfolioObject()).join(',');

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length)
    yield await Promise.resolve(bytes.subarray(at, at + length));
}

async function open(text: string | Uint8Array, pieceLength = 7) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return openPortfolio(inPieces(bytes, pieceLength), { today: '2026-03-10' });
}

async function linesOf(text: string | Uint8Array, pieceLength?: number): Promise<PortfolioLine[]> {
  const opened = await open(text, pieceLength);
  if (opened.kind === 'refused') throw new Error(opened.errors.map((error) => error.message).join('; '));
  const lines: PortfolioLine[] = [];
  for await (const line of opened.lines) lines.push(line);
  return lines;
}

/** Lines in short: `line accountId`, or `line problem problem`. */
async function short(text: string | Uint8Array): Promise<string[]> {
  const lines = await linesOf(text);
  return lines.map((one) =>
    'row' in one
      ? `${one.line} ${one.row.accountId}`
      : `${one.line} ${one.errors.map((error) => error.problem).join(' ')}`,
  );
}

async function fileProblems(text: string | Uint8Array): Promise<FileProblem[]> {
  const opened = await open(text);
  return opened.kind === 'refused' ? opened.errors.map((error) => error.problem) : [];
}

describe('openPortfolio', () => {
  it('reads CSV with a byte order mark, CRLF, blank lines and no line break at the end', async () => {
    expect(await short(`\uFEFF${header}\r\n${cells}\r\n\r\n${cells.replace('A1', 'A2')}`)).toEqual([
      '2 A1',
      '4 A2',
    ]);
  });

  it('reads characters that are cut in two between pieces', async () => {
    const [line] = await linesOf(`${header}\n${cells.replace('Mei', '美')}\n`, 1);
    expect(line).toMatchObject({ row: { givenName: '美' } });
  });

  it('reads NDJSON with the same names', async () => {
    const text = `${JSON.stringify(portfolioObject())}\n\n${JSON.stringify(portfolioObject({ accountId: 'A2', balance: 5 }))}`;
    expect(await short(text)).toEqual(['1 A1', '3 A2']);
  });

  it('reads the columns in any order, with x_ columns kept as attributes', async () => {
    const columns = ['x_segment', ...requiredColumns.toReversed()];
    const values = ['gold', ...Object.values(portfolioObject()).reverse()];
    const [line] = await linesOf(`${columns.join(',')}\n${values.join(',')}\n`);
    expect(line).toMatchObject({ row: { accountId: 'A1', attributes: { x_segment: 'gold' } } });
  });

  it('takes a file that has a header only', async () => {
    expect(await linesOf(header)).toEqual([]);
  });

  it.each<[string, string | Uint8Array, FileProblem[]]>([
    ['nothing', '', ['empty_file']],
    ['blanks only', '\n  \n', ['empty_file']],
    ['UTF-16', Buffer.from(`\uFEFF${header}\n`, 'utf16le'), ['not_utf8']],
    ['another program', Buffer.from([0x50, 0x4b, 3, 4, 0x0a, 0xff, 0x0a]), ['not_portfolio']],
    ['semicolons', header.replaceAll(',', ';'), ['wrong_separator']],
    ['tabs', header.replaceAll(',', '\t'), ['wrong_separator']],
    ['a JSON array', `[${JSON.stringify(portfolioObject())}]`, ['not_portfolio']],
    ['no header', `${cells}\n${cells}\n`, ['not_portfolio']],
    ['a header with an open quote', `"${header}\n${cells}\n`, ['unreadable_header']],
    [
      'two columns that are missing',
      header.replace('dueDate,', '').replace(',postalCode', ''),
      ['missing_column', 'missing_column'],
    ],
    ['a column that is there twice', `${header},accountId`, ['column_twice']],
    ['a column without a name', `${header},`, ['unknown_column']],
    ['a column nobody knows', `${header},mood`, ['unknown_column']],
    ['an attribute with a blank in its name', `${header},x_a b`, ['unknown_column']],
    [
      'too many columns',
      [header, ...Array.from({ length: 187 }, (_, index) => `x_${index}`)].join(','),
      ['too_many_columns'],
    ],
  ])('refuses a file of %s as a whole', async (_name, text, problems) => {
    expect(await fileProblems(text)).toEqual(problems);
  });

  it('names the column that was meant', async () => {
    const opened = await open(header.replace('dueDate', 'due_date'));
    expect(opened).toMatchObject({
      errors: [
        { column: 'due_date', message: 'column due_date is no column of a portfolio: write dueDate' },
        { column: 'dueDate' },
      ],
    });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a cell too few', cells.replace('Mei,', ''), 'wrong_column_count'],
    ['a comma without quotes', cells.replace('Mei', 'Mei, Lin'), 'wrong_column_count'],
    ['a stray quote', cells.replace('Mei', 'M"ei'), 'stray_quote'],
    ['an open quote', cells.replace('Mei', '"Mei'), 'quote_not_closed'],
    ['text after a quote', cells.replace('Mei', '"M"ei'), 'text_after_quote'],
    ['a NUL', cells.replace('Mei', 'M\u0000ei'), 'control_character'],
    ['a negative amount', cells.replace('100.00', '-100.00'), 'negative_amount'],
    ['a cell of one megabyte', cells.replace('Mei', 'x'.repeat(1_048_576)), 'too_long'],
  ])('refuses only the row with %s', async (_name, row, problem) => {
    const lines = await linesOf(
      `${header}\n${cells.replace('A1', 'A0')}\n${String(row)}\n${cells.replace('A1', 'A2')}\n`,
      65_536,
    );
    const [first, second, third] = lines;
    expect(lines).toHaveLength(3);
    expect([first, third]).toMatchObject([{ row: { accountId: 'A0' } }, { row: { accountId: 'A2' } }]);
    expect(second).toMatchObject({ line: 3, accountId: 'A1', text: row, errors: [{ problem }] });
  });

  it('refuses only the row whose bytes are not UTF-8', async () => {
    const latin1 = Buffer.from(`${header}\n${cells.replace('Mei', 'Mé')}\n${cells}\n`, 'latin1');
    expect(await short(latin1)).toEqual(['2 not_utf8', '3 A1']);
  });

  it('refuses only the broken lines of NDJSON', async () => {
    const good = JSON.stringify(portfolioObject());
    const text = ['{"accountId": ', '[]', 'null', '7', `${good}}`, good].join('\n');
    expect(await short(`{}\n${text}`)).toEqual([
      expect.stringMatching(/^1 missing_value/),
      '2 bad_json',
      '3 bad_json',
      '4 bad_json',
      '5 bad_json',
      '6 bad_json',
      '7 A1',
    ]);
  });

  it('refuses a line of NDJSON that does not end, and reads on', async () => {
    const good = JSON.stringify(portfolioObject());
    const endless = JSON.stringify(portfolioObject({ givenName: 'x'.repeat(2_500_000) }));
    const lines = await linesOf(`${good}\n${endless}\n${good}\n`, 65_536);
    expect(lines.map((one) => ('row' in one ? 'row' : one.errors[0]?.problem))).toEqual([
      'row',
      'row_too_long',
      'row',
    ]);
    expect(lines.map((one) => one.line)).toEqual([1, 2, 3]);
  });
});
