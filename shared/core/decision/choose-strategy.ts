import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { assignedArm, type AssignedArm } from '#shared/core/experiments/assign-arm.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { decisionFor } from './account-decisions.ts';
import type { CompiledStrategy, StrategyFamily } from './compile-strategy.ts';
import type { PersonView } from './person-view.ts';

/** A strategy that an account follows, and the arm of the experiment by which it does. */
export interface ChosenStrategy {
  readonly strategy: CompiledStrategy;
  /** Null: no experiment. Of an arm without a strategy, which holds the account out, `strategy` is the champion. */
  readonly arm: AssignedArm | null;
}

/**
 * The strategy, and its version, that an account follows now; null when none is meant for it.
 *
 * A decision on this very account comes first, then the first strategy in the order of the configuration that is in force
 * and meant for it; where that is the champion of an experiment, the arm of the person decides. Of several versions the
 * newest one in force is taken, unless it lets accounts finish the stage that they are in: those stay with the version in
 * force when their stage began. Nothing about the choice is stored; it follows from the account's own dates, so that it is
 * the same however often and whenever it is made.
 */
export function chooseStrategy(scope: FactScope): ChosenStrategy | null {
  const { strategies } = scope.view.rules;
  const named = decisionFor(scope, 'strategy')?.strategy;
  if (named !== undefined) return withoutExperiment(versionFor(familyNamed(named, strategies), scope));
  for (const family of strategies) {
    const version = family.isChallenger ? null : versionFor(family, scope);
    if (version?.isFor(scope) === true) return byExperiment(version, scope);
  }
  return null;
}

function withoutExperiment(strategy: CompiledStrategy | null): ChosenStrategy | null {
  return strategy === null ? null : { strategy, arm: null };
}

/** The champion, or what the arm of the person puts in its place. A challenger that is not in force challenges nobody. */
function byExperiment(champion: CompiledStrategy, scope: FactScope): ChosenStrategy {
  const { rules, homeZone, now } = scope.view;
  if (rules.experiments.length === 0 || homeZone === null) return { strategy: champion, arm: null };
  const { experiments, stops } = rules;
  const arm = assignedArm(scope.account, champion.name, {
    experiments,
    stops,
    today: localDateAt(homeZone, now),
  });
  if (arm === null || arm.strategy === null || arm.strategy === champion.name)
    return { strategy: champion, arm };
  const challenger = versionFor(familyNamed(arm.strategy, rules.strategies), scope);
  return challenger === null ? { strategy: champion, arm: null } : { strategy: challenger, arm };
}

function familyNamed(name: string, families: readonly StrategyFamily[]): StrategyFamily {
  return families.find((family) => family.name === name) ?? { name, isChallenger: false, versions: [] };
}

/** The version of a strategy that an account follows today; null when none is in force. */
function versionFor({ versions }: StrategyFamily, scope: FactScope): CompiledStrategy | null {
  const { homeZone, now } = scope.view;
  const dated = versions.some(({ from, to }) => from !== null || to !== null);
  // Without a zone there is no local date, and no contact either: the newest version tells why.
  if (!dated || homeZone === null) return versions.at(-1) ?? null;
  const today = localDateAt(homeZone, now);
  let followed: CompiledStrategy | null = null;
  for (const version of versions.filter((one) => isInForce(one, today))) {
    if (followed === null || version.migrates || !beganBefore(version, followed, scope)) followed = version;
  }
  return followed;
}

function isInForce({ from, to }: CompiledStrategy, today: LocalDate): boolean {
  return (from === null || from <= today) && (to === null || today <= to);
}

/** Whether the account's present stage, by the version it has followed, began before the newer one came into force. */
function beganBefore(newer: CompiledStrategy, followed: CompiledStrategy, scope: FactScope): boolean {
  const began = stageBegan(followed, scope);
  return began !== null && newer.from !== null && began < newer.from;
}

/** The date on which an account entered the stage that it is in; null when its age is in none. */
function stageBegan(strategy: CompiledStrategy, { account, daysPastDue, view }: FactScope): LocalDate | null {
  if (daysPastDue === undefined) return null;
  const stage = strategy.stages.find(({ from, to }) => from <= daysPastDue && daysPastDue <= to);
  if (stage === undefined) return null;
  const byAge = addDays(account.dueDate, stage.from);
  const since = agedSince(account, view);
  return since !== null && since > byAge ? since : byAge;
}

/** The date on which a payment gave the account its present age; null when none did. */
function agedSince(account: Account, { homeZone }: PersonView): LocalDate | null {
  if (account.agedSince === undefined || homeZone === null) return null;
  return localDateAt(homeZone, toInstant(account.agedSince));
}
