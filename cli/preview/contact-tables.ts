import { ChannelSchema } from '#shared/contracts/primitives.ts';
import type { TallyReport } from '#shared/core/preview/tally.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import type { Preview } from './preview.ts';
import { cellOf, figureOf, grouped, type Sides } from './side-by-side.ts';
import { textTable } from './text-table.ts';

/** Days beside one another in a table: two numbers a day need twice the room. */
const daysPerTable = { alone: 14, compared: 7 };

type Section = readonly [string, readonly string[]];
type DayCount = TallyReport['byDay'][number];

/** Contacts by channel and template, a column for each day; weeks one under another. */
export function contactTables(sides: Sides, { from, days }: Preview): readonly Section[] {
  const width = sides.before === null ? daysPerTable.alone : daysPerTable.compared;
  const dates = Array.from({ length: days }, (_, day) => addDays(from, day));
  const weeks = Array.from({ length: Math.ceil(days / width) }, (_, week) =>
    dates.slice(week * width, (week + 1) * width),
  );
  return [
    ['Contacts by channel and template', totalsTable(sides)],
    ...weeks.map((week): Section => [
      `Contacts by day, ${week[0] ?? ''} to ${week.at(-1) ?? ''}`,
      dayTable(sides, week),
    ]),
  ];
}

const nameOf = ({ channel, template }: DayCount): string => `${channel} ${template}`;

function totalsTable(sides: Sides): string[] {
  const rows = grouped(sides, ({ byDay }) =>
    byDay.map((one) => ({ key: nameOf(one), count: one.contacts, item: one })),
  );
  const channels = ChannelSchema.options.map((channel) => [
    channel,
    'all',
    figureOf(sides, ({ byDay }) => sumOf(byDay.filter((one) => one.channel === channel))),
  ]);
  return textTable(
    [
      ...rows.map(({ item, cell }) => [item.channel, item.template, cell]),
      ...channels,
      ['all', '', figureOf(sides, ({ contacts }) => contacts)],
    ],
    'llr',
  );
}

function dayTable(sides: Sides, dates: readonly string[]): string[] {
  const inTable = ({ date }: DayCount): boolean => dates.includes(date);
  const rows = grouped(sides, ({ byDay }) =>
    byDay.filter(inTable).map((one) => ({ key: nameOf(one), count: one.contacts, item: one })),
  );
  if (rows.length === 0) return ['none'];
  const cells = (belongs: (one: DayCount) => boolean): string[] =>
    dates.map((date) => {
      const [was, is] = [sides.before, sides.now].map((side) =>
        sumOf((side?.byDay ?? []).filter((one) => one.date === date && belongs(one))),
      );
      return cellOf(sides, was ?? 0, is ?? 0).replace(/^0$/, '·');
    });
  return textTable(
    [
      ['', '', ...dates.map((date) => date.slice('YYYY-'.length))],
      ...rows.map(({ key, item }) => [item.channel, item.template, ...cells((one) => nameOf(one) === key)]),
      ['all', '', ...cells(() => true)],
    ],
    'llr',
  );
}

function sumOf(counts: readonly DayCount[]): number {
  return counts.reduce((sum, { contacts }) => sum + contacts, 0);
}

/**
 * Contacts by the step that asked for them; a message about several accounts counts once, for the leading one. Compared
 * are the strategies of one name, whatever their versions.
 */
export function stepTable(sides: Sides): string[] {
  const rows = grouped(sides, ({ byStep }) =>
    byStep.map((one) => {
      const { stage, step, channel, contacts } = one;
      const strategy = sides.before === null ? one.strategy : one.strategy.replace(/@.*$/u, '');
      return { key: `${strategy} ${stage} ${step} ${channel}`, count: contacts, item: { ...one, strategy } };
    }),
  );
  if (rows.length === 0) return ['none'];
  return textTable(
    rows.map(({ item, cell }) => [item.strategy, item.stage, item.step, item.channel, cell]),
    'llllr',
  );
}
