import type { FunctionName } from '#shared/contracts/environment.ts';

export interface BuiltFunction {
  readonly name: FunctionName;
  /** Whether decisions or texts of the function come from config/: the build puts config.json beside its bundle. */
  readonly needsConfig: boolean;
}

/** Every function of functions/. */
export const builtFunctions: readonly BuiltFunction[] = [
  { name: 'ingest', needsConfig: false },
  { name: 'ingest-file', needsConfig: false },
  { name: 'plan', needsConfig: true },
  { name: 'tick', needsConfig: true },
  { name: 'send-sms', needsConfig: true },
  { name: 'send-email', needsConfig: true },
  { name: 'place-call', needsConfig: true },
  { name: 'receive-twilio', needsConfig: true },
  { name: 'receive-ses', needsConfig: false },
  { name: 'receive-mail', needsConfig: true },
  { name: 'receive-payment', needsConfig: true },
  { name: 'portal', needsConfig: true },
  { name: 'ops', needsConfig: true },
  { name: 'work', needsConfig: true },
  { name: 'guard-experiments', needsConfig: true },
  { name: 'check-config', needsConfig: false },
];

/** Whether a function decides by the configuration: it then carries one, and may read the published one. */
export function readsConfig(name: FunctionName): boolean {
  return builtFunctions.some((one) => one.name === name && one.needsConfig);
}
