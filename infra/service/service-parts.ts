import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DeployedEnvironment, FunctionName } from '#shared/contracts/environment.ts';
import type { StoreAccess } from '../constructs/debtors-table.ts';
import { WorkerFunction } from '../constructs/worker-function.ts';
import type { StageSettings } from '../stage-settings.ts';
import type { StateStack } from '../state-stack.ts';

/** What every part of the service stack is built from. */
export interface ServiceParts {
  /** `dunwell-<stage>`: begins each name that a person will see. */
  readonly prefix: string;
  readonly assetsDir: string;
  readonly settings: StageSettings;
  readonly logRetention: RetentionDays;
  readonly state: StateStack;
  /** Where alarms go. */
  readonly alarms: ITopic;
}

type OwnEnvironment<Name extends FunctionName> = Omit<DeployedEnvironment<Name>, 'TABLE_NAME' | 'DUE_SHARDS'>;

const storeAccess: Readonly<Record<FunctionName, StoreAccess>> = {
  ingest: 'feeds',
  'ingest-file': 'feeds',
  plan: 'persons',
  tick: 'wake_ups',
  'send-sms': 'persons',
  'send-email': 'persons',
  'place-call': 'persons',
  'receive-twilio': 'persons',
  'receive-ses': 'persons',
  ops: 'control',
  'guard-experiments': 'experiments',
};

/** Adds one function that works on persons; its environment is complete by type. */
export function addFunction<Name extends FunctionName>(
  scope: Construct,
  parts: ServiceParts,
  name: Name,
  own: OwnEnvironment<Name>,
): WorkerFunction {
  const { state, settings } = parts;
  const worker = new WorkerFunction(scope, pascalCase(name), {
    name,
    prefix: parts.prefix,
    assetsDir: parts.assetsDir,
    logRetention: parts.logRetention,
    environment: {
      ...own,
      TABLE_NAME: state.debtors.table.tableName,
      DUE_SHARDS: String(settings.dueShards),
    },
  });
  state.debtors.grantStore(worker.role, storeAccess[name]);
  return worker;
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
