import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchResult } from './bench-result.ts';

interface Bench {
  run(): Promise<BenchResult | readonly BenchResult[]>;
}

/** Files of this folder that are no benches. */
const notBenches = new Set(['main.ts', 'bench-result.ts']);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !notBenches.has(file))
  .map((file) => file.slice(0, -'.ts'.length));
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(' or ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}

const results: BenchResult[] = [];
for (const name of positionals.length > 0 ? positionals : known) {
  const bench = (await import(`./${name}.ts`)) as Bench;
  const measured = [await bench.run()].flat();
  results.push(...measured);
  if (values.json !== true) for (const result of measured) console.log(lineOf(result));
}
if (values.json === true) console.log(JSON.stringify(results, null, 2));
else console.log(`Measured on ${results[0]?.machine ?? 'nothing'}.`);
if (results.some(({ met }) => !met)) process.exitCode = 1;

function lineOf({ name, unit, own, peer, peerName, ratio, goal, met }: BenchResult): string {
  const beside = peer === undefined ? '' : `  ${peerName ?? 'peer'} ${figure(peer)} ${unit}`;
  const compared = ratio === undefined ? '' : `  ratio ${ratio.toFixed(2)}`;
  return `${met ? 'ok  ' : 'MISS'} ${name.padEnd(28)} ${figure(own)} ${unit}${beside}${compared}  goal ${goal}`;
}

function figure(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
