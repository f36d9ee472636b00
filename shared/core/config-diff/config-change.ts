import type { ValueChange } from './diff-values.ts';
import { flowText, isRecord, valueText } from './plain-value.ts';

/** A difference with the words that tell it. */
export interface ChangeDetail extends ValueChange {
  readonly words: string;
}

/** All that differs in one strategy, text, creditor, rule pack, or another item of a configuration. */
export interface ConfigChange {
  readonly kind: string;
  /** Empty for what there is only one of, such as the limits. */
  readonly name: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly details: readonly ChangeDetail[];
}

/** A difference in general words: `step first-call: fallback.afterHours 24 → 12`. */
export function inWords(change: ValueChange): ChangeDetail {
  return { ...change, words: [placeWords(change.path), happenedWords(change)].join(' ').trim() };
}

/** `stages`, `[early]`, `steps`, `[first-call]`, `channel` are written `stage early, step first-call: channel`. */
function placeWords(path: readonly string[]): string {
  const items: string[] = [];
  let fields: string[] = [];
  for (const part of path) {
    const id = idOf(part);
    if (id === null) {
      fields.push(part);
    } else {
      items.push([...fields.slice(0, -1), `${singularOf(fields.at(-1) ?? 'item')} ${id}`].join('.'));
      fields = [];
    }
  }
  return [items.join(', '), fields.join('.')].filter((text) => text !== '').join(': ');
}

/** The id that a part of a path names; null for a field. */
export function idOf(part: string): string | null {
  return /^\[(.*)\]$/su.exec(part)?.[1] ?? null;
}

/** `queues` is `queue`, `agencies` is `agency`. */
export function singularOf(list: string): string {
  return list.replace(/ies$/u, 'y').replace(/s$/u, '');
}

function happenedWords({ path, kind, before, after }: ValueChange): string {
  const isTold = isToldByPath(path, before ?? after);
  switch (kind) {
    case 'added':
      return isTold ? 'added' : `added: ${valueText(after)}`;
    case 'removed':
      return isTold ? 'removed' : `removed (was ${valueText(before)})`;
    case 'moved':
      return `in another order: ${valueText(before)} → ${valueText(after)}`;
    case 'changed':
      return `${valueText(before)} → ${valueText(after)}`;
  }
}

/** An item that is nothing but its id, or the whole of what is compared, is not told again. */
function isToldByPath(path: readonly string[], value: unknown): boolean {
  const last = path.at(-1);
  return last === undefined || idOf(last) === flowText(value);
}

/** A step on one line, what matters most first. */
export function stepText(step: unknown): string {
  if (!isRecord(step)) return valueText(step);
  const { id: _id, daysPastDue, channel, template, ...others } = step;
  const fields = Object.entries(others).map(([field, value]) => `${field}: ${flowText(value)}`);
  return [`day ${flowText(daysPastDue)}`, `${flowText(channel)} ${flowText(template)}`, ...fields].join(', ');
}
