import type { Account } from '#shared/contracts/account.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { factScope, type FactScope } from '#shared/core/conditions/fact-scope.ts';
import { priorityOf } from '#shared/core/risk/priority-of.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { PersonView } from './person-view.ts';

/** The place that an account takes among the cases of people if it goes to them now. */
export function casePriority(account: Account, view: PersonView): number {
  const scope = factScope(account, view);
  return priorityOf(
    { account, daysPastDue: ageOf(scope), recovery: scope.risk?.recovery ?? null },
    view.rules.priority,
  );
}

/** Age where the person lives; where that is unknown, by UTC: a day more or less only orders a list. */
function ageOf({ account, daysPastDue: known, view }: FactScope): number {
  return known ?? daysPastDue(account, localDateAt('UTC', view.now));
}
