import type {
  AgreementRules,
  ExtensionRules,
  PlanRules,
  PromiseRules,
} from '#shared/contracts/agreement-rules.ts';
import { compileCondition, type CompiledCondition } from '#shared/core/conditions/compile-condition.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';

/** What may be agreed on for one account. */
export interface AgreementTerms {
  readonly promises: PromiseRules;
  readonly plans: PlanRules | null;
  readonly extensions: ExtensionRules | null;
}

/** Terms by the first override that fits, else the general ones. */
export interface CompiledTerms {
  readonly general: AgreementTerms;
  readonly overrides: readonly { readonly holds: CompiledCondition; readonly terms: AgreementTerms }[];
}

/** Prepares the rules of config/agreements.yaml: each override is completed by the general rules once. */
export function compileTerms({ promises, plans, extensions, overrides }: AgreementRules): CompiledTerms {
  return {
    general: { promises, plans, extensions },
    overrides: overrides.map((override) => ({
      holds: compileCondition(override.when),
      terms: {
        promises: overridden(promises, override.promises),
        plans: planTerms(plans, override.plans),
        extensions: override.extensions === undefined ? extensions : override.extensions,
      },
    })),
  };
}

/** Some of the rules, under the same names. */
type Own<T> = { readonly [K in keyof T]?: T[K] | undefined };

function overridden<T extends object>(general: T, own: Own<T> = {}): T {
  const terms = { ...general };
  for (const key in own) {
    const value = own[key];
    if (value !== undefined) terms[key] = value;
  }
  return terms;
}

/** An override of plans changes what is offered in general; where nothing is, it cannot be completed and offers nothing. */
function planTerms(general: PlanRules | null, own: Own<PlanRules> | null | undefined): PlanRules | null {
  if (own === null || general === null) return null;
  return overridden(general, own);
}

/** The terms of one account now. */
export function termsFor(scope: FactScope): AgreementTerms {
  const { general, overrides } = scope.view.rules.terms;
  return overrides.find(({ holds }) => holds(scope))?.terms ?? general;
}
