import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createStopReader } from '#functions/_adapters/dynamodb/read-stops.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { openTable, type TableVariables } from './open-debtor-store.ts';
import { rulesInForce } from './rules-in-force.ts';

/** What every function stands on that decides about persons: their table, and the rules in force with what is stopped. */
export function openDeciding<Rules>(
  { environment, clock }: { readonly environment: TableVariables; readonly clock: Clock },
  config: RulesSource<Rules>,
) {
  const table = openTable(environment);
  const rules = rulesInForce({ config, stops: createStopReader(table), clock });
  return { table, store: createDebtorStore(table), rules };
}
