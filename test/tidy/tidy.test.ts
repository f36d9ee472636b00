import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { boundaryRules } from './boundary-rules.ts';
import { cruiseBoundaries } from './cruise-boundaries.ts';
import { readSources } from './source-files.ts';
import { tidyRules } from './tidy-rules.ts';

const planted = path.join(import.meta.dirname, 'planted');

describe('the house rules', () => {
  const sources = readSources();

  it('look at the whole tree', () => {
    expect(sources.length).toBeGreaterThan(300);
  });

  it.each(tidyRules)('$name', ({ find }) => {
    expect(find(sources)).toEqual([]);
  });
});

describe('a planted fault is found by the rule that', () => {
  const sources = readSources(path.join(planted, 'tidy'));
  const found = Object.fromEntries(tidyRules.map((rule) => [rule.name, rule.find(sources)]));

  it.each([
    ['names tell what is inside', ['shared/core/helpers/round.ts', 'cli/utils.ts']],
    ['files are written in kebab case', ['cli/badlyNamed.ts']],
    ['tests replace parts by fakes, not modules by mocks', ['test/cli/mocked.ts:3']],
    [
      'every function has a main, a handler and a test',
      ['functions/halved/main.ts is missing', 'test/functions/halved/ has no test'],
    ],
    [
      'every port has a suite that its fake and the real part pass',
      [
        'shared/ports/unknown-port.ts',
        'test/suites/wake-queue.suite.ts is missing',
        'test/fakes/fake-wake-queue.ts is missing',
      ],
    ],
    ['what is left to do has an issue number', ['cli/undone.ts:2', 'cli/undone.ts:3']],
    ['telephone numbers reach nobody', ['cli/reaches.ts:1: +14155552671']],
    ['e-mail addresses reach nobody', ['cli/reaches.ts:2: someone@gmail.com']],
  ])('says: %s', (name, starts) => {
    expect(found[name]).toHaveLength(starts.length);
    for (const [index, start] of starts.entries()) expect(found[name]![index]).toContain(start);
  });

  it('exists for every rule', () => {
    for (const { name } of tidyRules) expect(found[name], name).not.toEqual([]);
  });
});

describe('import directions', () => {
  it('find the planted violation of each rule, and only those', async () => {
    const { violations } = await cruiseBoundaries(path.join(planted, 'boundaries'));
    const names = violations.map((violation) => violation.rule.name).sort();
    expect(names).toEqual(boundaryRules.map((rule) => rule.name).sort());
  });
});
