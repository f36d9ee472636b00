import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { idOf, inWords, singularOf, type ChangeDetail, type ConfigChange } from './config-change.ts';
import { diffValues, type ValueChange } from './diff-values.ts';
import { flowText, valueLengthMax } from './plain-value.ts';
import { strategyChanges, strategyPairs } from './strategy-changes.ts';
import { textChanges } from './text-changes.ts';

/** What parts of a bundle are called that are not called as in the bundle. */
const partNames: Readonly<Record<string, string>> = {
  policies: 'rule packs',
  rules: 'rules.yaml',
  riskModel: 'risk model',
};

/** Compared in their own way below, or no part of what anybody wrote. */
const ownWay: ReadonlySet<string> = new Set(['version', 'strategies', 'templates', 'holidays']);

/**
 * What changes between two checked configurations, in the words of operations: strategies and texts first, then every
 * other part, item by item. A part that this code has never heard of is compared field by field all the same.
 */
export function configChanges(before: ConfigBundle, after: ConfigBundle): ConfigChange[] {
  const [olds, news] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = [...new Set([...olds.keys(), ...news.keys()])].filter((key) => !ownWay.has(key));
  return [
    ...strategyChanges(strategyPairs(before.strategies, after.strategies)),
    ...textChanges(before.templates, after.templates),
    ...keys.flatMap((key) => partChanges(partNames[key] ?? key, diffValues(olds.get(key), news.get(key)))),
    ...holidayChanges(before.holidays, after.holidays),
  ];
}

/** One change for each item of a part that has items with ids, else one for the part. */
function partChanges(part: string, changes: readonly ValueChange[]): ConfigChange[] {
  const byItem = Map.groupBy(changes, ({ path }) => itemOf(path));
  return [...byItem].map(([name, own]) => {
    if (name === '') return oneChange({ kind: part, name }, own);
    const inItem = own.map((change) => ({ ...change, path: change.path.slice(1) }));
    return oneChange({ kind: singularOf(part), name }, inItem);
  });
}

function oneChange(
  named: Pick<ConfigChange, 'kind' | 'name'>,
  changes: readonly ValueChange[],
): ConfigChange {
  const whole = changes.find(({ path }) => path.length === 0);
  if (whole?.kind === 'added' || whole?.kind === 'removed')
    return { ...named, what: whole.kind, details: wholeDetails(named.name, changes) };
  return { ...named, what: 'changed', details: changes.map(inWords) };
}

/** An item that came or went is written out when that takes no more than a line. */
function wholeDetails(name: string, changes: readonly ValueChange[]): ChangeDetail[] {
  return changes.flatMap((change) => {
    const words = flowText(change.after ?? change.before);
    return words === name || words.length > valueLengthMax ? [] : [{ ...change, words }];
  });
}

/** The id of the item that a path begins with; empty when it begins with a field. */
function itemOf([first = '']: readonly string[]): string {
  return idOf(first) ?? '';
}

/** Holidays follow from the calendars of the rule packs and creditors; only their numbers are told. */
function holidayChanges(before: ConfigBundle['holidays'], after: ConfigBundle['holidays']): ConfigChange[] {
  const regions = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const details = regions.flatMap((region) => {
    const [olds, news] = [before[region] ?? [], after[region] ?? []];
    const come = news.filter((date) => !olds.includes(date));
    const gone = olds.filter((date) => !news.includes(date));
    if (come.length + gone.length === 0) return [];
    const words = `${region}: ${come.length} dates added, ${gone.length} removed`;
    return [{ path: [region], kind: 'changed', before: gone, after: come, words } as const];
  });
  return details.length === 0 ? [] : [{ kind: 'public holidays', name: '', what: 'changed', details }];
}
