import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import type { JsonObject } from '#infra/local/json.ts';
import { startLocalRun } from '#infra/local/local-run.ts';
import { savedInstant } from '#infra/local/run-backends.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import {
  arnOf,
  mapping,
  mayReadQueue,
  mayReadStream,
  onTestEnd,
  type Seen,
  startAtMs,
  startRecorder,
  tableWithStream,
  temporaryFolder,
  writeAssembly,
} from '#test/infra/local/test-template.ts';

const items = 20;
const killAfterMessages = 7;

const template = {
  functions: { Send: { statements: [mayReadQueue('Sms')] }, Plan: { statements: [mayReadStream('People')] } },
  resources: {
    People: tableWithStream,
    Sms: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sms', VisibilityTimeout: 60 } },
    SmsMapping: mapping('Send', arnOf('Sms'), { BatchSize: 1 }),
    PeopleMapping: mapping(
      'Plan',
      { 'Fn::GetAtt': ['People', 'StreamArn'] },
      { BatchSize: 1, StartingPosition: 'TRIM_HORIZON' },
    ),
  },
};

test('a run that is killed in the middle goes on from its data folder: nothing is lost, and only what was under way is repeated', async () => {
  const dataDir = await temporaryFolder();
  const seen: Seen[] = [];
  const sent = (): Seen[] => seen.filter(({ functionName }) => functionName === 'Send');
  let kill: () => void = () => undefined;
  const { url } = await startRecorder(seen, () => {
    if (sent().length === killAfterMessages) kill();
    return undefined;
  });
  const assemblyDir = await writeAssembly(template, url);

  const script = fileURLToPath(new URL('run-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, assemblyDir, dataDir, String(startAtMs), String(items)], {
    stdio: 'inherit',
  });
  kill = () => child.kill('SIGKILL');
  const signal = await new Promise((resolve) => child.once('exit', (_status, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
  const killedAtMs = savedInstant(dataDir) ?? 0;
  expect(killedAtMs).toBe(sent().at(-1)?.atMs);
  const plannedBefore = seen.length - sent().length;
  expect(plannedBefore).toBe(items);

  const clock = createVirtualClock({ startAtMs: killedAtMs, speed: 'jump' });
  const run = await startLocalRun({ assemblyDir, stacks: ['Test'], clock, dataDir });
  onTestEnd(() => run.stop());
  await run.advanceTo(startAtMs + 3_600_000);

  const bodies = sent().map(({ event }) => event.Records[0]?.body);
  expect(new Set(bodies).size).toBe(items);
  // The message that was under way comes again when its visibility ends; the others came once.
  const underWay = bodies[killAfterMessages - 1];
  expect(bodies.filter((body, index) => bodies.indexOf(body) !== index)).toEqual([underWay]);
  expect((await run.stats()).queues['sms']).toEqual({ ready: 0, inFlight: 0, delayed: 0 });
  expect(seen.length - sent().length).toBe(plannedBefore);
});

test('a data folder of a template with other indexes is refused', async () => {
  const dataDir = await temporaryFolder();
  const start = async (resources: Record<string, JsonObject>) => {
    const clock = createVirtualClock({ startAtMs, speed: 'jump' });
    return startLocalRun({
      assemblyDir: await writeAssembly({ resources }),
      stacks: ['Test'],
      clock,
      dataDir,
    });
  };
  await (await start({ People: tableWithStream })).stop();
  const properties = tableWithStream['Properties'] as JsonObject;
  const GlobalSecondaryIndexes = [
    {
      IndexName: 'due',
      KeySchema: [{ AttributeName: 'SK', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ];
  const newer = { ...tableWithStream, Properties: { ...properties, GlobalSecondaryIndexes } };
  await expect(start({ People: newer })).rejects.toThrow('holds table people with the indexes ()');
});
