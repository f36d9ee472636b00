import type { Account } from '#shared/contracts/account.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import type { PreferredTimes, Stage, Step, Strategy } from '#shared/contracts/strategy.ts';
import { compileExperiments, type CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import { compilePacks, type CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { compileTemplates, type CompiledTemplates } from '#shared/core/render/compile-templates.ts';

/** Configuration in the form that decisions use: made once when a function starts. */
export interface DecisionRules {
  /** Content hash of the configuration. */
  readonly version: string;
  readonly limits: Limits;
  readonly creditors: ReadonlyMap<string, Creditor>;
  readonly strategies: readonly CompiledStrategy[];
  readonly templates: CompiledTemplates;
  readonly packs: CompiledPacks;
  readonly experiments: readonly CompiledExperiment[];
  /** The kill switch: what is stopped at this moment. No part of the configuration; whoever asks for the rules adds them. */
  readonly stops: readonly Stop[];
}

/** A step and the stage it stands in. */
export interface PlacedStep {
  readonly stage: string;
  readonly step: Step;
}

export interface CompiledStrategy {
  /** `name@version`. */
  readonly id: string;
  readonly products: ReadonlySet<string> | null;
  readonly creditors: ReadonlySet<string> | null;
  readonly preferred: PreferredTimes;
  readonly stages: readonly Stage[];
  /** All steps by day, earliest first. */
  readonly steps: readonly PlacedStep[];
  readonly lastDaysPastDue: number;
  readonly escalation: Strategy['escalation'];
}

/** Compiles a configuration that has already been checked; nothing is stopped. */
export function compileRules(bundle: ConfigBundle): DecisionRules {
  return {
    version: bundle.version,
    limits: bundle.limits,
    creditors: new Map(bundle.creditors.map((creditor) => [creditor.creditor, creditor])),
    strategies: bundle.strategies.map(compileStrategy),
    templates: compileTemplates(bundle.templates),
    packs: compilePacks(bundle.policies, bundle.holidays, bundle.rules),
    experiments: compileExperiments(bundle.experiments ?? [], bundle.strategies),
    stops: [],
  };
}

function compileStrategy(strategy: Strategy): CompiledStrategy {
  const steps = strategy.stages
    .flatMap((stage) => stage.steps.map((step) => ({ stage: stage.id, step })))
    .sort((a, b) => a.step.daysPastDue - b.step.daysPastDue);
  return {
    id: `${strategy.strategy}@${strategy.version}`,
    products: strategy.products === undefined ? null : new Set(strategy.products),
    creditors: strategy.creditors === undefined ? null : new Set(strategy.creditors),
    preferred: strategy.preferred,
    stages: strategy.stages,
    steps,
    lastDaysPastDue: steps.at(-1)?.step.daysPastDue ?? 0,
    escalation: strategy.escalation,
  };
}

/** The first strategy, in the order of the configuration, that is meant for an account; null when none is. */
export function strategyFor(account: Account, rules: DecisionRules): CompiledStrategy | null {
  const found = rules.strategies.find(
    ({ products, creditors }) =>
      (products === null || products.has(account.product)) &&
      (creditors === null || creditors.has(account.creditor)),
  );
  return found ?? null;
}
