import { textAt } from '#infra/local/json.ts';
import type { RunState } from '#infra/local/run-state.ts';
import { type LocalPlace, resourceAttribute } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof alarmStates)[number];

/**
 * The template's alarms. Their metrics are not evaluated here: each is OK until the operator sets its state, as CloudWatch's
 * SetAlarmState does. Composite alarms that are an OR of others follow them.
 */
export class Alarms {
  readonly #names = new Map<string, string>();
  readonly #parts = new Map<string, readonly string[]>();
  readonly #state: RunState;
  readonly #listeners: ((name: string) => void)[] = [];

  constructor(resources: readonly StackResource[], place: LocalPlace, state: RunState) {
    this.#state = state;
    for (const resource of resources) {
      if (resource.type !== 'AWS::CloudWatch::Alarm' && resource.type !== 'AWS::CloudWatch::CompositeAlarm')
        continue;
      this.#names.set(resource.name, resource.name);
      this.#names.set(resourceAttribute(resource, 'Arn', place), resource.name);
      if (resource.type === 'AWS::CloudWatch::CompositeAlarm')
        this.#parts.set(resource.name, partsOf(resource));
    }
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Calls back with the name of each alarm whose state was set. */
  onSet(listener: (name: string) => void): void {
    this.#listeners.push(listener);
  }

  set(name: string, state: AlarmState): void {
    this.#state.setMark(`alarm ${name}`, state);
    for (const listener of this.#listeners) listener(name);
  }

  /** By name or ARN. */
  stateOf(nameOrArn: string): AlarmState {
    const name = this.#names.get(nameOrArn) ?? nameOrArn;
    const parts = this.#parts.get(name);
    if (parts?.some((part) => this.stateOf(part) === 'ALARM') === true) return 'ALARM';
    const set = this.#state.mark(`alarm ${name}`);
    return alarmStates.find((one) => one === set) ?? 'OK';
  }
}

/** The alarms of a rule such as `(ALARM("a") OR ALARM("b"))`, by name or ARN. */
function partsOf({ logicalId, properties }: StackResource): string[] {
  const rule = (textAt(properties, 'AlarmRule') ?? '').replaceAll(/^\(|\)$/g, '');
  return rule.split(' OR ').map((term) => {
    const part = /^\(?ALARM\("([^"]+)"\)?\)?$/.exec(term.trim())?.[1];
    if (part === undefined)
      throw new Error(`${logicalId}: the local run follows ALARM(…) OR ALARM(…) only, not ${term}.`);
    return part;
  });
}
