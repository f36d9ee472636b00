import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RulePackSchema, type RulePack } from '#shared/contracts/rule-pack.ts';
import { holidayRegion } from '#shared/core/permission/holiday-calendar.ts';
import { zoneNamed } from '#shared/core/time/zone.ts';
import { errorAt, type ConfigError, type Sourced } from './config/config-error.ts';
import { readText, refused, type Reading } from './config/read-files.ts';
import { hasHolidays } from './holiday-table.ts';
import { readYaml } from './yaml-with-lines.ts';

/** The packs that come with the project. */
export const packsDirDefault = fileURLToPath(new URL('../config/policies', import.meta.url));

/**
 * Reads and checks every *.yaml of a folder of rule packs, in the order of file names. What is wrong comes back with
 * file, line, field and fix. Throws only when the folder cannot be read.
 */
export async function readPacks(dir: string): Promise<Reading<RulePack>> {
  const names = (await readdir(dir)).filter((name) => /\.ya?ml$/.test(name)).sort();
  if (names.length === 0)
    return refused(dir, 'has no *.yaml file', 'put rule packs there or name another folder');
  const readings = await Promise.all(names.map((name) => readPack(join(dir, name))));
  const found = readings.flatMap((reading) => reading.found);
  const errors = readings.flatMap((reading) => reading.errors);
  return {
    found,
    errors: [...errors, ...found.flatMap(wrongZone), ...found.flatMap(wrongCalendar), ...twiceNamed(found)],
  };
}

async function readPack(file: string): Promise<Reading<RulePack>> {
  // Packs are written by programs too, which repeat themselves by aliases.
  const read = readYaml(await readText(file), RulePackSchema, 1, 'expanded');
  if (read.ok) return { found: [{ file, value: read.value, lineOf: read.lineOf }], errors: [] };
  return { found: [], errors: read.problems.map((problem) => ({ file, ...problem })) };
}

function wrongZone(source: Sourced<RulePack>): readonly ConfigError[] {
  const { zone } = source.value.tz;
  if (zone === undefined || zoneNamed(zone) !== undefined) return [];
  const words = {
    problem: `is "${zone}", which is no time zone`,
    fix: 'use an IANA name such as Asia/Shanghai',
  };
  return [errorAt(source, ['tz', 'zone'], words)];
}

function wrongCalendar(source: Sourced<RulePack>): readonly ConfigError[] {
  const { calendar } = source.value;
  const region = calendar === undefined ? undefined : holidayRegion(calendar);
  if (region === undefined || hasHolidays(region)) return [];
  const words = {
    problem: `is of ${region}, whose public holidays are not known`,
    fix: 'correct country and state, or set country to null and list `dates`',
  };
  return [errorAt(source, ['calendar'], words)];
}

/** Two packs, or two rules of one pack, of the same name could not be told apart in a decision. */
function twiceNamed(found: readonly Sourced<RulePack>[]): readonly ConfigError[] {
  const errors: ConfigError[] = [];
  const packs = new Set<string>();
  for (const source of found) {
    const { pack, rules } = source.value;
    if (packs.has(pack)) errors.push(errorAt(source, ['pack'], twice(pack)));
    packs.add(pack);
    const ids = rules.map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) < index) errors.push(errorAt(source, ['rules', index, 'id'], twice(id)));
    }
  }
  return errors;
}

function twice(name: string): Pick<ConfigError, 'problem' | 'fix'> {
  return { problem: `is "${name}" a second time`, fix: 'give each its own name' };
}
