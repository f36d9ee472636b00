import type { RolloutPlan } from '#infra/local/appconfig/rollout.ts';
import { listAt, textAt } from '#infra/local/json.ts';
import { functionNameOf } from '#infra/local/lambda/function-name.ts';
import { type LocalPlace, resourceRef } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** A resource of AppConfig as its clients name it: by id or by name. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** What the template says about AppConfig. */
export interface ConfigResources {
  readonly application: NamedId;
  readonly environment: NamedId;
  readonly profile: NamedId;
  /** Functions that judge a configuration, by name. */
  readonly validators: readonly string[];
  /** ARNs of the alarms that take a deployment back. */
  readonly monitors: readonly string[];
  readonly strategies: readonly (NamedId & { readonly plan: RolloutPlan })[];
}

/**
 * The template's AppConfig; undefined when it has none.
 * @throws Error when there is more than one of what the local run keeps only once.
 */
export function readConfigResources(
  resources: readonly StackResource[],
  place: LocalPlace,
): ConfigResources | undefined {
  const application = only(resources, 'AWS::AppConfig::Application');
  const environment = only(resources, 'AWS::AppConfig::Environment');
  const profile = only(resources, 'AWS::AppConfig::ConfigurationProfile');
  if (application === undefined || environment === undefined || profile === undefined) return undefined;
  const named = (resource: StackResource): NamedId => ({
    id: resourceRef(resource, place),
    name: resource.name,
  });
  const validators = listAt(profile.properties, 'Validators').map((validator) => {
    if (textAt(validator, 'Type') !== 'LAMBDA')
      throw new Error(`${profile.logicalId}: the local run calls validators of type LAMBDA only.`);
    return functionNameOf(textAt(validator, 'Content') ?? '');
  });
  return {
    application: named(application),
    environment: named(environment),
    profile: named(profile),
    validators,
    monitors: listAt(environment.properties, 'Monitors').map((monitor) => textAt(monitor, 'AlarmArn') ?? ''),
    strategies: resources
      .filter(({ type }) => type === 'AWS::AppConfig::DeploymentStrategy')
      .map((strategy) => ({ ...named(strategy), plan: planOf(strategy) })),
  };
}

function only(resources: readonly StackResource[], type: string): StackResource | undefined {
  const [first, ...others] = resources.filter((resource) => resource.type === type);
  if (others.length > 0) throw new Error(`The local run keeps one ${type}; the template has more.`);
  return first;
}

function planOf({ logicalId, properties }: StackResource): RolloutPlan {
  const growth = textAt(properties, 'GrowthType') ?? 'LINEAR';
  if (growth !== 'LINEAR') throw new Error(`${logicalId}: the local run grows LINEAR only, not ${growth}.`);
  return {
    minutes: Number(properties['DeploymentDurationInMinutes'] ?? 0),
    growthPercent: Number(properties['GrowthFactor'] ?? 100),
    bakeMinutes: Number(properties['FinalBakeTimeInMinutes'] ?? 0),
  };
}
