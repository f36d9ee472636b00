import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { decisionFor } from './account-decisions.ts';
import type { CompiledStrategy } from './compile-strategy.ts';
import { startOfDay } from './start-of-day.ts';

/** A balance that is too small is looked at again after this time; what changes it wakes the planner anyway. */
const smallBalanceDays = 30;
/** A condition may hang on time alone: it is looked at again every day. */
const conditionDays = 1;

/** Why the machine leaves an account alone now, or gives it away, whatever its steps say. */
export type Suspension =
  | { readonly kind: 'wait'; readonly until: Instant; readonly because: string }
  | { readonly kind: 'hand_over'; readonly queue: string; readonly because: string };

/** The first reason for which no step of the account is made now; null when there is none. */
export function suspensionOf(
  scope: FactScope,
  strategy: CompiledStrategy,
  homeZone: string,
): Suspension | null {
  const { account, view } = scope;
  const daysFromToday = (days: number): LocalDate => addDays(localDateAt(homeZone, view.now), days);
  const waitFrom = (date: LocalDate, because: string): Suspension => ({
    kind: 'wait',
    until: startOfDay(homeZone, date),
    because,
  });
  const excluded = decisionFor(scope, 'exclude');
  if (excluded !== undefined) return waitFrom(addDays(excluded.until, 1), 'account/excluded');
  const least = strategy.smallBalances[account.currency];
  if (least !== undefined && account.pastDue > 0 && account.pastDue < least)
    return waitFrom(daysFromToday(smallBalanceDays), 'strategy/small_balance');
  const stop = strategy.stopWhen.find(({ holds }) => holds(scope));
  if (stop === undefined) return null;
  return stop.queue === null
    ? waitFrom(daysFromToday(conditionDays), `strategy/${stop.id}`)
    : { kind: 'hand_over', queue: stop.queue, because: `strategy/${stop.id}` };
}
