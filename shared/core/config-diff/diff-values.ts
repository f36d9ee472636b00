import { flowText, isList, isRecord, saysTheSame, type PlainRecord } from './plain-value.ts';

/**
 * One difference between two values: where, and what stood there before and after. The parts of a path are names of
 * fields, and ids of list items in brackets: `steps`, `[first-call]`, `channel`.
 */
export interface ValueChange {
  readonly path: readonly string[];
  /** `moved`: the items of a list are the same, in another order. */
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Fields by which the items of a list are told apart, in the order in which they are tried. */
const identities = [
  'id',
  'name',
  'arm',
  'account',
  'queue',
  'agency',
  'segment',
  'experiment',
  'creditor',
  'pack',
  'strategy',
] as const;

/**
 * What differs between two values of parsed configuration. Items of lists are found by their ids, not by their places, so
 * that an item put in between changes nothing but itself; lists without ids are compared by what they contain.
 */
export function diffValues(before: unknown, after: unknown, path: readonly string[] = []): ValueChange[] {
  if (saysTheSame(before, after)) return [];
  if (before === undefined) return [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  return diffPresent(before, after, path);
}

function diffPresent(before: unknown, after: unknown, path: readonly string[]): ValueChange[] {
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after, path);
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  return [{ path, kind: 'changed', before, after }];
}

function diffRecords(before: PlainRecord, after: PlainRecord, path: readonly string[]): ValueChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => diffValues(before[key], after[key], [...path, key]));
}

function diffLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
): ValueChange[] {
  if (isShort(before) && isShort(after)) return [{ path, kind: 'changed', before, after }];
  const identity = identityOf(before, after);
  const olds = new Map(before.map((item) => [nameOf(item, identity), item]));
  const news = new Map(after.map((item) => [nameOf(item, identity), item]));
  const changes = [...new Set([...olds.keys(), ...news.keys()])].flatMap((name) =>
    diffValues(olds.get(name), news.get(name), [...path, `[${name}]`]),
  );
  const kept = [...olds.keys()].filter((name) => news.has(name));
  const nowKept = [...news.keys()].filter((name) => olds.has(name));
  const isMoved = !saysTheSame(kept, nowKept);
  return isMoved ? [...changes, { path, kind: 'moved', before: kept, after: nowKept }] : changes;
}

/** Longest list of plain values that is shown whole before and after, instead of what came and went. */
const shortListMax = 6;

function isShort(list: readonly unknown[]): boolean {
  return list.length <= shortListMax && list.every((item) => !isRecord(item) && !isList(item));
}

/** The field that tells the items of both lists apart; undefined when there is none. */
function identityOf(...lists: readonly (readonly unknown[])[]): string | undefined {
  return identities.find((field) =>
    lists.every((list) => {
      const names = list.map((item) => (isRecord(item) ? item[field] : undefined));
      return names.every((name) => typeof name === 'string') && new Set(names).size === list.length;
    }),
  );
}

function nameOf(item: unknown, identity: string | undefined): string {
  const name = identity !== undefined && isRecord(item) ? item[identity] : undefined;
  return typeof name === 'string' ? name : flowText(item);
}
