import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import { type Door, planDoors } from '#infra/local/http/doors.ts';
import type { DoorResponse } from '#infra/local/http/payload.ts';
import type { Json } from '#infra/local/json.ts';
import {
  type AppliedOverride,
  type UrlOverride,
  endpointVariables,
} from '#infra/local/lambda/function-environment.ts';
import type { InvocationResult } from '#infra/local/lambda/invocation.ts';
import type { FunctionStats } from '#infra/local/lambda/local-function.ts';
import { checkInvokePermissions } from '#infra/local/iam/invoke-permissions.ts';
import { listNotRunLocally } from '#infra/local/resource-types.ts';
import { type Backends, startBackends } from '#infra/local/run-backends.ts';
import { type Entrances, openEntrances } from '#infra/local/run-entrances.ts';
import type { Topics } from '#infra/local/events/topics.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import { createCallers, createFunctions, readSecrets } from '#infra/local/run-functions.ts';
import { wireEvents } from '#infra/local/run-wiring.ts';
import { type QueueCounts, emulatorAccount } from '#infra/local/sqs/queues.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import { type StackResource, evaluateStacks } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

export interface LocalRunOptions {
  /** The cloud assembly that `cdk synth` wrote. */
  readonly assemblyDir: string;
  /** The stacks to run, by name or artifact id. */
  readonly stacks: readonly string[];
  /** Belongs to the run from here on, which starts and stops it. With `dataDir`, start it at `savedInstant(dataDir)` where there is one. */
  readonly clock: VirtualClock;
  /** Keeps everything over restarts; in memory without it. */
  readonly dataDir?: string | undefined;
  readonly region?: string;
  /** Outside addresses in environment values and what replaces them, `https://api.twilio.com` by the emulator, say. */
  readonly overrides?: readonly UrlOverride[];
  /** Where SES calls go once they are allowed. */
  readonly sesEndpoint?: string;
  /** Secret values by logical id or name; others are made at random. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly onEvent?: OnRunEvent;
}

interface LocalRunStats {
  readonly functions: Readonly<Record<string, FunctionStats>>;
  /** Calls at the gateway by `service:Operation`, as `dynamodb:Query`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly queues: Readonly<Record<string, QueueCounts>>;
}

export interface LocalRun {
  readonly clock: VirtualClock;
  readonly resources: readonly StackResource[];
  /** Ways in over HTTP; `localUrl` is where they listen. */
  readonly doors: readonly Pick<Door, 'logicalId' | 'localUrl' | 'publicUrl'>[];
  /** What in the template does not run here, in plain words. */
  readonly notRunLocally: readonly string[];
  readonly overridesApplied: readonly AppliedOverride[];
  /** Environment with which an AWS SDK client or the command line acts on this run as its operator, who may do everything. */
  readonly operatorEnvironment: Readonly<Record<string, string>>;
  /** Invokes a function, by name or logical id, and waits for its answer. */
  invoke(functionName: string, event: Json): Promise<InvocationResult>;
  /** A request at the first door, or at the one with the logical id, without the network. */
  http(request: {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
    readonly door?: string;
  }): Promise<DoorResponse>;
  /** Publishes a signed message to a topic, by ARN, name or logical id. */
  publishToTopic(topic: string, message: string, subject?: string): Promise<string>;
  settle(): Promise<void>;
  advanceTo(atMs: number): Promise<void>;
  stats(): Promise<LocalRunStats>;
  stop(): Promise<void>;
}

/** Runs the synthesised template on this machine. Fails where AWS would refuse the template or this run cannot judge it. */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const { clock, dataDir, onEvent = (): void => undefined } = options;
  const place = { region: options.region ?? 'us-east-1', account: emulatorAccount };
  const resources = evaluateStacks(readAssembly(options.assemblyDir, options.stacks), place);
  const callers = createCallers(resources);
  const plans = planDoors(resources, place);
  checkInvokePermissions(resources, plans);
  const backends = await startBackends({ resources, clock, place, dataDir });
  const { state } = backends;
  const entrances = await openEntrances({ plans, resources, callers, clock, state, place, onEvent });
  try {
    const overridesApplied = addFunctions(entrances, resources, { ...options, place, onEvent });
    const secrets = readSecrets(resources, { place, given: options.secrets ?? {}, state });
    const { sesEndpoint } = options;
    const parts = { resources, clock, place, backends, entrances, callers, secrets, sesEndpoint, onEvent };
    const topics = await wireEvents(parts);
    clock.start();
    const notRunLocally = listNotRunLocally(resources, plans);
    return runningTemplate({
      clock,
      place,
      resources,
      backends,
      entrances,
      topics,
      overridesApplied,
      notRunLocally,
    });
  } catch (error) {
    await stopAll(clock, entrances, backends);
    throw error;
  }
}

/** Puts the functions behind the entrances; returns which addresses in their environments were replaced. */
function addFunctions(
  entrances: Entrances,
  resources: readonly StackResource[],
  options: LocalRunOptions & { readonly place: LocalPlace; readonly onEvent: OnRunEvent },
): AppliedOverride[] {
  const applied: AppliedOverride[] = [];
  const functions = createFunctions(resources, {
    place: options.place,
    cell: options.clock.cell,
    gatewayUrl: entrances.gateway.url,
    overrides: [...(options.overrides ?? []), ...entrances.addresses],
    extensionPorts: entrances.extensions.ports,
    onOverride: (override) => applied.push(override),
    onEvent: options.onEvent,
  });
  for (const [name, one] of functions) entrances.functions.set(name, one);
  return applied;
}

interface RunningParts extends Pick<LocalRun, 'clock' | 'resources' | 'overridesApplied' | 'notRunLocally'> {
  readonly place: LocalPlace;
  readonly backends: Backends;
  readonly entrances: Entrances;
  readonly topics: Topics;
}

function runningTemplate({ place, backends, entrances, topics, ...known }: RunningParts): LocalRun {
  const { clock, resources } = known;
  const { gateway, doors, extensions, functions } = entrances;
  let stopping: Promise<void> | undefined;
  return {
    ...known,
    doors,
    operatorEnvironment: {
      AWS_REGION: place.region,
      AWS_ACCESS_KEY_ID: operatorAccessKey,
      AWS_SECRET_ACCESS_KEY: 'local',
      ...endpointVariables(gateway.url),
    },
    invoke: (functionName, event) => {
      const name = resources.find(({ logicalId }) => logicalId === functionName)?.name ?? functionName;
      const target = functions.get(name);
      if (target === undefined)
        throw new Error(
          `No function ${functionName} runs here. There are: ${[...functions.keys()].join(', ')}.`,
        );
      return clock.track(target.invoke(JSON.stringify(event)));
    },
    http: (request) => enterDoor(doors, request),
    publishToTopic: (topic, message, subject) => clock.track(topics.publish(topic, message, subject)),
    settle: () => clock.settle(),
    advanceTo: (atMs) => clock.advanceTo(atMs),
    stats: async () => ({
      functions: Object.fromEntries([...functions].map(([name, { stats }]) => [name, { ...stats }])),
      requests: Object.fromEntries([...gateway.requestCounts, ...extensions.requestCounts]),
      queues: await backends.queues.counts(),
    }),
    stop: () => (stopping ??= stopAll(clock, entrances, backends)),
  };
}

async function stopAll(
  clock: VirtualClock,
  { doors, gateway, extensions, functions }: Entrances,
  backends: Backends,
): Promise<void> {
  clock.stop();
  await Promise.all([...doors.map((door) => door.stop()), gateway.stop(), extensions.stop()]);
  await Promise.all([...functions.values()].map((one) => one.stop()));
  await backends.stop();
}

function enterDoor(doors: readonly Door[], request: Parameters<LocalRun['http']>[0]): Promise<DoorResponse> {
  const door =
    request.door === undefined ? doors[0] : doors.find(({ logicalId }) => logicalId === request.door);
  if (door === undefined)
    throw new Error(`The template has no HTTP API or function URL ${request.door ?? ''}.`);
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return door.request({
    method: request.method,
    url: request.url,
    headers: { host: new URL(door.localUrl).host, ...headers },
    body: Buffer.from(request.body ?? ''),
    sourceIp: '127.0.0.1',
  });
}
