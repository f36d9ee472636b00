import { ConflictException } from '@aws-sdk/client-appconfig';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { configBytesMax } from '#shared/contracts/config-size.ts';
import { PublishingSchema, type Publishing, type Rollout } from '#shared/contracts/publishing.ts';
import * as z from 'zod';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import type { ConfigService, Delivery, KeptVersion } from './config-service.ts';
import type { DeliveryRecord } from './delivery-record.ts';
import { inForce, inProgress, namedVersion } from './standing.ts';

/** What came of publishing: it is rolled out, somebody has to approve it, or it is published already. */
export type Published =
  | { readonly kind: 'started'; readonly delivery: Delivery }
  | { readonly kind: 'waiting'; readonly version: string; readonly among: readonly string[] | null }
  | { readonly kind: 'unchanged'; readonly version: string };

export interface PublishOptions {
  readonly service: ConfigService;
  readonly record: DeliveryRecord;
  /** Instead of what config/publishing.yaml says. */
  readonly rollout?: Rollout | undefined;
}

/**
 * Gives a configuration to AppConfig, has it judged there, and rolls it out, or leaves it waiting for the second approver.
 * Publishing what is in force changes nothing.
 *
 * @throws CommandError when it is too large, refused, or another deployment is in progress.
 */
export async function publishBundle(bundle: ConfigBundle, options: PublishOptions): Promise<Published> {
  const { service, record } = options;
  const { version } = bundle;
  const deliveries = await service.deliveries();
  const standing = inForce(deliveries);
  if (standing?.version === version && inProgress(deliveries) === undefined)
    return { kind: 'unchanged', version };
  const number = await keepJudged(bundle, options);
  const { approvers, rollout } = await publishingRules(bundle.publishing, standing, service);
  if (approvers.required) return { kind: 'waiting', version, among: approvers.among ?? null };
  return { kind: 'started', delivery: await start(service, number, options.rollout ?? rollout, record) };
}

/**
 * Rolls out a version that waits for its second approver.
 * @throws CommandError when the approver published it, may not approve, or there is no such version.
 */
export async function approveVersion(named: string, options: PublishOptions): Promise<Delivery> {
  const { service, record } = options;
  const [versions, deliveries] = await Promise.all([service.versions(), service.deliveries()]);
  const kept = namedVersion(named, versions);
  const rules = await publishingRules(
    publishingOf(await service.content(kept.number)),
    inForce(deliveries),
    service,
  );
  refuseApprover(kept, record.by, rules);
  return start(service, kept.number, options.rollout ?? rules.rollout, record);
}

function refuseApprover({ record, version }: KeptVersion, by: string, { approvers }: Publishing): void {
  if (approvers.required && record.by === by) {
    const sentence = `${by} published ${short(version)} and cannot approve it: ask somebody else`;
    throw new CommandError(exitStatus.refused, 'same_person', [sentence]);
  }
  if (approvers.among !== undefined && !approvers.among.includes(by)) {
    const sentence = `${by} is not among those who may approve: ${approvers.among.join(', ')}`;
    throw new CommandError(exitStatus.refused, 'not_an_approver', [sentence]);
  }
}

/**
 * A version's number in AppConfig, where its validator has judged it; one that is refused is not kept.
 * @throws CommandError with each reason when it is refused, here or there.
 */
export async function keepJudged(bundle: ConfigBundle, { service, record }: PublishOptions): Promise<number> {
  const text = JSON.stringify(bundle);
  const bytes = Buffer.byteLength(text);
  if (bytes > configBytesMax) {
    const sentence = `the configuration has ${String(bytes)} bytes, more than ${String(configBytesMax)}: shorten texts, or take out what no strategy uses`;
    throw new CommandError(exitStatus.refused, 'too_large', [sentence]);
  }
  const known = (await service.versions()).find(({ version }) => version === bundle.version);
  const number = known?.number ?? (await service.add(text, bundle.version, record));
  const refusal = await service.refusalOf(number);
  if (refusal === null) return number;
  if (known === undefined) await service.remove(number);
  throw new CommandError(exitStatus.refused, 'refused', refusal.split('\n'));
}

/** Rolls a version out. @throws CommandError while another deployment is in progress. */
export async function start(
  service: ConfigService,
  number: number,
  rollout: Rollout,
  record: DeliveryRecord,
): Promise<Delivery> {
  try {
    return await service.deploy(number, rollout, record);
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    const sentence = `${error.message}: wait for its end, or take it back by \`dunwell config rollback\``;
    throw new CommandError(exitStatus.refused, 'in_progress', [sentence], { cause: error });
  }
}

/**
 * The rules for a change: what the version in force says, and what the new one says; approval is required when either
 * requires it, so that nobody can lift the requirement by the change itself.
 */
async function publishingRules(
  proposed: Publishing,
  standing: Delivery | undefined,
  service: ConfigService,
): Promise<Publishing> {
  if (standing === undefined) return proposed;
  const present = publishingOf(await service.content(standing.keptNumber));
  const approvers = present.approvers.required ? present.approvers : proposed.approvers;
  return { ...proposed, approvers };
}

const WithPublishingSchema = z.object({ publishing: PublishingSchema });

/** @throws CommandError when a version was not made by this release. */
function publishingOf(text: string): Publishing {
  const parsed = WithPublishingSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.publishing;
  const sentence = 'the version in force does not say who approves: it was made by another release';
  throw new CommandError(exitStatus.broken, 'other_release', [sentence]);
}

/** A version as people name it. */
export function short(version: string): string {
  return version.slice(0, 12);
}
