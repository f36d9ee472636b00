import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';

export interface CarryOutParts {
  readonly store: Pick<DebtorStore, 'load' | 'change'>;
  readonly clock: Clock;
  readonly rules: RulesSource;
}

/**
 * Carries out what a person wants, wherever it came from: load the facts, decide by the rules, write all of it together.
 * The same act id again changes nothing and gets the same answer, also when both come at the same moment.
 */
export function carryOut(request: ActRequest, parts: CarryOutParts): Promise<ActAnswer> {
  throw new Error(`${request.kind} ${String(parts.clock.now())}: written by the lead next`);
}
