import {
  type AppConfigClient,
  CreateHostedConfigurationVersionCommand,
  DeleteHostedConfigurationVersionCommand,
  GetDeploymentCommand,
  type GetDeploymentCommandOutput,
  GetHostedConfigurationVersionCommand,
  paginateListDeployments,
  paginateListHostedConfigurationVersions,
  BadRequestException,
  StartDeploymentCommand,
  StopDeploymentCommand,
  ValidateConfigurationCommand,
} from '@aws-sdk/client-appconfig';
import type { Rollout } from '#shared/contracts/publishing.ts';
import * as z from 'zod';
import { findPlace, type ConfigPlace } from './config-place.ts';
import { readRecord, writeRecord, type DeliveryRecord } from './delivery-record.ts';

/** A version of the configuration that AppConfig keeps. */
export interface KeptVersion {
  /** AppConfig's own number. */
  readonly number: number;
  /** The content hash. */
  readonly version: string;
  /** Who published it, and why. */
  readonly record: DeliveryRecord;
}

/** How AppConfig says a deployment stands. */
export interface Delivery {
  readonly number: number;
  readonly keptNumber: number;
  readonly version: string;
  readonly state: string;
  readonly percent: number;
  readonly startedAt: string | null;
  /** Who started it: the approver where one is required. */
  readonly record: DeliveryRecord;
  /** Why it was taken back; null when it was not. */
  readonly undone: string | null;
}

/** The configuration of one stage in AppConfig. */
export interface ConfigService {
  /** The newest first. */
  versions(): Promise<readonly KeptVersion[]>;
  content(number: number): Promise<string>;
  add(text: string, version: string, record: DeliveryRecord): Promise<number>;
  remove(number: number): Promise<void>;
  /** Why the validator refuses a version; null when it does not. */
  refusalOf(number: number): Promise<string | null>;
  deploy(number: number, rollout: Rollout, record: DeliveryRecord): Promise<Delivery>;
  /** The newest first, `deliveriesMax` at most. */
  deliveries(): Promise<readonly Delivery[]>;
  delivery(number: number): Promise<Delivery>;
  /** Takes one back: what is in progress is stopped, what is complete is reverted. */
  takeBack(number: number): Promise<void>;
}

/** Deployments that are looked at; AppConfig lists them all, the newest first. */
const deliveriesMax = 10;
const labelPrefix = 'v-';

/** The stage's configuration, found by the names that the template gives. @throws CommandError when it is not deployed. */
export async function openConfigService(client: AppConfigClient, prefix: string): Promise<ConfigService> {
  const place = await findPlace(client, prefix);
  const { ApplicationId, EnvironmentId, ConfigurationProfileId } = place;
  const profile = { ApplicationId, ConfigurationProfileId };
  const live = { ApplicationId, EnvironmentId };
  const delivery = async (DeploymentNumber: number): Promise<Delivery> =>
    toDelivery(await client.send(new GetDeploymentCommand({ ...live, DeploymentNumber })));
  return {
    versions: () => listVersions(client, profile),
    content: async (VersionNumber) => {
      const kept = await client.send(new GetHostedConfigurationVersionCommand({ ...profile, VersionNumber }));
      return Buffer.from(kept.Content ?? []).toString('utf8');
    },
    add: async (text, version, record) => {
      const { VersionNumber = 0 } = await client.send(
        new CreateHostedConfigurationVersionCommand({
          ...profile,
          Content: Buffer.from(text),
          ContentType: 'application/json',
          Description: writeRecord(record),
          VersionLabel: `${labelPrefix}${version}`,
        }),
      );
      return VersionNumber;
    },
    remove: async (VersionNumber) => {
      await client.send(new DeleteHostedConfigurationVersionCommand({ ...profile, VersionNumber }));
    },
    refusalOf: (number) => judge(client, { ...profile, ConfigurationVersion: String(number) }),
    deploy: async (number, rollout, record) => {
      const DeploymentStrategyId = strategyOf(place, rollout);
      const started = await client.send(
        new StartDeploymentCommand({
          ...live,
          ConfigurationProfileId,
          ConfigurationVersion: String(number),
          DeploymentStrategyId,
          Description: writeRecord(record),
        }),
      );
      return toDelivery(started);
    },
    deliveries: async () => {
      const numbers = await newestDeployments(client, live);
      return Promise.all(numbers.map(delivery));
    },
    delivery,
    takeBack: async (DeploymentNumber) => {
      await client.send(new StopDeploymentCommand({ ...live, DeploymentNumber, AllowRevert: true }));
    },
  };
}

async function listVersions(
  client: AppConfigClient,
  profile: { readonly ApplicationId: string; readonly ConfigurationProfileId: string },
): Promise<readonly KeptVersion[]> {
  const found: KeptVersion[] = [];
  for await (const { Items = [] } of paginateListHostedConfigurationVersions({ client }, { ...profile })) {
    for (const { VersionNumber: number = 0, VersionLabel = '', Description = '' } of Items) {
      const version = VersionLabel.replace(labelPrefix, '');
      found.push({ number, version, record: readRecord(Description) });
    }
  }
  return found.sort((a, b) => b.number - a.number);
}

async function newestDeployments(
  client: AppConfigClient,
  live: { readonly ApplicationId: string; readonly EnvironmentId: string },
): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const { Items = [] } of paginateListDeployments({ client }, { ...live })) {
    numbers.push(...Items.map(({ DeploymentNumber = 0 }) => DeploymentNumber));
  }
  return numbers.sort((a, b) => b - a).slice(0, deliveriesMax);
}

async function judge(
  client: AppConfigClient,
  version: ConstructorParameters<typeof ValidateConfigurationCommand>[0],
): Promise<string | null> {
  try {
    await client.send(new ValidateConfigurationCommand(version));
    return null;
  } catch (error) {
    if (error instanceof BadRequestException) return error.message;
    throw error;
  }
}

function strategyOf({ strategies }: ConfigPlace, rollout: Rollout): string {
  const id = strategies.get(rollout);
  if (id === undefined) throw new Error(`there is no deployment strategy ${rollout}: deploy the stage again`);
  return id;
}

const takenBack: ReadonlySet<string> = new Set(['ROLLED_BACK', 'ROLLING_BACK', 'REVERTED']);

/** What we read of AppConfig's answer. */
const DeploymentSchema = z.object({
  DeploymentNumber: z.int(),
  ConfigurationVersion: z.coerce.number().int(),
  VersionLabel: z.string().default(''),
  Description: z.string().default(''),
  State: z.string(),
  PercentageComplete: z.number().default(0),
  StartedAt: z.date().optional(),
  EventLog: z
    .array(z.object({ EventType: z.string().default(''), Description: z.string().default('') }))
    .default([]),
});

function toDelivery(answer: GetDeploymentCommandOutput): Delivery {
  const read = DeploymentSchema.parse(answer);
  const why = read.EventLog.find(({ EventType }) => /ROLLBACK|REVERT/u.test(EventType))?.Description;
  return {
    number: read.DeploymentNumber,
    keptNumber: read.ConfigurationVersion,
    version: read.VersionLabel.replace(labelPrefix, ''),
    state: read.State,
    percent: read.PercentageComplete,
    startedAt: read.StartedAt?.toISOString() ?? null,
    record: readRecord(read.Description),
    undone: takenBack.has(read.State) ? (why ?? 'taken back') : null,
  };
}
