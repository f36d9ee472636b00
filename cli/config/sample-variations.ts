import { subjectsMax } from '#shared/contracts/ledger.ts';
import type { TemplateContext, TemplateVariable } from '#shared/contracts/template.ts';
import type { Comparison } from '#shared/core/render/liquid-expression.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import { addDays } from '#shared/core/time/local-time.ts';

/** Facts under which a text may choose other words, and in which way they are special. */
export interface Variation<X extends TemplateContext> {
  readonly facts: MessageFacts<X>;
  /** `daysPastDue is 1 and accountCount is 2`; empty when the text makes no choice. */
  readonly when: string;
}

/** Most combinations of facts that one text is rendered with. */
export const variationsMax = 2_000;

/**
 * The given facts in every way that can matter to the comparisons of a text: on both sides of each number it compares,
 * with and without each value it asks for, in all combinations. Null when there are more than `variationsMax`.
 */
export function variationsOf<X extends TemplateContext>(
  facts: MessageFacts<X>,
  comparisons: readonly Comparison[],
): readonly Variation<X>[] | null {
  const own: readonly Dimension<X>[] = dimensions[facts.context];
  let variations: readonly Variation<X>[] = [{ facts, when: '' }];
  for (const { variable, changes } of own) {
    const compared = comparisons.filter((one) => one.variable === variable);
    if (compared.length === 0) continue;
    const ways = changes(compared.flatMap(({ literal }) => (literal === undefined ? [] : [literal])));
    variations = variations.flatMap((before) =>
      ways.map(({ to, is }) => ({
        facts: to(before.facts),
        when: joined(before.when, `${variable} is ${is}`),
      })),
    );
    if (variations.length > variationsMax) return null;
  }
  return variations.filter(({ facts: one }) => hasName(one));
}

function joined(before: string, after: string): string {
  return before === '' ? after : `${before} and ${after}`;
}

type Literals = readonly (string | number)[];

/** A variable that facts can be varied by, and the ways to do it. */
interface Dimension<X extends TemplateContext> {
  readonly variable: TemplateVariable;
  readonly changes: (literals: Literals) => readonly Change<X>[];
}
interface Change<X extends TemplateContext> {
  readonly is: string;
  readonly to: (facts: MessageFacts<X>) => MessageFacts<X>;
}

type NamedContext = Exclude<TemplateContext, 'stranger'>;

/** With and without each name of the person. */
function names<X extends NamedContext>(): readonly Dimension<X>[] {
  return (['givenName', 'familyName'] as const).map((variable) => ({
    variable,
    changes: (literals) =>
      namesTried(literals).map((name) => ({
        is: nameWord(name),
        to: (facts) => (name === null ? facts : { ...facts, debtor: { ...facts.debtor, [variable]: name } }),
      })),
  }));
}

type Name = MessageFacts<NamedContext>['debtor'];

/** Nobody is known by no name at all. */
function hasName({ debtor }: Pick<MessageFacts, 'locale'> & { readonly debtor?: Name }): boolean {
  return debtor === undefined || debtor.givenName !== '' || debtor.familyName !== '';
}

/** The sample's own name (null), none, and each that the text asks for. */
function namesTried(literals: Literals): readonly (string | null)[] {
  return [null, ...new Set(['', ...literals.map(String)])];
}

function nameWord(name: string | null): string {
  if (name === null) return 'given';
  return name === '' ? 'empty' : `"${name}"`;
}

const dimensions: { readonly [X in TemplateContext]: readonly Dimension<X>[] } = {
  overdue: [
    ...names<'overdue'>(),
    {
      variable: 'daysPastDue',
      changes: (literals) =>
        numbersTried(literals, [0, 1, 20], { least: 0, most: 400 }).map((days) => ({
          is: String(days),
          to: (facts) => atAge(facts, days),
        })),
    },
    {
      variable: 'accountCount',
      changes: (literals) =>
        numbersTried(literals, [1, 2], { least: 1, most: subjectsMax }).map((count) => ({
          is: String(count),
          to: (facts) => ({
            ...facts,
            accounts: [
              facts.accounts[0],
              ...Array<(typeof facts.accounts)[0]>(count - 1).fill(facts.accounts[0]),
            ],
          }),
        })),
    },
  ],
  promise: [
    ...names<'promise'>(),
    {
      variable: 'promiseOpenAmount',
      changes: () => [
        { is: 'all of it', to: (facts) => paidOf(facts, 0) },
        { is: 'a part of it', to: (facts) => paidOf(facts, facts.promise.amount / 4) },
      ],
    },
  ],
  plan: [
    ...names<'plan'>(),
    {
      variable: 'planInstalments',
      changes: (literals) =>
        numbersTried(literals, [2, 3], { least: 2, most: 120 }).map((instalments) => ({
          is: String(instalments),
          to: (facts) => ({ ...facts, plan: { ...facts.plan, instalments } }),
        })),
    },
    {
      variable: 'planFirstAmount',
      changes: () => [
        {
          is: 'another amount',
          to: (facts) => ({ ...facts, plan: { ...facts.plan, firstAmount: facts.plan.amount * 2 } }),
        },
        {
          is: 'the same amount',
          to: (facts) => ({ ...facts, plan: { ...facts.plan, firstAmount: facts.plan.amount } }),
        },
      ],
    },
    {
      variable: 'planLastAmount',
      changes: () => [
        { is: 'another amount', to: (facts) => facts },
        {
          is: 'the same amount',
          to: (facts) => ({ ...facts, plan: { ...facts.plan, lastAmount: facts.plan.amount } }),
        },
      ],
    },
  ],
  payment: [
    ...names<'payment'>(),
    {
      variable: 'remainingAmount',
      changes: () => [
        { is: 'given', to: (facts) => facts },
        { is: 'empty', to: (facts) => ({ ...facts, payment: { ...facts.payment, remaining: 0 } }) },
      ],
    },
  ],
  survey: names<'survey'>(),
  answer: names<'answer'>(),
  proposal: names<'proposal'>(),
  stranger: [],
};

/** The usual numbers, and those at and beside each that the text compares with, as far as they can occur. */
function numbersTried(
  literals: Literals,
  usual: readonly number[],
  { least, most }: { readonly least: number; readonly most: number },
): readonly number[] {
  const beside = literals
    .map(Number)
    .flatMap((literal) => [
      Math.floor(literal) - 1,
      Math.floor(literal),
      Math.ceil(literal),
      Math.ceil(literal) + 1,
    ]);
  const tried = [...usual, ...beside].filter((number) => number >= least && number <= most);
  return [...new Set(tried)].sort((a, b) => a - b);
}

/** On its due date an account is not past due yet. */
function atAge(facts: MessageFacts<'overdue'>, days: number): MessageFacts<'overdue'> {
  const [leading, ...others] = facts.accounts;
  const today = addDays(leading.dueDate, days);
  if (days > 0) return { ...facts, today };
  const notYet = { pastDue: 0, instalments: [] };
  return {
    ...facts,
    today,
    accounts: [{ ...leading, ...notYet }, ...others.map((account) => ({ ...account, ...notYet }))],
  };
}

function paidOf(facts: MessageFacts<'promise'>, paidAmount: number): MessageFacts<'promise'> {
  return { ...facts, promise: { ...facts.promise, paidAmount } };
}
