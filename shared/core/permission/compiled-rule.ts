import type { Force, RuleKind } from '#shared/contracts/permission-words.ts';
import type { Rule, RuleOf } from '#shared/contracts/rule-pack.ts';
import type { Calendar } from '#shared/core/time/day-windows.ts';
import type { Zone } from '#shared/core/time/zone.ts';
import type { LocalDay } from '#shared/kernel/local-date.ts';
import type { ContactRequest } from './contact-request.ts';
import type { ConsentStanding } from './consent-standing.ts';
import type { Judging } from './judging.ts';
import type { PurposeBits } from './purposes.ts';

/**
 * How a rule judges a contact at an instant in its pack's zones: it answers the instant itself when the contact passes,
 * otherwise a later instant before which it can't pass (Infinity when it never will). The answer may be too early,
 * never too late: the search asks again there.
 */
export type Judge = (judging: Judging, zones: readonly Zone[], at: number) => number;

/** Whether a rule concerns a request at all, apart from purpose and date. */
export type Applies = (contact: ContactRequest, consent: ConsentStanding) => boolean;

/** Whether anything in the request lets the rule deny at any instant; a rule that can't is left out of the case. */
export type MayDeny = (judging: Judging) => boolean;

/** A rule ready to judge. */
export type CompiledRule = {
  /** `pack/rule`. */
  readonly id: string;
  readonly kind: RuleKind;
  /** The rule as its pack has it, for telling what it found. */
  readonly source: Rule;
  readonly force: Force;
  readonly cite: string | null;
  readonly purposes: PurposeBits;
  readonly applies: Applies;
  /** First and last local date on which the rule is in force; undefined when it always is. */
  readonly effective: { readonly from: LocalDay; readonly to: LocalDay } | undefined;
  /** The deployment's written reason for not enforcing the rule. */
  readonly relaxedBecause: string | undefined;
  /** Disclosure elements that the rule wants in the message. */
  readonly requires: RuleOf<'content'>['require'];
  readonly mayDeny: MayDeny;
  readonly judge: Judge;
};

/** A pack ready to judge. */
export type CompiledPack = {
  readonly id: string;
  readonly version: string;
  readonly tz:
    | { readonly mode: 'intersect_all' | 'presume_number_area' }
    | { readonly mode: 'fixed'; readonly zone: Zone };
  readonly calendar: Calendar;
  readonly rules: readonly CompiledRule[];
  /** Hold kinds that any rule of the pack lists. */
  readonly holdKinds: ReadonlySet<string>;
};
