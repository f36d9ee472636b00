import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { importCommand, type ImportArgs } from '#cli/commands/import.ts';
import { openDestination } from '#cli/portfolio/destination.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { requiredColumns } from '#shared/contracts/portfolio-row.ts';
import { at } from '#test/builders/person.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';

let folder: string;
let file: string;
const now = () => at('2026-03-10T08:00:00Z');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-import-'));
  file = path.join(folder, 'portfolio.csv');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeRows(...rows: Record<string, unknown>[]): void {
  const lines = rows.map((changes) => Object.values(portfolioObject(changes)).join(','));
  writeFileSync(file, `${[requiredColumns.join(','), ...lines].join('\n')}\n`);
}

interface Run {
  readonly args?: Partial<ImportArgs>;
  readonly environment?: Record<string, string>;
}

async function run({ args = {}, environment = {} }: Run = {}) {
  const output = new PassThrough();
  const errors = new PassThrough() as unknown as NodeJS.WriteStream;
  const dotDir = path.join(folder, '.dunwell');
  const status = await importCommand(
    { file, dryRun: false, json: true, ...args },
    { output, errors, environment, dotDir, now },
  );
  output.end();
  return { status, printed: await text(output) };
}

async function runJson(options?: Run): Promise<Record<string, unknown>> {
  return JSON.parse((await run(options)).printed) as Record<string, unknown>;
}

async function refusal(options?: Run): Promise<CommandError> {
  const error: unknown = await run(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
  return error;
}

describe('dunwell import', () => {
  it('imports into an own local table that lasts, and the same file again changes nothing', async () => {
    writeRows({}, { accountId: 'A2' });
    expect(await runJson()).toMatchObject({
      read: 2,
      imported: 2,
      unchanged: 0,
      rejected: 0,
      rejectedFile: null,
    });
    expect(await runJson()).toMatchObject({ read: 2, imported: 0, unchanged: 2 });
    expect(await runJson({ args: { dryRun: true } })).toMatchObject({ unchanged: 2, dryRun: true });
  });

  it('puts refused rows with their reasons beside the file, and imports the rest', async () => {
    writeRows({}, { accountId: 'A2', dueDate: '2026-02-30', pastDue: -1 }, { accountId: 'A3' });
    const result = await runJson();
    expect(result).toMatchObject({ imported: 2, rejected: 1, rejectedFile: `${file}.rejected.csv` });
    const [header, line, end] = readFileSync(`${file}.rejected.csv`, 'utf8').split('\n');
    expect([header, end]).toEqual(['line,accountId,reasons,row', '']);
    expect(line).toMatch(/^3,"A2","pastDue is negative: .*; dueDate is no calendar date: .*","A2,P1,Mei,/);
  });

  it('leaves no file of rejected rows from a former run', async () => {
    writeRows({ currency: 'DEM' });
    await run();
    expect(existsSync(`${file}.rejected.csv`)).toBe(true);
    writeRows({});
    await run();
    expect(existsSync(`${file}.rejected.csv`)).toBe(false);
  });

  it('says in words what it did and where', async () => {
    writeRows({}, { accountId: 'A2', currency: 'DEM' });
    const { printed, status } = await run({ args: { json: false } });
    expect(status).toBe(0);
    expect(printed).toContain('2 rows: 1 imported (0 of them cured), 0 unchanged, 1 rejected\n');
    expect(printed).toContain('in table dunwell-debtors in ');
    expect(printed).toContain(`rejected rows with their reasons: ${file}.rejected.csv\n`);
  });

  it('writes nothing to the table in a dry run, and makes no folder for it', async () => {
    writeRows({});
    expect(await runJson({ args: { dryRun: true } })).toMatchObject({ imported: 1 });
    expect(existsSync(path.join(folder, '.dunwell'))).toBe(false);
    expect(await runJson()).toMatchObject({ imported: 1 });
  });

  it('refuses a file as a whole with every reason, and writes nothing', async () => {
    writeFileSync(file, 'accountId,mood\nA1,good\n');
    const error = await refusal();
    expect([error.status, error.problem]).toEqual([2, 'unknown_column']);
    expect(error.reasons[0]).toBe(
      `${file}: column mood is no column of a portfolio: leave it out, or begin its name with x_ (letters, digits and _) to keep it as an attribute`,
    );
    expect(error.reasons).toContain(`${file}: column dueDate is missing: every portfolio file has it`);
  });

  it.each<[string, () => void]>([
    ['that is not there', () => undefined],
    ['that is a folder', () => (file = folder)],
  ])('refuses a file %s', async (_name, prepare) => {
    prepare();
    expect(await refusal()).toMatchObject({ status: 2, problem: 'no_file' });
  });

  it('judges due dates by the date that is given', async () => {
    writeRows({ dueDate: '2026-03-12' });
    expect(await runJson()).toMatchObject({ rejected: 1 });
    expect(await runJson({ args: { today: '2026-03-12' } })).toMatchObject({ rejected: 0, imported: 1 });
  });

  it('breaks off with status 1 when the table does not answer', async () => {
    writeRows({});
    const server = createServer((_request, response) => response.writeHead(400).end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const error = await refusal({ args: { table: 'debtors', endpoint: `http://127.0.0.1:${port}` } });
    server.close();
    expect([error.status, error.problem]).toEqual([1, 'broken_off']);
    expect(error.message).toContain('running it again is safe');
  });
});

describe('where an import goes', () => {
  it('goes to the table of the environment, then to that of a local run, and to neither when the run has ended', async () => {
    const local = await startLocalDynamodb();
    try {
      const table = await local.createTable(1);
      writeRows({});
      const environment = { DUNWELL_TABLE: table.name, AWS_ENDPOINT_URL_DYNAMODB: local.endpoint };
      expect(await runJson({ environment })).toMatchObject({
        imported: 1,
        destination: `table ${table.name} at ${local.endpoint}`,
      });
      expect(await createDebtorStore(table).load('P1')).toMatchObject({ accounts: [{ accountId: 'A1' }] });

      const dotDir = path.join(folder, '.dunwell');
      await run({ args: { dryRun: false } });
      const runFile = {
        endpoint: local.endpoint,
        tableName: table.name,
        pid: process.pid,
        now: '2026-03-12T00:00:00Z',
      };
      writeFileSync(path.join(dotDir, 'run.json'), JSON.stringify(runFile));
      writeRows({ dueDate: '2026-03-12' });
      expect(await runJson()).toMatchObject({
        imported: 1,
        destination: `table ${table.name} of the local run (process ${process.pid})`,
      });

      writeFileSync(path.join(dotDir, 'run.json'), JSON.stringify({ ...runFile, pid: 2 ** 22 + 1 }));
      const place = await openDestination({ environment: {}, dotDir, readOnly: true });
      await place.close();
      expect(place.description).toContain('dunwell-debtors');
    } finally {
      await local.stop();
    }
  });
});
