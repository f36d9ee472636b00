import { type Extensions, openExtensions } from '#infra/local/appconfig/extension.ts';
import type { Callers } from '#infra/local/gateway/callers.ts';
import { type Gateway, type ServiceHandler, startGateway } from '#infra/local/gateway/gateway.ts';
import { type Door, type DoorPlan, openDoor } from '#infra/local/http/doors.ts';
import type { UrlOverride } from '#infra/local/lambda/function-environment.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import { isRunnableFunction } from '#infra/local/resource-types.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { RunState } from '#infra/local/run-state.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/**
 * Everything that listens: the gateway for the functions' AWS calls, and the doors for the world's requests. They are
 * opened before the functions exist, whose environment needs the addresses; services and functions are filled in after.
 */
export interface Entrances {
  readonly gateway: Gateway;
  readonly doors: readonly Door[];
  readonly extensions: Extensions;
  readonly services: Map<string, ServiceHandler>;
  readonly publicFiles: Map<string, string>;
  readonly functions: Map<string, LocalFunction>;
  /** The addresses on AWS which functions find in their environment, and the local ones. */
  readonly addresses: readonly UrlOverride[];
}

export async function openEntrances(options: {
  readonly plans: readonly DoorPlan[];
  readonly resources: readonly StackResource[];
  readonly callers: Callers;
  readonly clock: VirtualClock;
  readonly state: RunState;
  readonly place: LocalPlace;
  readonly onEvent: OnRunEvent;
}): Promise<Entrances> {
  const { plans, callers, clock, state, place, onEvent } = options;
  const services = new Map<string, ServiceHandler>();
  const publicFiles = new Map<string, string>();
  const functions = new Map<string, LocalFunction>();
  const gateway = await startGateway({
    callers,
    clock,
    services,
    publicFiles,
    onEvent,
    port: lastPort(state, 'gateway'),
  });
  rememberPort(state, 'gateway', gateway.url);
  const doors: Door[] = [];
  for (const plan of plans) {
    const port = lastPort(state, plan.logicalId);
    const door = await openDoor(plan, { functions, callers, clock, account: place.account, port });
    rememberPort(state, plan.logicalId, door.localUrl);
    doors.push(door);
  }
  const extensions = await openExtensions(options.resources.filter(isRunnableFunction), options);
  const addresses = [
    { from: `https://sqs.${place.region}.amazonaws.com`, to: gateway.url },
    ...doors.map(({ publicUrl, localUrl }) => ({ from: publicUrl, to: localUrl })),
  ];
  return { gateway, doors, extensions, services, publicFiles, functions, addresses };
}

/** A restart listens on the same ports where it can: providers and messages hold addresses of the run before. */
function lastPort(state: RunState, name: string): number | undefined {
  const port = state.mark(`port ${name}`);
  return port === undefined ? undefined : Number(port);
}

function rememberPort(state: RunState, name: string, url: string): void {
  state.setMark(`port ${name}`, new URL(url).port);
}
