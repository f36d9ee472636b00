import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { modelTrainCommand, type ModelTrainArgs } from '#cli/commands/model-train.ts';
import { lateAccounts, notCured } from '#cli/model/uci-outcomes.ts';
import { readUciLine } from '#cli/portfolio/uci-record.ts';
import { RiskModelSchema, type RiskModel } from '#shared/contracts/risk-model.ts';
import { riskFeatures } from '#shared/core/risk/risk-features.ts';
import { seededRandom } from '#cli/portfolio/seeded-random.ts';
import { projectRoot } from '../run-dunwell.ts';

const header = 'ID,X1,X2,X3,X4,X5,X6,X7,X8,X9,X10,X11,X12,X13,X14,X15,X16,X17,X18,X19,X20,X21,X22,X23,Y';
let folder: string;
let file: string;

/** People who are late in one month in two; whoever uses much of the limit stays late more often. */
function madeLine(id: number): string {
  const random = seededRandom(`made ${id}`);
  const bill = random.whole(1_000, 50_000);
  const stays = 0.2 + (0.6 * bill) / 50_000;
  const statuses = [random.happens(0.5) ? 2 : 0];
  // From April on; the columns run from September back.
  for (let month = 1; month < 6; month += 1)
    statuses.unshift(random.happens(statuses[0] === 2 ? stays : 0.5) ? 2 : 0);
  const paid = statuses.map(() => (random.happens(0.5) ? 1_000 : 0));
  return [id, 50_000, 2, 2, 1, 24, ...statuses, ...statuses.map(() => bill), ...paid, 0].join(',');
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-model-'));
  file = path.join(folder, 'uci.csv');
  const lines = Array.from({ length: 600 }, (_, index) => madeLine(index + 1));
  writeFileSync(file, `${[header, ...lines].join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function train(args: Partial<ModelTrainArgs> = {}) {
  const output = new PassThrough();
  const out = path.join(folder, 'risk.yaml');
  await modelTrainCommand({ file, seed: 1, version: '2026.11.0', out, ...args }, { output });
  output.end();
  const bytes = readFileSync(args.out ?? out, 'utf8');
  return { printed: await text(output), bytes, model: RiskModelSchema.parse(parse(bytes)) };
}

function weightOf(model: RiskModel, name: string): number {
  return model.features.find(({ feature }) => feature === name)?.weight ?? Number.NaN;
}

describe('dunwell model train', () => {
  it('gives the same bytes for the same arguments, and others for another split', async () => {
    const first = await train();
    const again = await train({ out: path.join(folder, 'again.yaml') });
    expect(again.bytes).toBe(first.bytes);
    expect(again.printed).toBe(first.printed);
    expect((await train({ seed: 2 })).bytes).not.toBe(first.bytes);
  });

  it('learns what the outcomes were made by, and nothing where there is nothing to learn', async () => {
    const { model } = await train();
    expect(weightOf(model, 'creditUse')).toBeGreaterThan(0.25);
    // Everybody who is late is so by the same number of months.
    expect(weightOf(model, 'monthsLate')).toBe(0);
    expect(model.heldOut.auc).toBeGreaterThan(0.55);
  });

  it('tests on people it has not learnt from, each account once', async () => {
    const { model } = await train();
    const [fitted, sameMonth] = model.compared;
    const all = await lateAccounts(recordsIn(file), '2005-06', 1);
    expect(fitted!.rows + sameMonth!.rows).toBe(all.length);
    expect(model.heldOut.calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(model.heldOut.rows);
    expect(Object.values(model.heldOut.byClass).reduce((sum, { rows }) => sum + rows, 0)).toBe(
      model.heldOut.rows,
    );
  });

  it('makes the accounts of a training as an import does, columns and history included', async () => {
    const line = `7,40000,2,2,1,24,-1,-1,2,2,0,0,3000,3000,10000,9000,8000,7000,500,0,0,400,300,200,0`;
    const [late] = await lateAccounts([readUciLine(line)!], '2005-07', 1);
    expect(riskFeatures(late!.account, late!.today)).toEqual({
      monthsLate: 2,
      creditUse: 0.25,
      timesLate: 2,
      paidLastMonth: 0,
    });
    expect(await lateAccounts([readUciLine(line)!], '2005-08', 1)).toEqual([]);
    expect(
      riskFeatures((await lateAccounts([readUciLine(line)!], '2005-06', 1))[0]!.account, '2005-06-30'),
    ).toMatchObject({ timesLate: 1, paidLastMonth: 1 });
  });

  it.each<[status: number, late: 0 | 1, cured: 0 | 1]>([
    [-2, 0, 0],
    [-1, 0, 0],
    [0, 0, 0],
    [1, 1, 0],
    [2, 1, 1],
    [8, 1, 1],
  ])('status %d counts as not cured: %d, or %d where code 1 is read as cured', (status, late, cured) => {
    const record = readUciLine(`1,1000,2,2,1,24,${status},2,2,2,2,2,9,9,9,9,9,9,0,0,0,0,0,0,0`)!;
    expect(notCured(record, '2005-09')).toBe(late);
    expect(notCured(record, '2005-09', 'cured')).toBe(cured);
  });

  it('writes nothing when the version is none or the file is another', async () => {
    const out = path.join(folder, 'never.yaml');
    await expect(train({ out, version: '1' })).rejects.toMatchObject({ status: 2, problem: 'bad_version' });
    const other = path.join(folder, 'other.csv');
    writeFileSync(other, 'a,b\n1,2\n');
    await expect(train({ out, file: other })).rejects.toMatchObject({ status: 2, problem: 'not_uci' });
    expect(existsSync(out)).toBe(false);
  });
});

function recordsIn(name: string) {
  const [, ...lines] = readFileSync(name, 'utf8').trim().split('\n');
  return lines.map((line) => readUciLine(line)!);
}

const real = path.resolve(projectRoot, '../shared/data/uci-default-of-credit-card-clients.csv');
const isThere = existsSync(real);

describe.skipIf(!isThere)(
  `the shipped model${isThere ? '' : ' (skipped: ../shared/data is not here)'}`,
  () => {
    it('is what training makes of the real file, and its documentation tells what the training found', async () => {
      const { bytes, printed } = await train({ file: real });
      expect(readFileSync(path.join(projectRoot, 'config/models/risk.yaml'), 'utf8')).toBe(bytes);
      const told = readFileSync(path.join(projectRoot, 'docs/risk-model.md'), 'utf8');
      expect(told).toContain(printed);
    });
  },
);
