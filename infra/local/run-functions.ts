import { randomBytes } from 'node:crypto';

import { Callers, functionCaller } from '#infra/local/gateway/callers.ts';
import type { LocalSecret } from '#infra/local/gateway/service-handlers.ts';
import { roleNameOf, roleStatements } from '#infra/local/iam/role-policies.ts';
import { type Json, isJsonObject, objectAt, textAt } from '#infra/local/json.ts';
import type { AsyncInvokeConfig } from '#infra/local/lambda/async-invoker.ts';
import {
  type AppliedOverride,
  type UrlOverride,
  functionEnvironment,
} from '#infra/local/lambda/function-environment.ts';
import { LocalFunction } from '#infra/local/lambda/local-function.ts';
import { isRunnableFunction } from '#infra/local/resource-types.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { RunState } from '#infra/local/run-state.ts';
import { type LocalPlace, arn, resourceRef } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

const generatedSecretBytes = 24;
const defaultTimeoutSeconds = 3;
/** Real time a function may take for each second of its time-out: the machine also runs everything else. */
const timeoutStretch = 5;
const timeoutMinMs = 20_000;
const defaultMemorySizeMb = 128;

/** The functions that can run, by name. */
export function createFunctions(
  resources: readonly StackResource[],
  options: {
    readonly place: LocalPlace;
    readonly cell: SharedArrayBuffer;
    readonly gatewayUrl: string;
    readonly overrides: readonly UrlOverride[];
    readonly extensionPorts: ReadonlyMap<string, number>;
    readonly onOverride: (applied: AppliedOverride) => void;
    readonly onEvent: OnRunEvent;
  },
): Map<string, LocalFunction> {
  const functions = resources.filter(isRunnableFunction).map((resource) => {
    const { name, properties, assetFolder = '' } = resource;
    const memorySizeMb = Number(properties['MemorySize'] ?? defaultMemorySizeMb);
    const timeoutSeconds = Number(properties['Timeout'] ?? defaultTimeoutSeconds);
    const reserved = properties['ReservedConcurrentExecutions'];
    return new LocalFunction({
      thread: {
        cell: options.cell,
        handler: textAt(properties, 'Handler') ?? 'index.handler',
        folder: assetFolder,
        functionName: name,
        functionArn: `${arn('lambda', options.place)}:function:${name}`,
        memorySizeMb,
      },
      environment: functionEnvironment(resource, options),
      timeoutSeconds,
      timeoutMs: Math.max(timeoutMinMs, timeoutSeconds * 1_000 * timeoutStretch),
      reservedConcurrency: reserved === undefined ? undefined : Number(reserved),
      onLog: (line) => options.onEvent({ kind: 'logged', functionName: name, line }),
      onInvoked: ({ failure }, durationMs) => {
        const reason = failure === undefined ? undefined : `${failure.errorType}: ${failure.errorMessage}`;
        options.onEvent({ kind: 'invoked', functionName: name, durationMs, failure: reason });
      },
    });
  });
  return new Map(functions.map((one) => [one.name, one]));
}

/** Who may call the gateway: each function with the policies of its role. */
export function createCallers(resources: readonly StackResource[]): Callers {
  const callers = new Callers();
  for (const { name, properties } of resources.filter(isRunnableFunction)) {
    const roleName = roleNameOf(textAt(properties, 'Role') ?? '');
    callers.addFunction(functionCaller(name, roleName, roleStatements(roleName, resources)));
  }
  return callers;
}

/** How each function treats asynchronous events, by function name. */
export function readAsyncConfigs(resources: readonly StackResource[]): Map<string, AsyncInvokeConfig> {
  const configs = new Map<string, AsyncInvokeConfig>();
  for (const { name, properties } of resources.filter(isRunnableFunction))
    configs.set(name, { deadLetterArn: textAt(properties['DeadLetterConfig'], 'TargetArn') });
  for (const { properties } of resources.filter(({ type }) => type === 'AWS::Lambda::EventInvokeConfig')) {
    const name = textAt(properties, 'FunctionName') ?? '';
    const destinations = properties['DestinationConfig'];
    configs.set(name, {
      ...configs.get(name),
      retriesMax: numberOf(properties['MaximumRetryAttempts']),
      eventAgeMaxMs: secondsToMs(properties['MaximumEventAgeInSeconds']),
      onSuccessArn: textAt(objectAt(destinations, 'OnSuccess'), 'Destination'),
      onFailureArn: textAt(objectAt(destinations, 'OnFailure'), 'Destination'),
    });
  }
  return configs;
}

/**
 * The template's secrets with their values: given by the caller (by logical id or name), else made at random as
 * Secrets Manager would.
 */
export function readSecrets(
  resources: readonly StackResource[],
  options: {
    readonly place: LocalPlace;
    readonly given: Readonly<Record<string, string>>;
    readonly state: RunState;
  },
): LocalSecret[] {
  return resources
    .filter(({ type }) => type === 'AWS::SecretsManager::Secret')
    .map((secret) => {
      const { name, logicalId, properties } = secret;
      const fixed = options.given[logicalId] ?? options.given[name] ?? textAt(properties, 'SecretString');
      const value =
        fixed ?? generated(properties['GenerateSecretString'], randomText(options.state, logicalId));
      return { name, arn: resourceRef(secret, options.place), value };
    });
}

/** Made once and kept with the run's data. */
function randomText(state: RunState, logicalId: string): string {
  const made = state.mark(`secret ${logicalId}`) ?? randomBytes(generatedSecretBytes).toString('base64url');
  state.setMark(`secret ${logicalId}`, made);
  return made;
}

function generated(rule: Json | undefined, random: string): string {
  const template = textAt(rule, 'SecretStringTemplate');
  const key = textAt(rule, 'GenerateStringKey');
  if (template === undefined || key === undefined) return random;
  const content: unknown = JSON.parse(template);
  return JSON.stringify({ ...(isJsonObject(content) ? content : {}), [key]: random });
}

function numberOf(value: Json | undefined): number | undefined {
  return value === undefined || value === null ? undefined : Number(value);
}

function secondsToMs(value: Json | undefined): number | undefined {
  const seconds = numberOf(value);
  return seconds === undefined ? undefined : seconds * 1_000;
}
