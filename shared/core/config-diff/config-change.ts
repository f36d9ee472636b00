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

/** `steps`, `[first-call]`, `channel` are written `step first-call: channel`. */
function placeWords(path: readonly string[]): string {
  let text = '';
  for (const part of path) {
    const id = /^\[(.*)\]$/su.exec(part)?.[1];
    if (id !== undefined) text = `${text.replace(/s$/u, '')} ${id}`;
    else if (text === '') text = part;
    else text += text.includes(' ') && !text.includes(': ') ? `: ${part}` : `.${part}`;
  }
  return text;
}

function happenedWords({ path, kind, before, after }: ValueChange): string {
  switch (kind) {
    case 'added':
      return path.length === 0 ? 'added' : `added: ${valueText(after)}`;
    case 'removed':
      return path.length === 0 ? 'removed' : `removed (was ${valueText(before)})`;
    case 'moved':
      return `in another order: ${valueText(before)} → ${valueText(after)}`;
    case 'changed':
      return `${valueText(before)} → ${valueText(after)}`;
  }
}

/** A step on one line, what matters most first. */
export function stepText(step: unknown): string {
  if (!isRecord(step)) return valueText(step);
  const { id: _id, daysPastDue, channel, template, ...others } = step;
  const fields = Object.entries(others).map(([field, value]) => `${field}: ${flowText(value)}`);
  return [`day ${flowText(daysPastDue)}`, `${flowText(channel)} ${flowText(template)}`, ...fields].join(', ');
}
