import type { PreviewSide } from './preview.ts';

/** One configuration, or two to be compared. */
export interface Sides {
  readonly now: PreviewSide;
  readonly before: PreviewSide | null;
}

export function numberText(value: number): string {
  return value.toLocaleString('en');
}

/** A number of both sides: `12→15`, or one number where both say the same. */
export function cellOf({ before }: Sides, was: number, is: number): string {
  return before === null || was === is ? numberText(is) : `${numberText(was)}→${numberText(is)}`;
}

/** The same figure of both sides. */
export function figureOf(sides: Sides, figure: (side: PreviewSide) => number): string {
  return cellOf(sides, sides.before === null ? 0 : figure(sides.before), figure(sides.now));
}

interface Counted<Item> {
  readonly key: string;
  readonly count: number;
  readonly item: Item;
}

/** One line of a table: a key that either side has, with the numbers of both, and the item of the newer side that has it. */
export interface GroupedLine<Item> extends Omit<Counted<Item>, 'count'> {
  readonly cell: string;
}

/** The lines of a table in order of their keys; what a side does not have counts 0 there. Equal keys add up. */
export function grouped<Item>(
  sides: Sides,
  list: (side: PreviewSide) => readonly Counted<Item>[],
): readonly GroupedLine<Item>[] {
  const lines = new Map<string, { was: number; is: number; item: Item }>();
  for (const { key, count, item } of sides.before === null ? [] : list(sides.before)) {
    lines.set(key, { was: (lines.get(key)?.was ?? 0) + count, is: 0, item });
  }
  for (const { key, count, item } of list(sides.now)) {
    const line = lines.get(key) ?? { was: 0, is: 0 };
    lines.set(key, { was: line.was, is: line.is + count, item });
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { was, is, item }]) => ({ key, item, cell: cellOf(sides, was, is) }));
}
