import type { AgreementRules } from '#shared/contracts/agreement-rules.ts';
import type { CallRules } from '#shared/contracts/call-flow.ts';
import type { HoldRules } from '#shared/contracts/hold-rules.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { RiskModel } from '#shared/contracts/risk-model.ts';
import { prioritySettingsDefault, type PrioritySettings } from '#shared/contracts/priority.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import type { Agency, Queue } from '#shared/contracts/queue.ts';
import { compileTerms, type CompiledTerms } from '#shared/core/agreements/agreement-terms.ts';
import { bookingCalendar, type BookingCalendar } from '#shared/core/agreements/business-days.ts';
import { compileExperiments, type CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import { repliesWhenRead } from '#shared/core/replies/replies-when-read.ts';
import type { CompiledReplies } from '#shared/core/replies/compile-replies.ts';
import { compilePacks, type CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { compileAccountDecisions, type AccountDecisionTable } from './account-decisions.ts';
import { compileStrategies, type StrategyFamily } from './compile-strategy.ts';
import { compileSegments, type CompiledSegments } from '#shared/core/segments/compile-segments.ts';
import { compileTemplates, type CompiledTemplates } from '#shared/core/render/compile-templates.ts';

/** Configuration in the form that decisions use: made once when a function starts. */
export interface DecisionRules {
  /** Content hash of the configuration. */
  readonly version: string;
  readonly limits: Limits;
  readonly creditors: ReadonlyMap<string, Creditor>;
  /** In the order in which they are tried. */
  readonly strategies: readonly StrategyFamily[];
  readonly accounts: AccountDecisionTable;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly agreements: AgreementRules;
  readonly terms: CompiledTerms;
  /** By creditor. */
  readonly bookingCalendars: ReadonlyMap<string, BookingCalendar>;
  readonly holds: HoldRules['holds'];
  readonly templates: CompiledTemplates;
  readonly packs: CompiledPacks;
  /** Null: nobody's risk is known but by the feed's own score. */
  readonly riskModel: RiskModel | null;
  readonly segments: CompiledSegments;
  readonly priority: PrioritySettings;
  /** How calls go on; null: whoever picks up hears the limited message. */
  readonly calls: CallRules | null;
  readonly experiments: readonly CompiledExperiment[];
  /** Its words are compiled when the reader first asks for them; its settings are there at once. */
  readonly replies: CompiledReplies;
  /** The kill switch: what is stopped at this moment. No part of the configuration; whoever asks for the rules adds them. */
  readonly stops: readonly Stop[];
}

/** Compiles a configuration that has already been checked; nothing is stopped. */
export function compileRules(bundle: ConfigBundle): DecisionRules {
  return {
    version: bundle.version,
    limits: bundle.limits,
    creditors: new Map(bundle.creditors.map((creditor) => [creditor.creditor, creditor])),
    strategies: compileStrategies(bundle.strategies),
    accounts: compileAccountDecisions(bundle.accounts),
    queues: new Map(bundle.queues.map((queue) => [queue.queue, queue])),
    agencies: new Map(bundle.agencies.map((agency) => [agency.agency, agency])),
    agreements: bundle.agreements,
    terms: compileTerms(bundle.agreements),
    bookingCalendars: new Map(
      bundle.creditors.map((creditor) => [creditor.creditor, bookingCalendar(creditor, bundle.holidays)]),
    ),
    holds: bundle.holds,
    templates: compileTemplates(bundle.templates),
    packs: compilePacks(bundle.policies, bundle.holidays, bundle.rules),
    riskModel: bundle.riskModel ?? null,
    segments: compileSegments(bundle.segments),
    priority: bundle.priority ?? prioritySettingsDefault,
    calls: bundle.calls ?? null,
    experiments: compileExperiments(bundle.experiments ?? [], bundle.strategies),
    replies: repliesWhenRead(bundle.replies),
    stops: [],
  };
}
