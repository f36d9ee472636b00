import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { approveCommand, publishCommand } from '#cli/commands/config-publish.ts';
import { rollbackCommand, statusCommand } from '#cli/commands/config-status.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { smallConfig } from '#test/cli/config/small-config.ts';
import { textSink } from '#test/cli/text-sink.ts';
import { configTemplate, deadLetterAlarm } from '#test/infra/local/config-template.ts';
import { setAlarm } from '#test/infra/local/set-alarm.ts';
import { startAtMs, startTestRun } from '#test/infra/local/test-template.ts';

/** A configuration folder whose version differs by the gap between two contacts. */
function folder(gapMinutes: number, publishing?: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'dunwell-publish-'));
  const limits = smallConfig['limits.yaml']!.replace('gapMinutes: 60', `gapMinutes: ${String(gapMinutes)}`);
  const files = {
    ...smallConfig,
    'limits.yaml': limits,
    ...(publishing && { 'publishing.yaml': publishing }),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const twoPersons = 'approvers: { required: true }\nrollout: at-once\n';

/** The commands beside a local run, each as the named person; what they print comes back as JSON. */
async function beside() {
  const { run } = await startTestRun(configTemplate);
  const dotDir = mkdtempSync(join(tmpdir(), 'dunwell-dot-'));
  const gateway = run.operatorEnvironment['AWS_ENDPOINT_URL_APPCONFIG'];
  const noted = { endpoint: gateway, tableName: 'none', pid: process.pid, gateway, stage: 'dev' };
  writeFileSync(join(dotDir, 'run.json'), JSON.stringify(noted));
  const as = async (
    who: string,
    command: (around: Parameters<typeof statusCommand>[1]) => Promise<number>,
  ) => {
    const output = textSink();
    const environment = { DUNWELL_OPERATOR: who };
    await command({ output, errors: textSink(), environment, dotDir });
    return JSON.parse(output.text()) as Record<string, unknown>;
  };
  const usual = { wait: false, json: true };
  return {
    run,
    publish: (who: string, dir: string, more: { rollout?: 'at-once' | 'gradual'; why?: string } = {}) =>
      as(who, (around) => publishCommand({ dir, ...usual, ...more }, around)),
    approve: (who: string, version: unknown) =>
      as(who, (around) =>
        approveCommand({ version: String(version), why: 'looked at it', ...usual }, around),
      ),
    status: () => as('anybody', (around) => statusCommand({ json: true }, around)),
    rollback: (version?: string) =>
      as('anybody', (around) =>
        rollbackCommand({ json: true, ...(version !== undefined && { version }) }, around),
      ),
  };
}

/** The one reason by which a command refuses. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('was not refused', { cause: error });
  return error.reasons.join('\n');
}

describe('publishing to a local run', () => {
  it('rolls out by the strategy of publishing.yaml, and tells who did it and why', async () => {
    const { publish, status, run } = await beside();
    const started = await publish('Ada', folder(60), { why: 'first version' });
    expect(started).toMatchObject({ kind: 'started', state: 'DEPLOYING', percent: 25 });
    await run.advanceTo(startAtMs + 30 * minuteMs);
    expect(await status()).toMatchObject({
      inForce: { version: started['version'], record: { by: 'Ada', why: 'first version' } },
      fitsThisRelease: true,
      inProgress: null,
      waiting: [],
    });
  });

  it('changes nothing when the same is in force', async () => {
    const { publish } = await beside();
    const dir = folder(60);
    await publish('Ada', dir, { rollout: 'at-once' });
    expect(await publish('Ada', dir)).toMatchObject({ kind: 'unchanged' });
  });

  it('refuses a folder with errors before anybody is asked', async () => {
    const { publish, status } = await beside();
    const dir = folder(60);
    writeFileSync(join(dir, 'limits.yaml'), 'pace: fast\n');
    expect(await refusal(publish('Ada', dir))).toMatch(/limits\.yaml:1: pace .*\n.*nothing was published/s);
    expect(await status()).toMatchObject({ inForce: null, last: [] });
  });

  it('keeps no version that the validator refuses', async () => {
    const { publish, status } = await beside();
    const dir = folder(60);
    writeFileSync(
      join(dir, 'templates/en/note.voice.yaml'),
      smallConfig['templates/en/note.voice.yaml']!.replace('Goodbye', 'A wrong word'),
    );
    expect(await refusal(publish('Ada', dir))).toContain('limits.pace: is missing; add it');
    expect(await status()).toMatchObject({ waiting: [], last: [] });
  });

  it('says what to do while another deployment is in progress', async () => {
    const { publish } = await beside();
    await publish('Ada', folder(60));
    expect(await refusal(publish('Ada', folder(90)))).toContain('dunwell config rollback');
  });

  it('publishes nowhere without a local run or a named stage', async () => {
    const dotDir = mkdtempSync(join(tmpdir(), 'dunwell-dot-'));
    const around = { output: textSink(), errors: textSink(), environment: {}, dotDir };
    const args = { dir: folder(60), wait: false, json: true };
    expect(await refusal(publishCommand(args, around))).toContain('--stage');
  });
});

describe('the second approver', () => {
  it('has to be somebody else than the publisher', async () => {
    const { publish, approve, status } = await beside();
    const published = await publish('Ada', folder(60, twoPersons), { why: 'quieter' });
    expect(published).toMatchObject({ kind: 'waiting' });
    expect(await status()).toMatchObject({
      inForce: null,
      waiting: [{ version: published['version'], record: { by: 'Ada', why: 'quieter' } }],
    });
    expect(await refusal(approve('Ada', published['version']))).toContain('cannot approve it');
    expect(await approve('Bo', published['version'])).toMatchObject({ state: 'COMPLETE' });
    expect(await status()).toMatchObject({ inForce: { record: { by: 'Bo' } }, waiting: [] });
  });

  it('has to be among those who may approve, where they are named', async () => {
    const { publish, approve } = await beside();
    const named = 'approvers: { required: true, among: [Cy, Di] }\nrollout: at-once\n';
    const { version } = await publish('Ada', folder(60, named));
    expect(await refusal(approve('Bo', version))).toContain('Cy, Di');
    expect(await approve('Cy', version)).toMatchObject({ state: 'COMPLETE' });
  });

  it('is not lifted by the change that it guards', async () => {
    const { publish, approve } = await beside();
    await approve('Bo', (await publish('Ada', folder(60, twoPersons)))['version']);
    expect(await publish('Ada', folder(90))).toMatchObject({ kind: 'waiting' });
  });
});

describe('going back', () => {
  it('stops what is being rolled out', async () => {
    const { publish, rollback, status } = await beside();
    const first = await publish('Ada', folder(60), { rollout: 'at-once' });
    await publish('Ada', folder(90));
    await rollback();
    expect(await status()).toMatchObject({ inForce: { version: first['version'] }, inProgress: null });
  });

  it('reverts what was rolled out last, and goes to any version that was in force', async () => {
    const { publish, rollback, status } = await beside();
    const versions = [];
    for (const gap of [60, 90, 120])
      versions.push((await publish('Ada', folder(gap), { rollout: 'at-once' }))['version']);
    await rollback();
    expect(await status()).toMatchObject({ inForce: { version: versions[1] } });
    await rollback(String(versions[0]).slice(0, 8));
    expect(await status()).toMatchObject({ inForce: { version: versions[0] } });
    expect(await refusal(rollback('ffffffff'))).toContain('there is no such version');
  });

  it('tells which alarm took a deployment back', async () => {
    const { publish, status, run } = await beside();
    await publish('Ada', folder(60), { rollout: 'at-once' });
    await publish('Ada', folder(90));
    await setAlarm(run, deadLetterAlarm, 'ALARM');
    expect(await status()).toMatchObject({
      last: [
        { state: 'ROLLED_BACK', undone: 'alarm dunwell-dev-config-suspect went off' },
        { state: 'COMPLETE' },
      ],
    });
  });
});
