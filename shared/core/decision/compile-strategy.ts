import type { Channel, LocalDate } from '#shared/contracts/primitives.ts';
import type {
  Channels,
  Gaps,
  PreferredTimes,
  Stage,
  Step,
  StopCondition,
  Strategy,
} from '#shared/contracts/strategy.ts';
import {
  always,
  compileCondition,
  type CompiledCondition,
} from '#shared/core/conditions/compile-condition.ts';
import { hourMs } from '#shared/kernel/instant.ts';

/** One try of a step: by the first of its channels that can be used. */
export interface Leg {
  readonly channels: readonly Channel[];
  readonly template: string;
  /** How long to wait for an answer on this leg before the next one, in milliseconds. */
  readonly patienceMs: number;
}

/** A step, the stage it stands in, and for whom it is. */
export interface PlacedStep {
  readonly stage: string;
  readonly step: Step;
  readonly legs: readonly Leg[];
  readonly isFor: CompiledCondition;
}

export interface CompiledRoute {
  readonly holds: CompiledCondition;
  readonly queue: string;
}

export interface CompiledStop extends Pick<StopCondition, 'id' | 'then'> {
  readonly holds: CompiledCondition;
  readonly queue: string | null;
}

/** One version of a strategy. */
export interface CompiledStrategy {
  readonly name: string;
  /** `name@version`. */
  readonly id: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  /** Whether accounts in a stage of the version before come over at once. */
  readonly migrates: boolean;
  readonly isFor: CompiledCondition;
  readonly preferred: PreferredTimes;
  readonly gaps: Gaps;
  readonly groupsAccounts: boolean;
  /** Least amount past due by currency. */
  readonly smallBalances: Readonly<Record<string, number>>;
  readonly stopWhen: readonly CompiledStop[];
  readonly stages: readonly Stage[];
  /** All steps by day, earliest first. */
  readonly steps: readonly PlacedStep[];
  readonly lastDaysPastDue: number;
  /** Days after the last step, and the queues then; the last one takes every account. */
  readonly escalation: { readonly afterDays: number; readonly routes: readonly CompiledRoute[] };
}

/** All versions of a strategy, by the date from which each is in force, earliest first. */
export interface StrategyFamily {
  readonly name: string;
  readonly isChallenger: boolean;
  readonly versions: readonly CompiledStrategy[];
}

/** Strategies in the order of the configuration, versions of one name together at the place of the first. */
export function compileStrategies(strategies: readonly Strategy[]): readonly StrategyFamily[] {
  const names = [...new Set(strategies.map(({ strategy }) => strategy))];
  return names.map((name) => {
    const files = strategies.filter(({ strategy }) => strategy === name);
    return {
      name,
      isChallenger: files.every(({ challenger }) => challenger === true),
      versions: files.map(compileStrategy).sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)),
    };
  });
}

function compileStrategy(strategy: Strategy): CompiledStrategy {
  const { gaps = {}, groupAccounts = true, smallBalances = {} } = strategy;
  const steps = strategy.stages
    .flatMap((stage) => stage.steps.map((step) => placeStep(stage, step)))
    .sort((a, b) => a.step.daysPastDue - b.step.daysPastDue);
  return {
    name: strategy.strategy,
    id: `${strategy.strategy}@${strategy.version}`,
    ...datesOf(strategy),
    migrates: strategy.running !== 'finish_stage',
    isFor: compileScope(strategy),
    preferred: strategy.preferred,
    gaps,
    groupsAccounts: groupAccounts,
    smallBalances,
    stopWhen: compileStops(strategy.stopWhen),
    stages: strategy.stages,
    steps,
    lastDaysPastDue: steps.at(-1)?.step.daysPastDue ?? 0,
    escalation: compileEscalation(strategy.escalation),
  };
}

function datesOf({ effective = {} }: Strategy) {
  const { from = null, to = null } = effective;
  return { from, to };
}

function compileStops(stops: Strategy['stopWhen'] = []): readonly CompiledStop[] {
  return stops.map(({ id, when, then, queue = null }) => ({
    id,
    then,
    holds: compileCondition(when),
    queue,
  }));
}

function compileEscalation({ afterDays, queue, routes = [] }: Strategy['escalation']) {
  const compiled = routes.map((route) => ({ holds: compileCondition(route.when), queue: route.queue }));
  return { afterDays, routes: [...compiled, { holds: always, queue }] };
}

/** The accounts that a strategy is for: those of its products, creditors and segments of which its condition holds. */
function compileScope({ products, creditors, segments, when }: Strategy): CompiledCondition {
  const isNamed = compileCondition({
    ...(products && { product: products }),
    ...(creditors && { creditor: creditors }),
    ...(segments && { segment: segments }),
  });
  const holds = compileCondition(when);
  return (scope) => isNamed(scope) && holds(scope);
}

function placeStep(stage: Stage, step: Step): PlacedStep {
  const ofStage = compileCondition(stage.when);
  const ofStep = compileCondition(step.when);
  const isFor: CompiledCondition =
    stage.when === undefined
      ? ofStep
      : (scope: Parameters<CompiledCondition>[0]) => ofStage(scope) && ofStep(scope);
  return { stage: stage.id, step, legs: legsOf(step), isFor };
}

function legsOf({ channel, template, fallback = [] }: Step): readonly Leg[] {
  const fallbacks = Array.isArray(fallback) ? fallback : [fallback];
  const tries = [{ channel, template }, ...fallbacks];
  return tries.map((one, index) => ({
    channels: channelsOf(one.channel),
    template: one.template,
    patienceMs: (fallbacks[index]?.afterHours ?? 0) * hourMs,
  }));
}

function channelsOf(channel: Channels): readonly Channel[] {
  return typeof channel === 'string' ? [channel] : channel;
}
