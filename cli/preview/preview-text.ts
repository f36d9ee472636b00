import { addDays } from '#shared/core/time/local-time.ts';
import type { Reason, Untouched } from '#shared/core/preview/tally.ts';
import type { Assumption } from '#shared/usecases/preview-portfolio.ts';
import { changeSections } from './changed-plans.ts';
import { contactTables, stepTable } from './contact-tables.ts';
import { costSections } from './cost-table.ts';
import { figureOf, grouped, numberText, type Sides } from './side-by-side.ts';
import type { Preview, PreviewSide } from './preview.ts';
import { textTable } from './text-table.ts';

/** Most rules or facts that are shown for one result. */
const reasonsMax = 5;
const secondsPerHour = 3_600;

/** A preview for people of operations to read: what was assumed, the totals, who is left out and why, what differs. */
export function previewText(preview: Preview): string {
  const sides: Sides = { now: preview.config, before: preview.against };
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [headline(preview), assumptionLines(preview)],
    ...contactTables(sides, preview),
    ['Contacts by strategy, stage and step', stepTable(sides)],
    ['Accounts handed over, by queue', handedOverLines(sides)],
    ['People not contacted at all', untouchedLines(sides)],
    ['Busiest hour of each channel', busiestLines(sides)],
    ...costSections(sides),
    ...changeSections(preview),
  ];
  return sections
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`), ''].join('\n'))
    .join('\n');
}

function headline({ portfolio, from, days }: Preview): string {
  const { file, people, accounts } = portfolio;
  return `${file}: ${numberText(people)} people with ${numberText(accounts)} accounts, ${from} to ${addDays(from, days - 1)}`;
}

const assumptionWords: Readonly<Record<Assumption, string>> = {
  none: 'Nothing is taken to be heard of any message, and no call to be answered',
  delivered: 'Messages are taken to be delivered, calls not to be answered',
  answered: 'Messages are taken to be delivered, calls to become conversations',
};

function assumptionLines({ portfolio, assume, config, against, csv }: Preview): string[] {
  const { rows, rejected } = portfolio;
  const names = textTable(
    [
      ...(against === null ? [] : [['old', against.name, `version ${against.version}`]]),
      [against === null ? 'configuration' : 'new', config.name, `version ${config.version}`],
    ],
    'l',
  );
  const refused = `${numberText(rejected)} of ${numberText(rows)} rows would be refused; \`dunwell import FILE --dry-run\` tells why.`;
  return [
    ...names,
    `${assumptionWords[assume]}; payments and replies are not foreseen. Nothing was sent or stored.`,
    'Earlier contacts are not known: a step that fell due before counts as not made yet. Times are those of each person.',
    ...(against === null ? [] : ['Two numbers are old→new; one number is the same under both.']),
    ...(rejected > 0 ? [refused] : []),
    ...(csv === null ? [] : [`${against === null ? 'Every event' : 'Every change'} is in ${csv}.`]),
  ];
}

function handedOverLines(sides: Sides): string[] {
  const rows = grouped(sides, (side) =>
    side.handedOver.map((one) => ({ key: `${one.queue} ${one.reason}`, count: one.accounts, item: one })),
  );
  if (rows.length === 0) return ['none'];
  return textTable(
    rows.map(({ cell, item }) => [item.queue, item.reason, cell, reasonWords(item.because)]),
    'llrl',
  );
}

const untouchedWords: Readonly<Record<Untouched, string>> = {
  handed_over: 'handed over before any contact',
  held_back: 'every contact is held back',
  no_step: 'no step falls into these days',
  nothing_to_do: 'nothing is owed or left to do',
};

function untouchedLines(sides: Sides): string[] {
  const total = (side: PreviewSide): number => side.untouched.reduce((sum, { people }) => sum + people, 0);
  const rows = grouped(sides, (side) =>
    side.untouched.map((one) => ({ key: one.end, count: one.people, item: one })),
  );
  return textTable(
    [
      ['all', figureOf(sides, total), ''],
      ...rows.map(({ item, cell }) => [untouchedWords[item.end], cell, reasonWords(item.because)]),
    ],
    'lrl',
  );
}

function reasonWords(because: readonly Reason[]): string {
  const shown = because.slice(0, reasonsMax).map((one) => `${one.reason} ${numberText(one.count)}`);
  const more = because.length - shown.length;
  return [...shown, ...(more > 0 ? [`${numberText(more)} more`] : [])].join(', ');
}

function busiestLines(sides: Sides): string[] {
  const named = [
    ...(sides.before === null ? [] : [['old', sides.before] as const]),
    ['', sides.now] as const,
  ];
  const rows = named.flatMap(([name, side]) =>
    side.busiest.map(({ channel, hour, contacts }) => {
      const perHour = numberText(Math.floor(side.pace[channel].perSecond * secondsPerHour));
      const label = sides.before === null ? [] : [name === '' ? 'new' : name];
      return [channel, ...label, hour, numberText(contacts), `of ${perHour} that the pace allows`];
    }),
  );
  if (rows.length === 0) return ['none'];
  return textTable(
    rows.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)),
    sides.before === null ? 'llrl' : 'lllrl',
  );
}
