import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';

/**
 * The configuration in force now, together with the stops of the kill switch. Asked once for each person that is decided
 * about; implementations answer from memory and refresh it within a named time, so that asking costs nothing.
 */
export interface RulesSource<Rules = DecisionRules> {
  current(): Promise<Rules>;
}
