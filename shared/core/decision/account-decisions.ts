import type { AccountDecision } from '#shared/contracts/account-decisions.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';

/** What operations decided about single accounts, by account. */
export type AccountDecisionTable = ReadonlyMap<string, readonly AccountDecision[]>;

export function compileAccountDecisions(decisions: readonly AccountDecision[]): AccountDecisionTable {
  const table = new Map<string, AccountDecision[]>();
  for (const decision of decisions) {
    const others = table.get(decision.account);
    if (others === undefined) table.set(decision.account, [decision]);
    else others.push(decision);
  }
  return table;
}

/**
 * The decision of a kind that is in force for an account today, the longest of several; undefined when there is none.
 * Dates are those where the person lives; without a zone nobody is contacted anyway.
 */
export function decisionFor(
  { account, view }: Pick<FactScope, 'account' | 'view'>,
  action: AccountDecision['action'],
): AccountDecision | undefined {
  const decisions = view.rules.accounts.get(account.accountId);
  if (decisions === undefined || view.homeZone === null) return undefined;
  const today = localDateAt(view.homeZone, view.now);
  const inForce = decisions.filter((one) => one.action === action && one.from <= today && today <= one.until);
  return inForce.sort((a, b) => (a.until > b.until ? -1 : 1))[0];
}
