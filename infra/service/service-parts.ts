import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DeployedEnvironment, FunctionName } from '#shared/contracts/environment.ts';
import type { StoreAccess } from '../constructs/debtors-table.ts';
import { readsConfig } from '../build/built-functions.ts';
import { WorkerFunction } from '../constructs/worker-function.ts';
import { configEnvironment, configExtensionArn } from './config-extension.ts';
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

/** Variables that every function gets which needs them. */
type SharedVariable = 'TABLE_NAME' | 'DUE_SHARDS' | 'CONFIG_PATH' | 'AWS_APPCONFIG_EXTENSION_HTTP_PORT';
type OwnEnvironment<Name extends FunctionName> = Omit<DeployedEnvironment<Name>, SharedVariable>;
/** A function that works on persons. */
type PersonFunction = Exclude<FunctionName, 'check-config'>;

const storeAccess: Readonly<Record<PersonFunction, StoreAccess>> = {
  ingest: 'feeds',
  'ingest-file': 'feeds',
  plan: 'persons',
  tick: 'wake_ups',
  'send-sms': 'persons',
  'send-email': 'persons',
  'place-call': 'persons',
  'receive-twilio': 'persons',
  'receive-ses': 'persons',
  'receive-mail': 'persons',
  'receive-payment': 'payments',
  portal: 'persons',
  ops: 'control',
  work: 'persons',
  'guard-experiments': 'experiments',
};

/** Adds one function that works on persons; its environment is complete by type. */
export function addFunction<Name extends PersonFunction>(
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
    layerArns: readsConfig(name) ? [configExtensionArn(scope, settings)] : [],
    environment: {
      ...own,
      ...(readsConfig(name) ? configEnvironment(parts.prefix) : {}),
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
