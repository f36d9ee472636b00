import { randomUUID } from 'node:crypto';

import { type NextFire, parseSchedule } from '#infra/local/events/schedule-expression.ts';
import { type Json, isJsonObject, listAt, parseJson, textAt } from '#infra/local/json.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** Hands an event to the resource with the ARN: a function, a queue, a topic. */
export type DeliverToArn = (arn: string, event: Json) => Promise<void>;

/** Something that fires by the clock. */
interface Schedule {
  readonly nextFire: NextFire;
  readonly fire: (atMs: number) => Promise<void>;
}

/** The schedules of an EventBridge rule or an EventBridge Scheduler resource; empty for others and disabled ones. */
export function readSchedules(resource: StackResource, place: LocalPlace, deliver: DeliverToArn): Schedule[] {
  const { type, properties } = resource;
  const expression = textAt(properties, 'ScheduleExpression');
  if (expression === undefined || properties['State'] === 'DISABLED') return [];
  if (type === 'AWS::Scheduler::Schedule') {
    const target = properties['Target'] ?? null;
    const arn = textAt(target, 'Arn') ?? '';
    const nextFire = parseSchedule(expression, textAt(properties, 'ScheduleExpressionTimezone'));
    return [{ nextFire, fire: (atMs) => deliver(arn, schedulerInput(textAt(target, 'Input'), atMs)) }];
  }
  if (type !== 'AWS::Events::Rule') return [];
  const nextFire = parseSchedule(expression);
  const targets = listAt(properties, 'Targets');
  return [
    {
      nextFire,
      fire: async (atMs) => {
        const event = scheduledEvent(resource.name, place, atMs);
        for (const target of targets) await deliver(textAt(target, 'Arn') ?? '', ruleInput(target, event));
      },
    },
  ];
}

/** Lets a schedule fire on the virtual clock until the run ends. */
export function startSchedule({ nextFire, fire }: Schedule, clock: VirtualClock): void {
  const arrange = (): void => {
    const atMs = nextFire(clock.now());
    if (atMs === undefined) return;
    clock.schedule(atMs, () => {
      arrange();
      return fire(atMs);
    });
  };
  arrange();
}

/** What a rule gives its target: its own constant input, or the event. Input paths and transformers are not followed. */
export function ruleInput(target: Json, event: Json): Json {
  if (isJsonObject(target) && ('InputTransformer' in target || 'InputPath' in target))
    throw new Error(
      `The local run cannot follow InputTransformer and InputPath of target ${textAt(target, 'Id') ?? ''}.`,
    );
  const input = textAt(target, 'Input');
  return input === undefined ? event : parseJson(input);
}

/** (EventBridge User Guide, "Events from scheduled rules".) */
function scheduledEvent(ruleName: string, { region, account }: LocalPlace, atMs: number): Json {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: isoSeconds(atMs),
    region,
    resources: [`arn:aws:events:${region}:${account}:rule/${ruleName}`],
    detail: {},
  };
}

/** Scheduler's context attributes are replaced in the input. (Scheduler User Guide, "Adding context attributes".) */
function schedulerInput(input: string | undefined, atMs: number): Json {
  const text = (input ?? '{}')
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(atMs))
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  return parseJson(text);
}

function isoSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
