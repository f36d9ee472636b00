import { SendMessageCommand } from '@aws-sdk/client-sqs';

import { startLocalRun } from '#infra/local/local-run.ts';
import { savedInstant } from '#infra/local/run-backends.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { operatorClients, queueUrl } from '#test/infra/local/operator.ts';

/** Runs in a process of its own: fills queue and table, lets the clock run, and expects to be killed in the middle. */
const [, , assemblyDir = '', dataDir = '', startAt = '0', items = '0'] = process.argv;
const clock = createVirtualClock({ startAtMs: savedInstant(dataDir) ?? Number(startAt), speed: 'jump' });
const run = await startLocalRun({ assemblyDir, stacks: ['Test'], clock, dataDir });
const { sqs, put } = operatorClients(run);
for (let item = 0; item < Number(items); item += 1) {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(run, 'sms'),
      MessageBody: `m${item}`,
      DelaySeconds: 60 + item,
    }),
  );
  await put('p', String(item).padStart(3, '0'));
}
await run.advanceTo(Number(startAt) + 3_600_000);
process.exit(0);
