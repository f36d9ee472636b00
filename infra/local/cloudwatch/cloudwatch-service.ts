import { type Alarms, alarmStates } from '#infra/local/cloudwatch/alarms.ts';
import { type GatewayAnswer, errorAnswer, jsonAnswer, xmlAnswer } from '#infra/local/gateway/answers.ts';
import type { ServiceHandler, ServiceRequest } from '#infra/local/gateway/gateway.ts';
import type { Authorize } from '#infra/local/gateway/service-handlers.ts';
import { parseJsonObject, textAt } from '#infra/local/json.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';

/** CloudWatch as far as an operator needs it here: SetAlarmState, in its query and its JSON form. */
export function cloudwatchService(options: {
  readonly alarms: Alarms;
  readonly place: LocalPlace;
  readonly authorize: Authorize;
}): ServiceHandler {
  return (request) => {
    const { operation, name, state, isJson } = readCall(request);
    const permissions = [
      { action: `cloudwatch:${operation}`, resource: `${arn('cloudwatch', options.place)}:alarm:${name}` },
    ];
    const refused = options.authorize('query', request.caller, permissions);
    return Promise.resolve({
      operation,
      ...(refused ?? answer({ operation, name, state, isJson }, options)),
    });
  };
}

interface AlarmCall {
  readonly operation: string;
  readonly name: string;
  readonly state: string;
  readonly isJson: boolean;
}

function readCall({ headers, body }: ServiceRequest): AlarmCall {
  const target = headers['x-amz-target'];
  if (target === undefined) {
    const form = new URLSearchParams(body.toString());
    const [operation = '', name = '', state = ''] = ['Action', 'AlarmName', 'StateValue'].map(
      (field) => form.get(field) ?? '',
    );
    return { operation, name, state, isJson: false };
  }
  const call = parseJsonObject(body.toString());
  const operation = String(target).split('.').at(-1) ?? '';
  return {
    operation,
    name: textAt(call, 'AlarmName') ?? '',
    state: textAt(call, 'StateValue') ?? '',
    isJson: true,
  };
}

function answer(
  { operation, name, state, isJson }: AlarmCall,
  { alarms }: { readonly alarms: Alarms },
): GatewayAnswer {
  if (operation !== 'SetAlarmState') return refuse('NotImplemented', `the local run has no ${operation}`);
  const known = alarmStates.find((one) => one === state);
  if (known === undefined) return refuse('InvalidFormat', `StateValue is one of ${alarmStates.join(', ')}`);
  if (!alarms.has(name)) return refuse('ResourceNotFound', `there is no alarm ${name}`);
  alarms.set(name, known);
  return isJson ? jsonAnswer('1.0', 200, {}) : xmlAnswer(200, '<SetAlarmStateResponse/>');
}

function refuse(code: string, message: string): GatewayAnswer {
  return errorAnswer('query', { status: 400, code, message });
}
