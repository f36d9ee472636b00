import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import { textRenderer } from '#shared/core/render/text-renderer.ts';
import { values } from './sample-facts.ts';

const texts = ['givenName', 'familyName', 'creditorName', 'amountDue'] as const;
const numbers = ['daysPastDue', 'accountCount'] as const;
const dash = fc.constantFrom('', '-');
const blank = fc.constantFrom('', ' ', '  ', '\n');

const filter = fc.constantFrom(
  '',
  '| upcase',
  '| downcase',
  '|capitalize',
  '| strip',
  '| default: "you" | upcase',
  "| default: '—'",
);
const value = fc
  .tuple(dash, blank, fc.constantFrom(...texts, ...numbers), filter, blank, dash)
  .map(([left, a, name, filters, b, right]) => `{{${left}${a} ${name} ${filters}${b}${right}}}`);
const words = fc.string({ unit: fc.constantFrom(...Array.from('ab <>&"\'}%\n款')), maxLength: 12 });

const comparison = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...numbers),
      fc.constantFrom('==', '!=', '<', '>', '<=', '>='),
      fc.constantFrom('0', '1', '-1', '20', '1.5', ...numbers),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.constantFrom('==', '!='),
      fc.constantFrom('""', '"Ana"', "'ana'", ...texts),
    )
    .map((parts) => parts.join(' ')),
);
const condition = fc
  .tuple(comparison, fc.array(fc.tuple(fc.constantFrom('and', 'or'), comparison), { maxLength: 3 }))
  .map(([first, others]) => [first, ...others.flat()].join(' '));

const { source } = fc.letrec<{ source: string; choice: string }>((tie) => ({
  source: fc
    .array(fc.oneof({ maxDepth: 3 }, words, value, tie('choice')), { maxLength: 5 })
    .map((parts) => parts.join('')),
  choice: fc
    .record({
      tag: fc.constantFrom('if', 'unless'),
      dashes: fc.tuple(dash, dash, dash, dash),
      first: condition,
      body: tie('source'),
      more: fc.array(fc.tuple(condition, tie('source')), { maxLength: 2 }),
      last: fc.option(tie('source')),
    })
    .map(({ tag, dashes: [a, b, c, d], first, body, more, last }) =>
      [
        `{%${a} ${tag} ${first} ${b}%}${body}`,
        ...more.map(([test, inner]) => `{%${c} elsif ${test}%}${inner}`),
        last === null ? '' : `{% else ${d}%}${last}`,
        `{%end${tag}%}`,
      ].join(''),
    ),
}));

const given = fc.record({
  givenName: fc.constantFrom('Ana', '', ' ana ', '<b>'),
  familyName: fc.constantFrom('Ana', 'O’Neil & "Sons"', "d'Arc"),
  daysPastDue: fc.constantFrom(0, 1, 20),
  accountCount: fc.constantFrom(1, 2),
});

describe('our reading of liquid', () => {
  it.each([
    ['none', new Liquid({ strictVariables: true, strictFilters: true })],
    ['html', new Liquid({ strictVariables: true, strictFilters: true, outputEscape: 'escape' })],
  ] as const)('says what liquidjs says, escaping %s', (escaping, peer) => {
    fc.assert(
      fc.property(source, given, (text, change) => {
        fc.pre(!text.includes('{{}') && !/\{[{%][^}]*\{[{%]/u.test(text));
        expect(parseLiquid(text, 'overdue').problems).toEqual([]);
        const all = { ...values(), ...change };
        expect(textRenderer(text, 'overdue', escaping)(all)).toBe(peer.parseAndRenderSync(text, all));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes nothing for right that liquidjs refuses', () => {
    const fragment = fc.constantFrom(
      ...[
        '{{',
        '}}',
        '{%',
        '%}',
        ' ',
        'if',
        'elsif',
        'else',
        'endif',
        'unless',
        'endunless',
        '==',
        '>',
        '1',
        '"a"',
      ],
      ...['givenName', 'accountCount', '|', 'upcase', 'default', ':', 'and', 'or', '-', '.', 'x', '(', '['],
    );
    const peer = new Liquid({ strictVariables: true, strictFilters: true });
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 14 }), (fragments) => {
        const text = fragments.join('');
        if (parseLiquid(text, 'overdue').problems.length > 0) return;
        expect(textRenderer(text, 'overdue', 'none')(values())).toBe(peer.parseAndRenderSync(text, values()));
      }),
      { numRuns: 5_000 },
    );
  });
});
