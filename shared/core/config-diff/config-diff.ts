import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { ConfigChange } from './config-change.ts';
import { configChanges } from './config-changes.ts';
import type { ConfigRisk } from './config-risk.ts';
import { configRisks } from './config-risks.ts';

/** What changes between two configurations, and what of it should be looked at twice. */
export interface ConfigDiff {
  readonly changes: readonly ConfigChange[];
  readonly risks: readonly ConfigRisk[];
}

/** Compares two checked configurations by what they say; files, places and comments make no difference. */
export function configDiff(before: ConfigBundle, after: ConfigBundle): ConfigDiff {
  return { changes: configChanges(before, after), risks: configRisks(before, after) };
}
