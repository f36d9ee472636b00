import type { AgreementRules, PromiseRules } from '#shared/contracts/agreement-rules.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { holdKinds } from '#shared/contracts/hold.ts';
import type { HoldRule, HoldRules } from '#shared/contracts/hold-rules.ts';
import type { ConfigRisk } from './config-risk.ts';

/** What of changed agreements and holds lets contacts begin sooner, or keeps work from people. */
export function agreementRisks(before: ConfigBundle, after: ConfigBundle): ConfigRisk[] {
  return [...promiseRisks(before.agreements, after.agreements), ...holdRisks(before.holds, after.holds)];
}

const laxer: readonly (readonly [keyof PromiseRules, 'raised' | 'lowered', string])[] = [
  ['graceBusinessDays', 'lowered', 'open promises keep theirs; new ones are judged, and reminded of, sooner'],
  ['keptShare', 'raised', 'more new promises count as not kept'],
  ['horizonDays', 'raised', 'accounts may rest for longer on a promise'],
  ['openMax', 'raised', 'accounts may rest on more promises at once'],
  ['brokenMax', 'raised', 'whoever has broken promises may rest on another'],
];

function promiseRisks({ promises: old }: AgreementRules, { promises: next }: AgreementRules): ConfigRisk[] {
  return laxer.flatMap(([field, verb, why]) => {
    const [from, to] = [Number(old[field]), Number(next[field])];
    if (verb === 'raised' ? to <= from : to >= from) return [];
    const words = `promises.${field} is ${verb}: ${String(from)} → ${String(to)}; ${why}`;
    return [{ kind: 'agreements', name: '', words }];
  });
}

function holdRisks(before: HoldRules['holds'], after: HoldRules['holds']): ConfigRisk[] {
  return holdKinds.flatMap((kind) =>
    weaker(before[kind], after[kind]).map((words) => ({ kind: 'hold', name: kind, words })),
  );
}

/** Holds keep the rule by which they were placed: this is about those to come. */
function weaker(old: HoldRule, next: HoldRule): string[] {
  const [from, to] = [old.days ?? Infinity, next.days ?? Infinity];
  const told: readonly (readonly [boolean, string])[] = [
    [to < from, `is shorter: ${daysText(from)} → ${daysText(to)}; contacts begin again sooner`],
    [isChanged('scope', 'debtor'), 'covers one account only: the person is contacted about the others'],
    [isChanged('atEnd', 'review'), 'ends by itself: nobody looks before contacts go on'],
    [isChanged('opensCase', true), 'opens no case any more: nobody looks at it at once'],
  ];
  return told.flatMap(([isSo, words]) => (isSo ? [words] : []));

  function isChanged<K extends keyof HoldRule>(field: K, from: HoldRule[K]): boolean {
    return old[field] === from && next[field] !== from;
  }
}

function daysText(days: number): string {
  return days === Infinity ? 'until somebody ends it' : `${String(days)} days`;
}
