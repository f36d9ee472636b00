import { Stack } from 'aws-cdk-lib';
import { FactName } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { configExtensionPort, configPollSeconds } from '../service-limits.ts';
import type { StageSettings } from '../stage-settings.ts';

/** Release of the AppConfig extension whose layer the CDK knows in each region. */
const extensionRelease = '2.0.181';

/** Names in AppConfig. Functions ask by them and not by ids, which would make them wait for the alarms that watch them. */
export function configNames(prefix: string) {
  return { application: prefix, environment: 'live', profile: 'bundle' } as const;
}

/** What tells the extension and the function beside it which configuration is meant. */
export function configEnvironment(prefix: string): Readonly<Record<string, string>> {
  const { application, environment, profile } = configNames(prefix);
  const path = `/applications/${application}/environments/${environment}/configurations/${profile}`;
  return {
    CONFIG_PATH: path,
    AWS_APPCONFIG_EXTENSION_HTTP_PORT: String(configExtensionPort),
    AWS_APPCONFIG_EXTENSION_POLL_INTERVAL_SECONDS: String(configPollSeconds),
    // Fetched while the function itself starts.
    AWS_APPCONFIG_EXTENSION_PREFETCH_LIST: path,
  };
}

/** ARN of AWS's own AppConfig extension for arm64: a layer of every function that decides. */
export function configExtensionArn(scope: Construct, { appConfigLayerArn }: StageSettings): string {
  const fact = FactName.appConfigLambdaLayerVersion(extensionRelease, 'arm64');
  return appConfigLayerArn ?? Stack.of(scope).regionalFact(fact);
}
