import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import { holdKinds } from '#shared/contracts/hold.ts';
import type { HoldRule } from '#shared/contracts/hold-rules.ts';
import { projectRoot } from '../cli/run-dunwell.ts';

const read = await readConfig(`${projectRoot}/config`, { today: '2026-11-21' });
if (!read.ok) throw new Error(JSON.stringify(read.errors));
const { bundle } = read;
const text = readFileSync(`${projectRoot}/docs/holds.md`, 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

function lasts({ days, daysMax }: HoldRule): string {
  if (days === undefined)
    return daysMax === undefined ? 'until somebody ends it' : `as told, at most ${daysMax} days`;
  return days === daysMax ? `${days} days, no longer` : `${days} days, at most ${daysMax}`;
}

function afterwards({ atEnd, days, daysMax }: HoldRule): string {
  if (days === undefined && daysMax === undefined) return '';
  return atEnd === 'review' ? 'a person looks' : 'contacts go on';
}

it.each(holdKinds)('docs/holds.md tells of %s what config/holds.yaml says', (kind) => {
  const rule = bundle.holds[kind];
  const row = rows.find(([kinds = '']) => kinds.split(', ').includes(kind));
  expect(row?.slice(1)).toEqual([
    rule.scope === 'account' ? 'account' : 'person',
    lasts(rule),
    rule.opensCase ? 'yes' : 'no',
    afterwards(rule),
  ]);
});

it('docs/holds.md lists every rule about holds, and whether it denies', () => {
  const rules = bundle.policies.flatMap(({ pack, rules: own }) =>
    own.flatMap((rule) => {
      if (rule.kind !== 'hold') return [];
      const inForce = rule.force === 'should' ? 'in force (`should`)' : 'in force';
      const status = rule.status === 'unverified' ? 'unverified' : inForce;
      return [[`\`${pack}/${rule.id}\``, rule.kinds.join(', '), String(rule.days ?? ''), status]];
    }),
  );
  const told = rows
    .filter(([first = '']) => first.startsWith('`') && first.includes('/'))
    .map((row) => row.slice(0, 4));
  expect(told).toEqual(rules);
});
