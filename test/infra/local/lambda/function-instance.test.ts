import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { createTimeCell } from '#infra/local/clock/shared-time.ts';
import { FunctionInstance } from '#infra/local/lambda/function-instance.ts';
import { temporaryFolder } from '#test/infra/local/test-template.ts';

test.each([
  ['waits for what never comes', 'async () => new Promise(() => setInterval(() => {}, 1_000))'],
  ['never gives back control', 'async () => { for (;;); }'],
])('an invocation that %s is ended at its time-out and takes its instance with it', async (_how, handler) => {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'index.mjs'), `export const handler = ${handler};`);
  const lines: string[] = [];
  const instance = new FunctionInstance({
    thread: {
      cell: createTimeCell(0),
      handler: 'index.handler',
      folder,
      functionName: 'Slow',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Slow',
      memorySizeMb: 128,
    },
    environment: {},
    timeoutSeconds: 3,
    timeoutMs: 50,
    onLog: (line) => lines.push(line),
  });
  onTestFinished(() => instance.stop());
  const { failure } = await instance.invoke('{}');
  expect(failure).toMatchObject({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringContaining('Task timed out after 3.00 seconds') as string,
  });
  expect(instance.hasEnded).toBe(true);
});
