import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { configDiffCommand, type DiffArgs } from '#cli/commands/config-diff.ts';
import { writeConfig, type Change } from '#test/cli/config/small-config.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'dunwell-diff-'));
});
afterEach(() => rm(scratch, { recursive: true }));

async function diff(args: Partial<DiffArgs> = {}): Promise<{ status: number; told: string }> {
  const output = new PassThrough();
  const status = await configDiffCommand(
    { old: join(scratch, 'old'), new: join(scratch, 'new'), today: '2026-11-21', json: false, ...args },
    { output },
  );
  output.end();
  const told = (await text(output)).replaceAll(`${scratch}/`, '').replace(/[0-9a-f]{32}/gu, 'HASH');
  return { status, told };
}

async function refusal(args: Partial<DiffArgs>): Promise<string> {
  const error: unknown = await diff(args).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
  return `${error.status} ${error.problem}: ${error.reasons.join('; ').replaceAll(`${scratch}/`, '')}`;
}

const changed: Change = {
  'strategies/plain.yaml': ['daysPastDue: 3', 'daysPastDue: 4'],
  'limits.yaml': ['gapMinutes: 60', 'gapMinutes: 30'],
  'templates/en/note.sms.liquid': ['is past due', 'is still past due'],
};

describe('dunwell config diff', () => {
  it('tells what changes and what of it is risky', async () => {
    await writeConfig(join(scratch, 'old'));
    await writeConfig(join(scratch, 'new'), changed);
    expect(await diff()).toEqual({
      status: 0,
      told: `old (version HASH) → new (version HASH)

strategy plain
  step second moved from day 3 to day 4

text note (sms)
  en body: …. {{ amountDue }} is {+still +}past due. Reply…

limits
  gapMinutes 60 → 30

Look twice before publishing (2)
  strategy plain: is changed without a new version: decisions before and after it cannot be told apart
  limits: gapMinutes is lowered: 60 → 30; contacts to one person may follow sooner
`,
    });
  });

  it('says so when both say the same, whatever their files look like', async () => {
    await writeConfig(join(scratch, 'old'));
    await writeConfig(join(scratch, 'new'), {
      'strategies/plain.yaml': ['strategy: plain', '# A note.\nstrategy: "plain"'],
    });
    expect((await diff()).told).toBe('old (version HASH) → new (version HASH)\nThey say the same.\n');
    expect(JSON.parse((await diff({ json: true })).told)).toEqual({
      same: true,
      old: { name: 'old', version: 'HASH' },
      new: { name: 'new', version: 'HASH' },
      changes: [],
      risks: [],
    });
  });

  it('tells the same as one JSON object for programs', async () => {
    await writeConfig(join(scratch, 'old'));
    await writeConfig(join(scratch, 'new'), { 'limits.yaml': ['gapMinutes: 60', 'gapMinutes: 90'] });
    expect(JSON.parse((await diff({ json: true })).told)).toMatchObject({
      same: false,
      changes: [
        {
          kind: 'limits',
          name: '',
          what: 'changed',
          details: [
            { path: ['gapMinutes'], kind: 'changed', before: 60, after: 90, words: 'gapMinutes 60 → 90' },
          ],
        },
      ],
      risks: [],
    });
  });

  it('refuses a configuration with an error, and names its files as they were asked for', async () => {
    await writeConfig(join(scratch, 'old'), { 'limits.yaml': null });
    await writeConfig(join(scratch, 'new'));
    expect(await refusal({})).toBe('2 config_refused: old/limits.yaml:1: is missing; add the file');
  });
});

describe('a configuration of a git revision', () => {
  const folder = () => join(scratch, 'repository', 'config');

  function git(...args: string[]): void {
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    execFileSync('git', [...identity, ...args], { cwd: join(scratch, 'repository'), stdio: 'ignore' });
  }

  beforeEach(async () => {
    await writeConfig(folder());
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    await writeConfig(folder(), { 'limits.yaml': ['gapMinutes: 60', 'gapMinutes: 90'] });
    git('add', '.');
  });

  it('is read without touching the work tree or what is staged', async () => {
    const status = () =>
      execFileSync('git', ['status', '--porcelain'], { cwd: join(scratch, 'repository'), encoding: 'utf8' });
    const before = status();
    const { told } = await diff({ old: 'git:HEAD', new: folder() });
    expect(told).toBe(
      'git:HEAD (version HASH) → repository/config (version HASH)\n\nlimits\n  gapMinutes 60 → 90\n',
    );
    expect(before).toBe('M  config/limits.yaml\n');
    expect(status()).toBe(before);
  });

  it.each<[string, () => Partial<DiffArgs>, string]>([
    [
      'that does not exist',
      () => ({ old: 'git:nowhere', new: folder() }),
      '2 no_revision: git:nowhere: there is no such revision (fatal: Needed a single revision)',
    ],
    [
      'that would be an option of git',
      () => ({ old: 'git:--help', new: folder() }),
      '2 no_revision: "--help" is no revision of git: write one such as git:HEAD~1 or git:main',
    ],
    [
      'whose files are refused, under its own name',
      () => {
        git('rm', '--quiet', '-f', 'config/limits.yaml');
        git('commit', '--quiet', '--message', 'second');
        return { old: 'git:HEAD', new: folder() };
      },
      '2 config_refused: git:HEAD/limits.yaml:1: is missing; add the file',
    ],
  ])('is refused %s', async (_, args, expected) => {
    expect(await refusal(args())).toBe(expected);
  });

  it('is refused for a folder that no repository has', async () => {
    await writeConfig(join(scratch, 'new'));
    expect(await refusal({ old: 'git:HEAD' })).toMatch(/^2 no_revision: new is in no git repository/u);
  });
});
