import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configReferenceCommand, configSchemaCommand, configValidateCommand } from '#cli/commands/config.ts';
import { configFileKinds } from '#cli/config/config-files.ts';

const root = new URL('../../..', import.meta.url).pathname;

function sink(): { output: Writable; errors: Writable; told: () => string; complained: () => string } {
  const texts = { output: '', errors: '' };
  const into = (name: keyof typeof texts) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[name] += String(chunk);
        done();
      },
    });
  return {
    output: into('output'),
    errors: into('errors'),
    told: () => texts.output,
    complained: () => texts.errors,
  };
}

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'dunwell-config-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

describe('dunwell config validate', () => {
  it('tells the version of a configuration that is right', async () => {
    const io = sink();
    expect(await configValidateCommand({ dir: join(root, 'config'), json: true }, io)).toBe(0);
    expect(JSON.parse(io.told())).toEqual({
      ok: true,
      version: expect.stringMatching(/^[0-9a-f]{32}$/u) as string,
    });
  });

  it('ends with 2 and one line for each error', async () => {
    const io = sink();
    expect(await configValidateCommand({ dir: scratch }, io)).toBe(2);
    expect(io.told()).toBe('');
    const lines = io.complained().replaceAll(`${scratch}/`, '').trimEnd().split('\n');
    expect(lines).toEqual([
      'agreements.yaml:1: is missing; add the file',
      'creditors:1: has no files; add at least one file',
      'holds.yaml:1: is missing; add the file',
      'limits.yaml:1: is missing; add the file',
      'policies:1: is missing; add the folder with at least one rule pack',
      'queues:1: has no files; add at least one file',
      'replies:1: has no files; add at least one file',
      'replies.yaml:1: is missing; add the file',
      'strategies:1: has no files; add at least one file',
      'templates:1: is missing; add the folder',
      `${scratch} is refused: 10 errors`,
    ]);
  });

  it('tells the same as one JSON object for programs', async () => {
    const io = sink();
    expect(await configValidateCommand({ dir: scratch, json: true }, io)).toBe(2);
    const answer = JSON.parse(io.told()) as { ok: boolean; errors: unknown[] };
    expect(answer.ok).toBe(false);
    expect(answer.errors[3]).toEqual({
      file: join(scratch, 'limits.yaml'),
      line: 1,
      field: '',
      problem: 'is missing',
      fix: 'add the file',
    });
  });
});

describe('what is made from the schemas', () => {
  const madeAgain =
    'is committed as the command makes it; if this fails, run `npx dunwell config schema` and `npx dunwell config reference`';

  it(`config/schemas ${madeAgain}`, async () => {
    await configSchemaCommand({ dir: scratch }, sink());
    for (const { name } of configFileKinds) {
      const file = `${name}.schema.json`;
      expect(await readFile(join(root, 'config/schemas', file), 'utf8')).toBe(
        await readFile(join(scratch, file), 'utf8'),
      );
    }
  });

  it(`docs/config-reference.md ${madeAgain}`, async () => {
    const file = join(scratch, 'reference.md');
    await configReferenceCommand({ file }, sink());
    expect(await readFile(join(root, 'docs/config-reference.md'), 'utf8')).toBe(await readFile(file, 'utf8'));
  });

  it.each([
    ['strategy', 'strategies/early-card.yaml'],
    ['creditor', 'creditors/demo-bank.yaml'],
    ['limits', 'limits.yaml'],
    ['prices', 'prices.yaml'],
    ['voice-template', 'templates/zh-CN/overdue-notice.voice.yaml'],
    ['template-words', 'templates/en/words.yaml'],
    ['rule-pack', 'policies/base-strict.yaml'],
  ])('the schema %s accepts %s as an editor would, and refuses an unknown field', async (name, file) => {
    const schema = JSON.parse(
      await readFile(join(root, `config/schemas/${name}.schema.json`), 'utf8'),
    ) as object;
    const accepts = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const value = parse(await readFile(join(root, 'config', file), 'utf8')) as object;
    expect(accepts(value), JSON.stringify(accepts.errors)).toBe(true);
    expect(accepts({ ...value, colour: 'red' })).toBe(false);
  });
});
