import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectRoot, runDunwell } from './run-dunwell.ts';

/** Makes the door believe that it was opened by an older Node. */
const asNode20 = [
  '--import',
  `data:text/javascript,${encodeURIComponent("Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })")}`,
];

it('is the package bin', () => {
  const { bin } = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as {
    bin: Record<string, string>;
  };
  expect(bin).toEqual({ dunwell: 'cli/bin.mjs' });
});

it('lists its commands', async () => {
  const { status, output } = await runDunwell(['--help']);
  expect(status).toBe(0);
  for (const command of ['import', 'portfolio', 'permit', 'config']) expect(output).toContain(`  ${command}`);
});

it('hands over to the own Node of the project when it is opened by an older one, with output and exit status', async () => {
  const help = await runDunwell(
    ['portfolio', 'synthetic', '--people', '1', '--today', '2026-03-02'],
    asNode20,
  );
  expect(help.status).toBe(0);
  expect(help.output).toContain('person-0001');
  const refused = await runDunwell(['import', 'no-such-file.csv'], asNode20);
  expect(refused).toMatchObject({
    status: 2,
    errors: 'dunwell: no-such-file.csv: there is no such file; check the path\n',
  });
});

it.each<[string, string[], string]>([
  ['an unknown command', ['inport'], "unknown command 'inport'"],
  ['an unknown option', ['import', 'x.csv', '--wet-run'], "unknown option '--wet-run'"],
  ['a missing argument', ['import'], "missing required argument 'file'"],
  [
    'a date that does not exist',
    ['portfolio', 'synthetic', '--today', '2026-02-30'],
    'Write a date as YYYY-MM-DD.',
  ],
  ['a month without data', ['portfolio', 'from-uci', 'x.csv', '--month', '2005-10'], 'Allowed choices are'],
])('ends with status 2 and one sentence for %s', async (_name, args, sentence) => {
  const { status, output, errors } = await runDunwell(args);
  expect(status).toBe(2);
  expect(output).toBe('');
  expect(errors).toContain(sentence);
  expect(errors.trim().split('\n')).toHaveLength(1);
});

it('tells an error of usage as JSON when JSON is asked for', async () => {
  const { status, errors } = await runDunwell(['import', '--json']);
  expect(status).toBe(2);
  expect(JSON.parse(errors)).toMatchObject({ error: 'usage' });
});
