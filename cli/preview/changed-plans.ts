import type { ExampleChange } from '#shared/core/preview/change-tally.ts';
import type { PlanChangeKind, PlannedEvent } from '#shared/core/preview/plan-changes.ts';
import { localTextAt } from '#shared/core/time/local-time.ts';
import type { Preview } from './preview.ts';
import { numberText } from './side-by-side.ts';
import { textTable } from './text-table.ts';

const kindWords: Readonly<Record<PlanChangeKind, string>> = {
  new_contact: 'new contact',
  dropped_contact: 'dropped contact',
  other_channel: 'other channel',
  other_template: 'other text',
  other_time: 'other time',
  new_case: 'newly handed over',
  dropped_case: 'not handed over any more',
  earlier_case: 'handed over earlier',
  later_case: 'handed over later',
  other_case: 'handed over for another reason',
};

/** How many accounts have another plan, in which ways, and the first of them; nothing where nothing is compared. */
export function changeSections({ changes, portfolio }: Preview): (readonly [string, readonly string[]])[] {
  if (changes === null) return [];
  const all = `${numberText(changes.accounts)} of ${numberText(portfolio.accounts)}`;
  const kinds = changes.byKind.map(({ kind, accounts, changes: times }) => [
    kindWords[kind],
    `${numberText(accounts)} accounts`,
    `${numberText(times)} times`,
  ]);
  const shown = new Set(changes.examples.map(({ accountId }) => accountId)).size;
  const title = shown < changes.accounts ? `The first ${shown} of them` : 'These are';
  if (shown === 0) return [[`Accounts whose plan differs: ${all}`, []]];
  return [
    [`Accounts whose plan differs: ${all}`, textTable(kinds, 'lrr')],
    [title, textTable(changes.examples.map(exampleCells), 'l')],
  ];
}

function exampleCells({ accountId, kinds, before, after, zone }: ExampleChange): string[] {
  const words = kinds.map((kind) => kindWords[kind]).join(', ');
  const sides = [before, after].flatMap((one) => (one === null ? [] : [eventWords(one, zone)]));
  return [accountId, words, sides.join(' → ')];
}

function eventWords({ at, what, channel, template }: PlannedEvent, zone: string): string {
  const name = channel === null ? what : `${channel} ${template ?? ''} (${what})`;
  return `${localTextAt(zone, at)} ${name}`;
}
