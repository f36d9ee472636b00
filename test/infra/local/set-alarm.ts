import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { LocalRun } from '#infra/local/local-run.ts';

/** Sets an alarm's state as an operator would by `aws cloudwatch set-alarm-state`; resolves to the answer's status. */
export async function setAlarm(run: LocalRun, name: string, state: string): Promise<number> {
  const response = await fetch(run.operatorEnvironment['AWS_ENDPOINT_URL_CLOUDWATCH']!, {
    method: 'POST',
    headers: { authorization: localAuthorization('us-east-1', 'monitoring', operatorAccessKey) },
    body: new URLSearchParams({
      Action: 'SetAlarmState',
      AlarmName: name,
      StateValue: state,
      StateReason: 'test',
    }),
  });
  return response.status;
}
