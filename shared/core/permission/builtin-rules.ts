import type { PermitReason } from '#shared/contracts/permission.ts';
import { noHolidays } from '#shared/core/time/day-windows.ts';
import type { Zone } from '#shared/core/time/zone.ts';
import type { ContactHold } from './contact-request.ts';
import type { Judging } from './judging.ts';
import { heldUntil } from './rules/hold-rule.ts';
import { openInAll } from './rules/window-rule.ts';

/** What denies whether or not any pack says so. Exempt purposes pass all of it. */
export type BuiltinRule = {
  readonly reason: PermitReason;
  readonly judge: (judging: Judging, at: number) => number;
};

/** The zones and holds that these rules look at. */
export type BuiltinFacts = {
  readonly zoneIsUnknown: boolean;
  readonly debtorZones: readonly Zone[];
  /** Zones of all applied packs together. */
  readonly packZones: readonly Zone[];
  /** Holds of kinds that no applied pack mentions. */
  readonly unmentionedHolds: readonly ContactHold[];
};

/** The built-in rules that concern a request. */
export function builtinRules(judging: Judging, facts: BuiltinFacts): readonly BuiltinRule[] {
  const rules: BuiltinRule[] = [];
  if (facts.zoneIsUnknown) rules.push(unknownZone);
  if (judging.consent.level === 'optout') rules.push(optedOut);
  const { contact } = judging;
  for (const hours of contact.personalWindows) {
    if (hours.channels !== undefined && !hours.channels.includes(contact.channel)) continue;
    rules.push(...hours.windows.map((windows) => personalHours(windows, facts.debtorZones)));
  }
  const kinds = new Set(facts.unmentionedHolds.map((hold) => hold.kind));
  for (const kind of kinds) rules.push(unmentionedHold(kind, facts));
  return rules;
}

const unknownZone: BuiltinRule = {
  reason: {
    rule: 'builtin/zone',
    kind: 'zone',
    force: 'must',
    cite: "the debtor's time zone is not known: no wall clock to judge by",
  },
  judge: () => Infinity,
};

const optedOut: BuiltinRule = {
  reason: {
    rule: 'builtin/optout',
    kind: 'consent',
    force: 'must',
    cite: 'the debtor has ended this channel',
  },
  judge: () => Infinity,
};

/** The debtor's hours hold in all of the debtor's zones. They know no holidays: a calendar belongs to a pack. */
function personalHours(
  windows: Judging['contact']['personalWindows'][number]['windows'][number],
  zones: readonly Zone[],
): BuiltinRule {
  return {
    reason: {
      rule: 'builtin/personal_window',
      kind: 'window',
      force: 'must',
      cite: 'outside the hours that the debtor asked for',
    },
    judge: (judging, at) => openInAll({ windows, calendar: noHolidays, zones }, at, judging.until),
  };
}

function unmentionedHold(kind: string, facts: BuiltinFacts): BuiltinRule {
  return {
    reason: {
      rule: `builtin/hold/${kind}`,
      kind: 'hold',
      force: 'must',
      cite: 'a hold that no pack mentions suspends all contact',
    },
    judge: (_judging, at) => {
      let until = at;
      for (const hold of facts.unmentionedHolds) {
        if (hold.kind === kind) until = Math.max(until, heldUntil(hold, facts.packZones, at));
      }
      return until;
    },
  };
}
