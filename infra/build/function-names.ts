import { environmentSchemas, type FunctionName } from '#shared/contracts/environment.ts';

/** Functions whose decisions or texts come from config/: the build puts config.json beside their bundle. */
const configured: ReadonlySet<FunctionName> = new Set([
  'plan',
  'tick',
  'send-sms',
  'send-email',
  'place-call',
  'receive-twilio',
]);

export interface BuiltFunction {
  readonly name: string;
  readonly needsConfig: boolean;
}

/** Every function of functions/, as its environment declares it. */
export const builtFunctions: readonly BuiltFunction[] = Object.keys(environmentSchemas).map((name) => ({
  name,
  needsConfig: [...configured].some((one) => one === name),
}));
