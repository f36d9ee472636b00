import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { lintPacksCommand } from '#cli/commands/packs.ts';

async function lint(json: boolean) {
  let output = '';
  const status = await lintPacksCommand(
    { json },
    {
      output: new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          output += chunk.toString();
          done();
        },
      }),
    },
  );
  return { status, output };
}

test('the report lists what is not enforced yet, with what it rests on', async () => {
  const { status, output } = await lint(false);
  expect(status).toBe(0);
  expect(output).toMatch(/us-nyc\/hours +M\+ +6 RCNY 5-77/);
  expect(output).toMatch(/\d+ packs, \d+ rules, \d+ unverified, 0 faults\.\n$/);
});

test('as JSON it has the same for programs', async () => {
  const { output } = await lint(true);
  expect(JSON.parse(output)).toMatchObject({ errors: [], unverified: expect.any(Array) as unknown });
});
