import type { Strategy } from '#shared/contracts/strategy.ts';
import { idOf, inWords, stepText, type ChangeDetail, type ConfigChange } from './config-change.ts';
import { diffValues, type ValueChange } from './diff-values.ts';
import { flowText, saysTheSame, type PlainRecord } from './plain-value.ts';

/** Two strategies that have to be compared; null on the side where there is none. */
export interface StrategyPair {
  readonly before: Strategy | null;
  readonly after: Strategy | null;
  /** `beside`: a new version that stands beside the one it is compared with. */
  readonly relation: 'same' | 'replaced' | 'beside';
}

/**
 * Finds out which strategies belong together. The same version is compared with itself; a new one takes the place of one
 * that has gone, or else stands beside the latest one before it.
 */
export function strategyPairs(before: readonly Strategy[], after: readonly Strategy[]): StrategyPair[] {
  const names = new Set([...before, ...after].map(({ strategy }) => strategy));
  return [...names].sort().flatMap((name) => {
    const olds = versionsOf(name, before);
    const news = versionsOf(name, after);
    const kept = news.filter((one) => olds.some((old) => old.version === one.version));
    const gone = olds.filter((one) => !kept.some((other) => other.version === one.version));
    const come = news.filter((one) => !kept.includes(one));
    const same = kept.map((one) => pairOf(olds.find((old) => old.version === one.version) ?? null, one));
    const replaced = come.map((one, index): StrategyPair => {
      const old = gone[index];
      if (old !== undefined) return { before: old, after: one, relation: 'replaced' };
      return { before: olds.at(-1) ?? null, after: one, relation: olds.length === 0 ? 'same' : 'beside' };
    });
    return [...same, ...replaced, ...gone.slice(come.length).map((one) => pairOf(one, null))];
  });
}

function pairOf(before: Strategy | null, after: Strategy | null): StrategyPair {
  return { before, after, relation: 'same' };
}

/** Oldest first. */
function versionsOf(name: string, strategies: readonly Strategy[]): readonly Strategy[] {
  return strategies
    .filter(({ strategy }) => strategy === name)
    .toSorted((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

/** What changes in the strategies: their steps by id, wherever they stand, and everything else field by field. */
export function strategyChanges(pairs: readonly StrategyPair[]): ConfigChange[] {
  return pairs.flatMap((pair) => changeOf(pair) ?? []);
}

function changeOf({ before, after, relation }: StrategyPair): ConfigChange | null {
  if (before === null) return after && wholeChange(after, 'added');
  if (after === null) return wholeChange(before, 'removed');
  if (saysTheSame(before, after)) return null;
  const details = diffValues(flat(before), flat(after)).map(strategyWords);
  if (relation !== 'beside') return { kind: 'strategy', name: after.strategy, what: 'changed', details };
  const words = `stands beside ${nameOf(before)}, from which it differs by:`;
  const beside: ChangeDetail = { path: [], kind: 'added', words };
  return { kind: 'strategy', name: nameOf(after), what: 'added', details: [beside, ...details] };
}

function wholeChange(strategy: Strategy, what: 'added' | 'removed'): ConfigChange {
  const steps = what === 'added' ? diffValues([], flat(strategy)['steps'], ['steps']) : [];
  return { kind: 'strategy', name: nameOf(strategy), what, details: steps.map(strategyWords) };
}

function nameOf({ strategy, version }: Strategy): string {
  return `${strategy}@${version}`;
}

/** The strategy with its steps in one list, each with its stage: their order is that of their days. */
function flat(strategy: Strategy): PlainRecord {
  const steps = strategy.stages.flatMap((stage) => stage.steps.map((step) => ({ ...step, stage: stage.id })));
  const stages = strategy.stages.map(({ steps: _steps, ...stage }) => stage);
  return { ...strategy, stages, steps: steps.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function strategyWords(change: ValueChange): ChangeDetail {
  const [list, item = '', ...fields] = change.path;
  const step = list === 'steps' ? idOf(item) : null;
  const words = step === null ? null : stepWords(step, fields, change);
  return words === null ? inWords(change) : { ...change, words };
}

/** Null for what general words tell as well. */
function stepWords(step: string, fields: readonly string[], change: ValueChange): string | null {
  const { kind, before, after } = change;
  if (fields.length === 0 && kind === 'added') return `step ${step} added: ${stepText(after)}`;
  if (fields.length === 0 && kind === 'removed') return `step ${step} removed (was ${stepText(before)})`;
  const unit = kind === 'changed' ? movedBy.get(fields.join('.')) : undefined;
  if (unit === undefined) return null;
  return `step ${step} moved from ${unit} ${flowText(before)} to ${unit} ${flowText(after)}`;
}

/** What a step is moved by, and what that is called. */
const movedBy: ReadonlyMap<string, string> = new Map([
  ['daysPastDue', 'day'],
  ['stage', 'stage'],
]);
