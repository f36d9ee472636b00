import { createHash } from 'node:crypto';

const minuteMs = 60_000;
/** AppConfig takes back a finished deployment for this long. (User Guide, "Reverting a configuration".) */
const revertWithinMs = 72 * 60 * minuteMs;

/** A deployment strategy of the template. */
export interface RolloutPlan {
  readonly minutes: number;
  /** Share of the callers that is added at each step, in percent. */
  readonly growthPercent: number;
  readonly bakeMinutes: number;
}

/** One deployment, as it is kept: where it stands follows from the clock. */
export interface Deployment {
  readonly number: number;
  /** The hosted version that it rolls out. */
  readonly version: number;
  readonly strategyId: string;
  readonly description: string;
  readonly plan: RolloutPlan;
  readonly startedAtMs: number;
  /** Set when it was taken back before or after its end. */
  readonly undone?: {
    readonly state: 'ROLLED_BACK' | 'REVERTED';
    readonly atMs: number;
    readonly why: string;
  };
}

export type DeploymentState = 'DEPLOYING' | 'BAKING' | 'COMPLETE' | 'ROLLED_BACK' | 'REVERTED';

export interface Progress {
  readonly state: DeploymentState;
  readonly percent: number;
}

/** Where a deployment stands at an instant: it grows in equal steps from its first moment, then is watched for the bake time. */
export function progressOf({ plan, startedAtMs, undone }: Deployment, nowMs: number): Progress {
  if (undone !== undefined) return { state: undone.state, percent: 0 };
  const elapsedMs = nowMs - startedAtMs;
  const growMs = plan.minutes * minuteMs;
  if (elapsedMs >= growMs + plan.bakeMinutes * minuteMs) return { state: 'COMPLETE', percent: 100 };
  if (elapsedMs >= growMs) return { state: 'BAKING', percent: 100 };
  const stepMs = (growMs * plan.growthPercent) / 100;
  const steps = 1 + Math.floor(elapsedMs / stepMs);
  return { state: 'DEPLOYING', percent: Math.min(100, steps * plan.growthPercent) };
}

/** When a deployment that nobody stops is complete. */
export function completeAtMs({ plan, startedAtMs }: Deployment): number {
  return startedAtMs + (plan.minutes + plan.bakeMinutes) * minuteMs;
}

export function isInProgress(deployment: Deployment, nowMs: number): boolean {
  return ['DEPLOYING', 'BAKING'].includes(progressOf(deployment, nowMs).state);
}

export function mayRevert(deployment: Deployment, nowMs: number): boolean {
  const { state } = progressOf(deployment, nowMs);
  return state === 'COMPLETE' && nowMs - completeAtMs(deployment) <= revertWithinMs;
}

/**
 * The version that a caller gets: of the deployment that is growing if the caller belongs to its share, else of the last
 * one that was not taken back; undefined when there is none. A caller that got the new one keeps it as the share grows.
 */
export function versionFor(
  caller: string,
  deployments: readonly Deployment[],
  nowMs: number,
): number | undefined {
  for (const deployment of deployments.toReversed()) {
    const { percent } = progressOf(deployment, nowMs);
    if (percent > placeOf(caller)) return deployment.version;
  }
  return undefined;
}

/** A caller's fixed place among all, from 0 to below 100. */
function placeOf(caller: string): number {
  return createHash('sha256').update(caller).digest().readUInt32BE(0) % 100;
}
