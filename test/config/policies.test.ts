import { describe, expect, test } from 'vitest';
import { holidayTable } from '#cli/holiday-table.ts';
import { lintPacks } from '#cli/lint-packs.ts';
import { packsDirDefault, readPacks } from '#cli/read-packs.ts';
import type { Jurisdiction } from '#shared/contracts/permission.ts';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { resolvePacks } from '#shared/core/permission/resolve-packs.ts';

const { found, errors } = await readPacks(packsDirDefault);
const values = found.map(({ value }) => value);
const packs = compilePacks(values, holidayTable(values, { from: 2026, to: 2026 }));

test('every pack of the project is sound and says what each rule rests on', () => {
  expect([...errors, ...lintPacks(found).errors]).toEqual([]);
});

test('nothing that rests on memory denies', () => {
  const fromMemory = values.flatMap(({ pack, rules }) =>
    rules
      .filter(({ source }) => source?.tag?.startsWith('M'))
      .map(({ id, status }) => `${pack}/${id} ${status ?? ''}`),
  );
  expect(fromMemory.length).toBeGreaterThan(3);
  expect(fromMemory.filter((rule) => !rule.endsWith('unverified'))).toEqual([]);
});

describe('packs are resolved from the jurisdiction', () => {
  test.each<[string, Jurisdiction | undefined, string[]]>([
    ['nothing known', undefined, ['base-strict']],
    ['a country without a pack', { residence: 'MC' }, ['base-strict']],
    ['federal law', { residence: 'US' }, ['us-regf', 'us-tcpa']],
    ['federal and state law', { residence: 'US-FL', postalCode: '33101' }, ['us-fl', 'us-regf', 'us-tcpa']],
    ['a city by its postal codes', { residence: 'US-NY', postalCode: '10001' }, ['us-nyc', 'us-regf', 'us-tcpa']],
    ['the same state elsewhere', { residence: 'US-NY', postalCode: '12201' }, ['us-regf', 'us-tcpa']],
    ['a city whose postal code is not known', { residence: 'US-NY' }, ['us-regf', 'us-tcpa']],
    ['by institution', { institution: 'CN' }, ['cn-card-2011', 'cn-cba-2026', 'cn-gbt45251']],
    ['by institution and residence', { institution: 'CN', residence: 'JP' }, ['cn-card-2011', 'cn-cba-2026', 'cn-gbt45251', 'jp']],
    ['a law of the Union and its member', { residence: 'IT' }, ['eu', 'it']],
    ['a number’s area is no residence', { numberArea: 'US-FL' }, ['base-strict']],
  ])('%s', (_name, jurisdiction, expected) => {
    expect(resolvePacks(jurisdiction, packs)).toEqual(expected);
  }); // prettier-ignore
});

describe('lint', () => {
  const lint = (rule: object) => {
    const value = { ...values[0]!, pack: 'x', rules: [{ ...values[0]!.rules[0]!, ...rule }] };
    return lintPacks([{ file: 'config/x.yaml', value, lineOf: () => 1 }]).errors.map(
      ({ problem }) => problem,
    );
  };
  test.each([
    ['a rule without a source', { source: undefined }, 'does not say what it rests on'],
    ['a rule from memory that denies', { source: { cite: 'c', tag: 'M+' } }, 'is M+, from memory, yet the rule denies'],
    ['a default of our own that claims to be law', { force: 'must', source: { cite: 'c', tag: 'HOUSE' } }, 'is must for a default of our own'],
  ])('%s', (_name, rule, problem) => {
    expect(lint(rule).join()).toContain(problem);
  }); // prettier-ignore
  test('a file that is not called like its pack', () => {
    const source = { file: 'config/y.yaml', value: values[0]!, lineOf: () => 1 };
    expect(lintPacks([source]).errors[0]?.fix).toContain(`rename the file to ${values[0]!.pack}.yaml`);
  });
});
