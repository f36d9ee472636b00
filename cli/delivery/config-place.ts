import {
  type AppConfigClient,
  paginateListApplications,
  paginateListConfigurationProfiles,
  paginateListDeploymentStrategies,
  paginateListEnvironments,
} from '@aws-sdk/client-appconfig';
import { RolloutSchema, type Rollout } from '#shared/contracts/publishing.ts';
import { configNames } from '#infra/service/config-extension.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';

/** AppConfig's ids of one stage's configuration. */
export interface ConfigPlace {
  readonly ApplicationId: string;
  readonly EnvironmentId: string;
  readonly ConfigurationProfileId: string;
  readonly strategies: ReadonlyMap<Rollout, string>;
}

interface Named {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
}
type Pages = AsyncIterable<{ readonly Items?: readonly Named[] | undefined }>;

/** Finds a stage's AppConfig by the names of its template. @throws CommandError when it is not there. */
export async function findPlace(client: AppConfigClient, prefix: string): Promise<ConfigPlace> {
  const names = configNames(prefix);
  const ApplicationId = await idOf(paginateListApplications({ client }, {}), names.application);
  const [EnvironmentId, ConfigurationProfileId, strategies] = await Promise.all([
    idOf(paginateListEnvironments({ client }, { ApplicationId }), names.environment),
    idOf(paginateListConfigurationProfiles({ client }, { ApplicationId }), names.profile),
    idsOf(paginateListDeploymentStrategies({ client }, {})),
  ]);
  const found = RolloutSchema.options.flatMap((rollout): [Rollout, string][] => {
    const id = strategies.get(`${prefix}-${rollout}`);
    return id === undefined ? [] : [[rollout, id]];
  });
  return { ApplicationId, EnvironmentId, ConfigurationProfileId, strategies: new Map(found) };
}

async function idOf(pages: Pages, name: string): Promise<string> {
  const id = (await idsOf(pages)).get(name);
  if (id === undefined) {
    const sentence = `AppConfig has no ${name} in this account and region: deploy the stage first, or use other AWS credentials`;
    throw new CommandError(exitStatus.broken, 'not_deployed', [sentence]);
  }
  return id;
}

async function idsOf(pages: Pages): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for await (const { Items = [] } of pages) {
    for (const { Id = '', Name = '' } of Items) ids.set(Name, Id);
  }
  return ids;
}
