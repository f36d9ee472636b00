import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel, LocalDate } from '#shared/contracts/primitives.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { homeZoneOf } from '#shared/core/decision/person-view.ts';
import { ChangeTally, type ChangesReport } from '#shared/core/preview/change-tally.ts';
import { planChanges, type PlanChange } from '#shared/core/preview/plan-changes.ts';
import { Tally, type TallyReport } from '#shared/core/preview/tally.ts';
import type { Walk } from '#shared/core/preview/walk.ts';
import { addDays, instantAt } from '#shared/core/time/local-time.ts';
import { zonesOf } from '#shared/core/zones/zones-of.ts';
import { walkPerson } from './walk-person.ts';

/** Most days that a preview looks ahead: what it does not foresee (payments, replies) makes more of them worthless. */
export const previewDaysMax = 92;

/** What is taken to become of contacts; see docs/change-configuration.md. */
export const assumptions = {
  /** Nothing is heard of any message, and nobody picks up. */
  none: { sms: 'sent', email: 'sent', call: 'no_answer' },
  /** Messages arrive, and nobody picks up. */
  delivered: { sms: 'delivered', email: 'delivered', call: 'no_answer' },
  /** Messages arrive, and whoever is called talks with us. */
  answered: { sms: 'delivered', email: 'delivered', call: 'conversation' },
} as const satisfies Record<string, Record<Channel, AttemptState>>;
export type Assumption = keyof typeof assumptions;

/** What a contact costs, in millionths of a currency. */
export type CostOf = (contact: LedgerEntry, person: Person) => number;

/** A configuration to walk by, and what contacts cost under it; null where it names no prices. */
export interface PreviewedConfig {
  readonly rules: DecisionRules;
  readonly costOf: CostOf | null;
}

export interface PreviewSetting {
  readonly config: PreviewedConfig;
  /** The configuration to compare with. */
  readonly against: PreviewedConfig | null;
  /** First day, as each person's own calendar shows it. */
  readonly from: LocalDate;
  readonly days: number;
  readonly assume: Assumption;
}

/** One person's plan, and how it differs from that of the other configuration. */
export interface PreviewedPerson {
  readonly walk: Walk;
  readonly zone: string;
  readonly changes: readonly PlanChange[];
}

export interface PreviewReport {
  readonly config: TallyReport;
  readonly against: TallyReport | null;
  readonly changes: ChangesReport | null;
}

/**
 * Who would be contacted when and by what, under one configuration or under two, in some days from the beginning of a
 * date. People are taken one by one, so that memory does not grow with their number; whoever lives in no known zone has
 * the days of UTC.
 *
 * @throws Error that names the person when a strategy turns in circles.
 */
export async function previewPortfolio(
  people: AsyncIterable<Person>,
  setting: PreviewSetting,
  onPerson: (previewed: PreviewedPerson) => Promise<void> | void,
): Promise<PreviewReport> {
  const tally = new Tally();
  const comparison = setting.against === null ? null : new Comparison(setting, setting.against);
  for await (const person of people) {
    const zone = zoneOf(person);
    const walk = walkOf(person, setting.config.rules, setting, zone);
    tally.add(walk, zone, costsOf(walk, person, setting.config));
    await onPerson({ walk, zone, changes: comparison?.add(person, walk, zone) ?? [] });
  }
  const { against, changes } = comparison?.report() ?? { against: null, changes: null };
  return { config: tally.report(), against, changes };
}

/** The same people under the other configuration. */
class Comparison {
  readonly #tally = new Tally();
  readonly #changes = new ChangeTally();
  readonly #setting: PreviewSetting;
  readonly #config: PreviewedConfig;

  constructor(setting: PreviewSetting, config: PreviewedConfig) {
    this.#setting = setting;
    this.#config = config;
  }

  add(person: Person, walk: Walk, zone: string): readonly PlanChange[] {
    const before = walkOf(person, this.#config.rules, this.#setting, zone);
    const changes = planChanges(before, walk);
    this.#tally.add(before, zone, costsOf(before, person, this.#config));
    this.#changes.add(changes, { debtorId: person.debtorId, zone });
    return changes;
  }

  report(): { readonly against: TallyReport; readonly changes: ChangesReport } {
    return { against: this.#tally.report(), changes: this.#changes.report() };
  }
}

/** The cost of each contact of a walk; none without prices. */
function costsOf({ contacts }: Walk, person: Person, { costOf }: PreviewedConfig): readonly number[] {
  return costOf === null ? [] : contacts.map((contact) => costOf(contact, person));
}

function zoneOf({ debtor }: Person): string {
  return (debtor === undefined ? null : homeZoneOf(zonesOf(debtor))) ?? 'UTC';
}

function walkOf(
  person: Person,
  rules: DecisionRules,
  { from, days, assume }: PreviewSetting,
  zone: string,
): Walk {
  return walkPerson(person, rules, {
    from: instantAt(zone, from, 0),
    until: instantAt(zone, addDays(from, days), 0),
    outcomes: assumptions[assume],
  });
}
