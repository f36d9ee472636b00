import { userInfo } from 'node:os';
import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { readRunFile } from '../portfolio/run-file.ts';
import { openConfigService, type ConfigService } from './config-service.ts';

/** A configuration that is published somewhere, and who is about to change it. */
export interface OpenDelivery {
  readonly service: ConfigService;
  /** In words, such as `stage dev` or `the local run`. */
  readonly place: string;
  /** What AWS says who calls; in a local run the operator's own word. */
  readonly who: () => Promise<string>;
  close(): void;
}

export interface DeliveryChoice {
  readonly stage?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the project's own local data, `.dunwell`. */
  readonly dotDir: string;
}

/**
 * The stage named by `--stage`, through the AWS credentials at hand; else the local run that is going on.
 * @throws CommandError when there is neither: nothing is ever published to a stage that was not named.
 */
export async function openDelivery(choice: DeliveryChoice): Promise<OpenDelivery> {
  return choice.stage === undefined ? openLocal(choice) : openStage(choice.stage);
}

async function openStage(stage: string): Promise<OpenDelivery> {
  const client = new AppConfigClient({});
  return {
    service: await openConfigService(client, `dunwell-${stage}`),
    place: `stage ${stage}`,
    who: async () => {
      const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
      if (Arn === undefined) throw new Error('AWS does not say who calls');
      return Arn;
    },
    close: () => client.destroy(),
  };
}

async function openLocal({ environment, dotDir }: DeliveryChoice): Promise<OpenDelivery> {
  const run = readRunFile(dotDir);
  if (run?.gateway === undefined || run.stage === undefined) {
    const sentence = 'name the stage by --stage dev or --stage prod, or start a local run by `npm start`';
    throw new CommandError(exitStatus.refused, 'no_stage', [sentence]);
  }
  const client = localClient(run.gateway);
  return {
    service: await openConfigService(client, `dunwell-${run.stage}`),
    place: `the local run (process ${String(run.pid)})`,
    who: () => Promise.resolve(environment['DUNWELL_OPERATOR'] ?? userInfo().username),
    close: () => client.destroy(),
  };
}

/** A client that acts on a local run as its operator. */
export function localClient(gateway: string): AppConfigClient {
  return new AppConfigClient({
    region: 'us-east-1',
    endpoint: gateway,
    credentials: { accessKeyId: operatorAccessKey, secretAccessKey: 'local' },
  });
}
