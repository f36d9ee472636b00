import type { ConfigResources } from '#infra/local/appconfig/config-resources.ts';
import {
  completeAtMs,
  type Deployment,
  isInProgress,
  mayRevert,
  progressOf,
  versionFor,
} from '#infra/local/appconfig/rollout.ts';
import { type HostedVersion, VersionShelf } from '#infra/local/appconfig/version-shelf.ts';
import type { Alarms } from '#infra/local/cloudwatch/alarms.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { RunState } from '#infra/local/run-state.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** A refusal in AppConfig's own words. */
export class AppConfigError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'AppConfigError';
    this.status = status;
    this.code = code;
  }
}

export interface AppConfigParts {
  readonly template: ConfigResources;
  readonly clock: VirtualClock;
  readonly state: RunState;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly alarms: Alarms;
  readonly onEvent: OnRunEvent;
}

const deploymentsMark = 'appconfig deployments';

/** AppConfig's memory and its rules: versions are judged before they are rolled out, and an alarm takes a deployment back. */
export class LocalAppConfig {
  readonly template: ConfigResources;
  readonly versions: VersionShelf;
  readonly #parts: AppConfigParts;
  #deployments: readonly Deployment[];

  constructor(parts: AppConfigParts) {
    this.template = parts.template;
    this.#parts = parts;
    this.versions = new VersionShelf(parts.state);
    const kept = parts.state.mark(deploymentsMark);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- this class alone writes the mark
    this.#deployments = kept === undefined ? [] : JSON.parse(kept);
    parts.alarms.onSet(() => this.#rollBackOnAlarm());
    for (const deployment of this.#deployments) this.#announceEnd(deployment);
  }

  get deployments(): readonly Deployment[] {
    return this.#deployments;
  }

  deployment(number: number): Deployment {
    const found = this.#deployments.find((one) => one.number === number);
    if (found === undefined) throw notFound(`Deployment ${String(number)}`);
    return found;
  }

  /** What a caller gets now; undefined when there is nothing for it. */
  deployedFor(caller: string): HostedVersion | undefined {
    const number = versionFor(caller, this.#deployments, this.#parts.clock.now());
    return number === undefined ? undefined : this.versions.read(number);
  }

  /** Has a version judged by the profile's validators. @throws AppConfigError with their reasons when one refuses. */
  async validate(number: number): Promise<void> {
    const version = this.#version(number);
    const { application, profile, validators } = this.template;
    const event = JSON.stringify({
      applicationId: application.id,
      configurationProfileId: profile.id,
      configurationVersion: String(number),
      content: Buffer.from(version.content).toString('base64'),
      uri: 'hosted',
    });
    for (const name of validators) {
      const judge = this.#parts.functions.get(name);
      if (judge === undefined) throw notFound(`Validator function ${name}`);
      const { failure } = await judge.invoke(event);
      if (failure !== undefined)
        throw new AppConfigError(400, 'BadRequestException', `${name} refused it: ${failure.errorMessage}`);
    }
  }

  /** Rolls a version out by a strategy of the template, after it was judged. */
  async startDeployment(request: {
    readonly version: number;
    readonly strategyId: string;
    readonly description: string;
  }): Promise<Deployment> {
    const { version, strategyId, description } = request;
    const strategy = this.template.strategies.find(({ id }) => id === strategyId);
    if (strategy === undefined) throw notFound(`Deployment strategy ${strategyId}`);
    this.#refuseWhileInProgress();
    await this.validate(version);
    this.#refuseWhileInProgress();
    const deployment: Deployment = {
      number: this.#deployments.length + 1,
      version,
      strategyId,
      description,
      plan: strategy.plan,
      startedAtMs: this.#parts.clock.now(),
    };
    this.#keep([...this.#deployments, deployment]);
    const label = this.versions.read(version)?.label ?? '';
    this.#tell(`deployment ${String(deployment.number)} rolls out ${label} (${strategy.name})`);
    this.#announceEnd(deployment);
    this.#rollBackOnAlarm();
    return this.deployment(deployment.number);
  }

  /** Takes back a deployment that is in progress, or with `allowRevert` one that is complete. */
  stopDeployment(number: number, allowRevert: boolean): Deployment {
    const deployment = this.deployment(number);
    const now = this.#parts.clock.now();
    if (isInProgress(deployment, now)) this.#undo(deployment, 'ROLLED_BACK', 'stopped by hand');
    else if (allowRevert && mayRevert(deployment, now))
      this.#undo(deployment, 'REVERTED', 'reverted by hand');
    else
      throw new AppConfigError(
        400,
        'BadRequestException',
        `Deployment ${String(number)} is ${progressOf(deployment, now).state} and cannot be stopped`,
      );
    return this.deployment(number);
  }

  #version(number: number): HostedVersion {
    const version = this.versions.read(number);
    if (version === undefined) throw notFound(`Configuration version ${String(number)}`);
    return version;
  }

  #refuseWhileInProgress(): void {
    const running = this.#deployments.find((one) => isInProgress(one, this.#parts.clock.now()));
    if (running !== undefined)
      throw new AppConfigError(
        409,
        'ConflictException',
        `Deployment ${String(running.number)} is still in progress`,
      );
  }

  #rollBackOnAlarm(): void {
    const alarm = this.template.monitors.find((one) => this.#parts.alarms.stateOf(one) !== 'OK');
    if (alarm === undefined) return;
    for (const deployment of this.#deployments.filter((one) => isInProgress(one, this.#parts.clock.now())))
      this.#undo(deployment, 'ROLLED_BACK', `alarm ${alarm.slice(alarm.lastIndexOf(':') + 1)} went off`);
  }

  #undo(deployment: Deployment, state: 'ROLLED_BACK' | 'REVERTED', why: string): void {
    const undone = { state, atMs: this.#parts.clock.now(), why };
    this.#keep(this.#deployments.map((one) => (one.number === deployment.number ? { ...one, undone } : one)));
    this.#tell(`deployment ${String(deployment.number)} was taken back: ${why}`);
  }

  #announceEnd({ number, ...deployment }: Deployment): void {
    const { clock } = this.#parts;
    const atMs = completeAtMs({ number, ...deployment });
    if (deployment.undone !== undefined || atMs < clock.now()) return;
    const announce = (): void => {
      if (progressOf(this.deployment(number), clock.now()).state === 'COMPLETE')
        this.#tell(`deployment ${String(number)} is complete`);
    };
    if (atMs === clock.now()) announce();
    else clock.schedule(atMs, announce);
  }

  #keep(deployments: readonly Deployment[]): void {
    this.#deployments = deployments;
    this.#parts.state.setMark(deploymentsMark, JSON.stringify(deployments));
  }

  #tell(what: string): void {
    this.#parts.onEvent({ kind: 'configured', what });
  }
}

function notFound(what: string): AppConfigError {
  return new AppConfigError(404, 'ResourceNotFoundException', `${what} does not exist`);
}
