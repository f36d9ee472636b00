import { describe, expect, it } from 'vitest';
import { checkLiquid } from '#shared/core/render/check-liquid.ts';

describe('checkLiquid', () => {
  it('tells which variables a text names', () => {
    const source = '{{ givenName | upcase }}{% if accountCount > 1 %}{{ amountDue }}{% endif %}';
    expect(checkLiquid(source)).toEqual({
      variables: new Set(['givenName', 'accountCount', 'amountDue']),
      problems: [],
    });
  });

  const rows: readonly [string, string, number, string][] = [
    ['an unknown variable', 'a\nb {{ firstName }}', 2, 'the variable "firstName" does not exist'],
    ['a path into a value', '{{ givenName.length }}', 1, 'the variable "givenName.length" does not exist'],
    ['a prototype', '{{ constructor }}', 1, 'the variable "constructor" does not exist'],
    ['a variable in a condition', 'a\n\n{% if paid %}x{% endif %}', 3, 'the variable "paid" does not exist'],
    ['a loop', '{% for a in givenName %}{% endfor %}', 1, 'tag "for" not found'],
    ['an assignment', '{% assign a = 1 %}', 1, 'tag "assign" not found'],
    ['an include', '{% include "x" %}', 1, 'tag "include" not found'],
    ['the filter that would undo the escaping', '{{ givenName | raw }}', 1, 'undefined filter: raw'],
    ['a filter that computes', '{{ daysPastDue | plus: 1 }}', 1, 'undefined filter: plus'],
    ['an open value', 'a\n{{ givenName', 2, 'output "{{ givenName" not closed'],
    ['an open condition', '{% if givenName %}a', 1, 'tag {% if givenName %} not closed'],
    ['a range', 'a\n{{ (1..1000000) }}', 2, 'a range (a..b) is not permitted'],
    ['an endless text', 'x'.repeat(100_001), 1, 'parse length limit exceeded'],
  ];
  it.each(rows)('refuses %s at its line', (_title, source, line, problem) => {
    const [found, ...others] = checkLiquid(source).problems;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ line, problem });
    expect(found?.fix).not.toBe('');
  });

  it('tells every unknown variable, not only the first', () => {
    expect(checkLiquid('{{ a }}\n{{ b }}').problems.map(({ line }) => line)).toEqual([1, 2]);
  });
});
