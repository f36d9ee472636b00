import { describe, expect, it } from 'vitest';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';

describe('parseLiquid', () => {
  it('tells which variables a text names', () => {
    const source = '{{ givenName | upcase }}{% if accountCount > 1 %}{{ amountDue }}{% endif %}';
    expect(parseLiquid(source, 'overdue')).toMatchObject({
      variables: new Set(['givenName', 'accountCount', 'amountDue']),
      problems: [],
    });
  });

  const rows: readonly [string, string, number, string][] = [
    ['an unknown variable', 'a\nb {{ firstName }}', 2, 'the variable "firstName" does not exist'],
    [
      'a variable of another context',
      '{{ promiseDate }}',
      1,
      'the variable "promiseDate" does not exist in a text of context overdue',
    ],
    ['a path into a value', '{{ givenName.length }}', 1, 'the variable "givenName.length" does not exist'],
    ['a prototype', '{{ constructor }}', 1, 'the variable "constructor" does not exist'],
    [
      'a variable in a condition',
      'a\n\n{% if paid == "x" %}x{% endif %}',
      3,
      'the variable "paid" does not exist',
    ],
    ['a value that is none', '{{ "x" }}', 1, 'a value has no variable'],
    [
      'two variables in one value',
      '{{ givenName familyName }}',
      1,
      'more than a variable stands in one value',
    ],
    ['an index', '{{ givenName[0] }}', 1, '"[0]" cannot be read'],
    ['a loop', '{% for a in givenName %}', 1, '{% for a in givenName %} is not permitted'],
    ['an assignment', '{% assign a = 1 %}', 1, '{% assign a = 1 %} is not permitted'],
    ['an include', '{% include "x" %}', 1, '{% include "x" %} is not permitted'],
    [
      'the filter that would undo the escaping',
      '{{ givenName | raw }}',
      1,
      'the filter "raw" is not permitted so',
    ],
    ['a filter that computes', '{{ daysPastDue | plus: 1 }}', 1, 'the filter "plus" is not permitted so'],
    [
      'a filter from a prototype',
      '{{ givenName | toString }}',
      1,
      'the filter "toString" is not permitted so',
    ],
    [
      'a default that is a variable',
      '{{ givenName | default: familyName }}',
      1,
      'the filter "default" is not permitted so',
    ],
    ['an open value', 'a\n{{ givenName', 2, 'a {{ or {% is not closed'],
    ['an open condition', 'a\n{% if accountCount > 1 %}a', 2, '{% if %} is not closed'],
    [
      'the wrong end',
      '{% if accountCount > 1 %}a{% endunless %}{% endif %}',
      1,
      '{% endunless %} closes nothing',
    ],
    ['an end of nothing', 'a{% endif %}', 1, '{% endif %} closes nothing'],
    ['an else of nothing', 'a{% else %}', 1, 'an else belongs to no if'],
    ['two elses', '{% if accountCount > 1 %}{% else %}{% else %}{% endif %}', 1, 'an else belongs to no if'],
    ['a bare variable as a condition', '{% if givenName %}a{% endif %}', 1, 'a condition is no comparison'],
    ['half a condition', '{% if accountCount > 1 and %}a{% endif %}', 1, 'a condition is no comparison'],
    ['a number beside a text', '{% if accountCount == "1" %}a{% endif %}', 1, '== cannot compare these'],
    ['an order of texts', '{% if givenName < familyName %}a{% endif %}', 1, '< cannot compare these'],
    ['a range', 'a\n{{ (1..1000000) }}', 2, '"(1..1000000)" cannot be read'],
  ];
  it.each(rows)('refuses %s at its line', (_title, source, line, problem) => {
    const [found, ...others] = parseLiquid(source, 'overdue').problems;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ line, problem });
    expect(found?.fix).not.toBe('');
  });

  it('tells in which context a variable exists', () => {
    expect(parseLiquid('{{ manageUrl }}', 'survey').problems).toEqual([
      {
        line: 1,
        column: 1,
        problem: 'the variable "manageUrl" does not exist in a text of context survey',
        fix: 'write `context: promise` or `context: plan` or `context: answer` or `context: proposal` if that is what the text is about, or use one of givenName, familyName, creditorName, creditorPhone, surveyUrl',
      },
    ]);
  });

  it('tells what its conditions compare', () => {
    const source =
      '{% if accountCount > 3 and givenName != "" %}{% elsif givenName == familyName %}{% endif %}';
    expect(parseLiquid(source, 'overdue').comparisons).toEqual([
      { variable: 'accountCount', literal: 3 },
      { variable: 'givenName', literal: '' },
      { variable: 'givenName', literal: undefined },
      { variable: 'familyName', literal: undefined },
    ]);
  });

  it('tells every mistake, not only the first', () => {
    expect(
      parseLiquid('{{ a }}\n  {{ b }}', 'overdue').problems.map(({ line, column }) => [line, column]),
    ).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });
});
