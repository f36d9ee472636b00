import type { ConsentLevel, CountingClass, DestinationKind } from '#shared/contracts/permission-words.ts';
import type { Rule, RuleOf } from '#shared/contracts/rule-pack.ts';
import { compileDayWindows, openOn, type Calendar } from '#shared/core/time/day-windows.ts';
import { localDayAt, type Zone } from '#shared/core/time/zone.ts';
import { dayMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { ContactEvent } from './contact-request.ts';
import type { Judging } from './judging.ts';
import { countedByCap } from './rules/cap-rule.ts';
import { cooldownSince } from './rules/cooldown-rule.ts';
import { heldUntil } from './rules/hold-rule.ts';
import { oldestFact } from './rules/prerequisite-rule.ts';

/** What a rule looked at, in numbers, for a person who wants to check its judgement. */
export type RuleFinding =
  | { readonly kind: 'window'; readonly clocks: readonly WindowClock[] }
  | {
      readonly kind: 'cap';
      readonly count: CountingClass;
      readonly max: number;
      readonly window: RuleOf<'cap'>['window'];
      readonly distinctChannels: boolean;
      readonly counted: readonly ContactEvent[];
    }
  | {
      readonly kind: 'cooldown';
      readonly after: CountingClass;
      readonly for: RuleOf<'cooldown'>['for'];
      readonly since?: Instant;
    }
  | { readonly kind: 'prerequisite'; readonly require: string; readonly since?: Instant }
  | { readonly kind: 'consent'; readonly needed: ConsentLevel; readonly level?: ConsentLevel }
  | {
      readonly kind: 'content';
      /** False while nothing is rendered: then nothing is judged. */
      readonly isJudged: boolean;
      readonly missing: readonly string[];
      readonly forbidden: readonly string[];
    }
  | {
      readonly kind: 'recipient';
      readonly denied: readonly DestinationKind[];
      readonly destination?: DestinationKind;
    }
  | { readonly kind: 'hold'; readonly suspends: boolean; readonly inForce: readonly string[] };

/** The hours of a local date in one zone. */
export type WindowClock = {
  readonly zone: string;
  readonly isHoliday: boolean;
  /** `HH:MM-HH:MM`. */
  readonly open: readonly string[];
};

/** One rule before one contact. */
export type FindingSetting = {
  readonly judging: Judging;
  readonly zones: readonly Zone[];
  readonly calendar: Calendar;
  readonly at: number;
};

/** What a rule looks at in a contact. It judges nothing: the rule's own judge does. */
export function findingOf(rule: Rule, setting: FindingSetting): RuleFinding {
  switch (rule.kind) {
    case 'window':
      return windowFinding(rule, setting);
    case 'cap':
      return capFinding(rule, setting);
    case 'cooldown': {
      const since = cooldownSince(rule, setting.judging);
      return { kind: 'cooldown', after: rule.after, for: rule.for, ...sinceOf(since) };
    }
    case 'hold':
      return holdFinding(rule, setting);
    default:
      return factFinding(rule, setting.judging);
  }
}

function windowFinding(rule: RuleOf<'window'>, { zones, calendar, at }: FindingSetting): RuleFinding {
  const windows = compileDayWindows(rule.allow);
  const clocks = zones.map((zone): WindowClock => {
    const day = localDayAt(zone, at);
    const bounds = openOn(windows, day, calendar).map(clockText);
    const open = bounds.flatMap((start, index) => (index % 2 === 0 ? [`${start}-${bounds[index + 1]}`] : []));
    return { zone: zone.name, isHoliday: calendar.isHoliday(day), open };
  });
  return { kind: 'window', clocks };
}

function clockText(msOfDay: number): string {
  if (msOfDay === dayMs) return '24:00';
  return new Date(Math.floor(msOfDay / minuteMs) * minuteMs).toISOString().slice('YYYY-MM-DDT'.length, -8);
}

function capFinding(rule: RuleOf<'cap'>, { judging, zones, at }: FindingSetting): RuleFinding {
  const indexes = countedByCap(rule, judging, zones, at);
  const { count, max, window } = rule;
  const counted = indexes.flatMap((index) => judging.contact.history[index] ?? []);
  return { kind: 'cap', count, max, window, distinctChannels: rule.count_distinct !== undefined, counted };
}

function holdFinding(rule: RuleOf<'hold'>, { judging, zones, at }: FindingSetting): RuleFinding {
  const inForce = judging.contact.holds.filter(
    (hold) => rule.kinds.includes(hold.kind) && heldUntil(hold, zones, at, rule.days ?? undefined) > at,
  );
  return { kind: 'hold', suspends: rule.suspend, inForce: inForce.map(({ kind }) => kind) };
}

/** Rules that look at single facts of the request. */
function factFinding(
  rule: RuleOf<'prerequisite' | 'consent' | 'content' | 'recipient'>,
  { contact, consent }: Judging,
): RuleFinding {
  switch (rule.kind) {
    case 'prerequisite':
      return { kind: 'prerequisite', require: rule.require, ...sinceOf(oldestFact(contact, rule.require)) };
    case 'consent':
      return { kind: 'consent', needed: rule.level, ...(consent.level && { level: consent.level }) };
    case 'recipient': {
      const kind = contact.destination?.kind;
      return { kind: 'recipient', denied: rule.deny_destinations, ...(kind && { destination: kind }) };
    }
    case 'content':
      return contentFinding(rule, contact.content);
  }
}

function contentFinding(
  { require = [], forbid = [] }: RuleOf<'content'>,
  content: readonly string[] | undefined,
): RuleFinding {
  const has = (element: string) => content?.includes(element) === true;
  return {
    kind: 'content',
    isJudged: content !== undefined,
    missing: content === undefined ? [] : require.filter((element) => !has(element)),
    forbidden: forbid.filter(has),
  };
}

function sinceOf(at: number | undefined): { readonly since?: Instant } {
  return at === undefined ? {} : { since: toInstant(at) };
}
