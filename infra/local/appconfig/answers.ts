import type { OutgoingHttpHeaders } from 'node:http';

import type { LocalAppConfig } from '#infra/local/appconfig/app-config.ts';
import type { ConfigResources, NamedId } from '#infra/local/appconfig/config-resources.ts';
import {
  completeAtMs,
  type Deployment,
  type DeploymentState,
  progressOf,
} from '#infra/local/appconfig/rollout.ts';
import type { HostedVersion } from '#infra/local/appconfig/version-shelf.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** Resources as AppConfig's API describes them. (AppConfig API Reference, data types.) */

export function namedJson({ id, name }: NamedId): object {
  return { Id: id, Name: name };
}

export function versionJson(version: HostedVersion, template: ConfigResources): object {
  return {
    ApplicationId: template.application.id,
    ConfigurationProfileId: template.profile.id,
    VersionNumber: version.number,
    Description: version.description,
    ContentType: version.contentType,
    VersionLabel: version.label,
  };
}

export function versionHeaders(version: HostedVersion, template: ConfigResources): OutgoingHttpHeaders {
  return {
    'application-id': template.application.id,
    'configuration-profile-id': template.profile.id,
    'version-number': String(version.number),
    'content-type': version.contentType,
    description: version.description,
    versionlabel: version.label,
  };
}

export function deploymentJson(
  deployment: Deployment,
  { appConfig, clock }: { readonly appConfig: LocalAppConfig; readonly clock: VirtualClock },
): object {
  const { template, versions } = appConfig;
  const { number, version, plan } = deployment;
  const { state, percent } = progressOf(deployment, clock.now());
  return {
    ApplicationId: template.application.id,
    EnvironmentId: template.environment.id,
    DeploymentStrategyId: deployment.strategyId,
    ConfigurationProfileId: template.profile.id,
    DeploymentNumber: number,
    ConfigurationName: template.profile.name,
    ConfigurationVersion: String(version),
    VersionLabel: versions.read(version)?.label ?? '',
    Description: deployment.description,
    DeploymentDurationInMinutes: plan.minutes,
    GrowthType: 'LINEAR',
    GrowthFactor: plan.growthPercent,
    FinalBakeTimeInMinutes: plan.bakeMinutes,
    State: state,
    PercentageComplete: percent,
    StartedAt: isoTime(deployment.startedAtMs),
    ...endOf(deployment, state),
  };
}

function endOf(deployment: Deployment, state: DeploymentState): object {
  const { undone } = deployment;
  if (undone === undefined)
    return {
      EventLog: [],
      ...(state === 'COMPLETE' ? { CompletedAt: isoTime(completeAtMs(deployment)) } : {}),
    };
  const at = isoTime(undone.atMs);
  const event = {
    EventType: undone.state === 'REVERTED' ? 'REVERT_COMPLETED' : 'ROLLBACK_COMPLETED',
    TriggeredBy: undone.why.startsWith('alarm') ? 'CLOUDWATCH_ALARM' : 'USER',
    Description: undone.why,
    OccurredAt: at,
  };
  return { CompletedAt: at, EventLog: [event] };
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
