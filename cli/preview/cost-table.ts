import { ChannelSchema } from '#shared/contracts/primitives.ts';
import type { PreviewSide } from './preview.ts';
import type { Sides } from './side-by-side.ts';
import { textTable } from './text-table.ts';

/** Costs are shown where at least one side has prices; example prices give example costs. */
export function costSections({ now, before }: Sides): (readonly [string, readonly string[]])[] {
  const sides = before === null ? [now] : [before, now];
  if (sides.every(({ currency }) => currency === null)) return [];
  const cells = (micros: (side: PreviewSide) => number): string =>
    [...new Set(sides.map((side) => amountText(side, micros(side))))].join('→');
  const costOf = (channel: string) => (side: PreviewSide) =>
    side.costs.find((one) => one.channel === channel)?.micros ?? 0;
  const all = (side: PreviewSide): number => side.costs.reduce((sum, { micros }) => sum + micros, 0);
  const rows = ChannelSchema.options.map((channel) => [channel, cells(costOf(channel))]);
  return [['Cost by the prices of the configuration', textTable([...rows, ['all', cells(all)]], 'lr')]];
}

const microsPerUnit = 1_000_000;
const inCents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

function amountText({ currency }: PreviewSide, micros: number): string {
  return currency === null
    ? 'unknown'
    : `${currency} ${(micros / microsPerUnit).toLocaleString('en', inCents)}`;
}
