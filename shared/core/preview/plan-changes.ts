import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { HandedOver, Walk } from './walk.ts';

/** Every way in which an account's plan can differ between two configurations. */
export const planChangeKinds = [
  'new_contact',
  'dropped_contact',
  'other_channel',
  'other_template',
  'other_time',
  'new_case',
  'dropped_case',
  'earlier_case',
  'later_case',
  'other_case',
] as const;
export type PlanChangeKind = (typeof planChangeKinds)[number];

/** One planned contact of an account, or the moment at which it is handed over. */
export interface PlannedEvent {
  readonly at: Instant;
  /** Name of the step; or why an account is handed over, and to which queue: `steps_used_up/human`. */
  readonly what: string;
  readonly channel: Channel | null;
  readonly template: string | null;
}

/** A contact or case of an account that differs; null on the side where there is none. */
export interface PlanChange {
  readonly accountId: string;
  readonly kinds: readonly PlanChangeKind[];
  readonly before: PlannedEvent | null;
  readonly after: PlannedEvent | null;
}

/**
 * What of a person's plan differs between two walks, account by account, in order of accounts and time. Contacts are the
 * same when the person could not tell them apart: a step that only has another name changes nothing. Of those that differ
 * the ones of the same step belong together, first on the same channel.
 */
export function planChanges(before: Walk, after: Walk): readonly PlanChange[] {
  const accounts = new Set([...accountsOf(before), ...accountsOf(after)]);
  return [...accounts]
    .sort()
    .flatMap((accountId) => [
      ...contactChanges(accountId, before, after),
      ...caseChanges(accountId, before.handedOver, after.handedOver),
    ]);
}

function accountsOf({ contacts, handedOver }: Walk): string[] {
  return [...contacts.flatMap(({ about }) => about), ...handedOver].map(({ accountId }) => accountId);
}

interface Pair {
  readonly before: PlannedEvent;
  readonly after: PlannedEvent;
}

function contactChanges(accountId: string, before: Walk, after: Walk): PlanChange[] {
  const olds = contactsOf(accountId, before.contacts);
  const news = contactsOf(accountId, after.contacts);
  takePairs(olds, news, isSame);
  const pairs = [
    ...takePairs(olds, news, (a, b) => a.what === b.what && a.channel === b.channel),
    ...takePairs(olds, news, (a, b) => a.what === b.what),
  ];
  const changes: PlanChange[] = [
    ...pairs.map((pair) => ({ accountId, kinds: contactKinds(pair), ...pair })),
    ...olds.map((one) => ({ accountId, kinds: ['dropped_contact'] as const, before: one, after: null })),
    ...news.map((one) => ({ accountId, kinds: ['new_contact'] as const, before: null, after: one })),
  ];
  return changes.sort((a, b) => timeOf(a) - timeOf(b));
}

function contactsOf(accountId: string, contacts: readonly LedgerEntry[]): PlannedEvent[] {
  return contacts.flatMap(({ about, reservedAt, channel, template }) => {
    const subject = about.find((one) => one.accountId === accountId);
    return subject === undefined
      ? []
      : [{ at: toInstant(reservedAt), what: subject.step, channel, template }];
  });
}

function isSame(a: PlannedEvent, b: PlannedEvent): boolean {
  return a.at === b.at && a.channel === b.channel && a.template === b.template;
}

/** Takes out of both lists what belongs together, earliest first, and returns it. */
function takePairs(
  olds: PlannedEvent[],
  news: PlannedEvent[],
  belong: (before: PlannedEvent, after: PlannedEvent) => boolean,
): Pair[] {
  const pairs: Pair[] = [];
  for (const before of [...olds]) {
    const index = news.findIndex((after) => belong(before, after));
    const [after] = index === -1 ? [] : news.splice(index, 1);
    if (after === undefined) continue;
    olds.splice(olds.indexOf(before), 1);
    pairs.push({ before, after });
  }
  return pairs;
}

function contactKinds({ before, after }: Pair): PlanChangeKind[] {
  return [
    ...(before.channel === after.channel ? [] : (['other_channel'] as const)),
    ...(before.template === after.template ? [] : (['other_template'] as const)),
    ...(before.at === after.at ? [] : (['other_time'] as const)),
  ];
}

/** An account is handed over at most once in a walk. */
function caseChanges(
  accountId: string,
  olds: readonly HandedOver[],
  news: readonly HandedOver[],
): PlanChange[] {
  const before = caseOf(accountId, olds);
  const after = caseOf(accountId, news);
  const kinds = caseKinds(before, after);
  return kinds.length === 0 ? [] : [{ accountId, kinds, before, after }];
}

function caseOf(accountId: string, handedOver: readonly HandedOver[]): PlannedEvent | null {
  const found = handedOver.find((one) => one.accountId === accountId);
  return found === undefined
    ? null
    : { at: found.at, what: `${found.reason}/${found.queue}`, channel: null, template: null };
}

function caseKinds(before: PlannedEvent | null, after: PlannedEvent | null): PlanChangeKind[] {
  if (before === null) return after === null ? [] : ['new_case'];
  if (after === null) return ['dropped_case'];
  return [
    ...(before.what === after.what ? [] : (['other_case'] as const)),
    ...(after.at < before.at ? (['earlier_case'] as const) : []),
    ...(after.at > before.at ? (['later_case'] as const) : []),
  ];
}

function timeOf({ before, after }: PlanChange): number {
  return before?.at ?? after?.at ?? 0;
}
