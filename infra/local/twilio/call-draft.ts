import { apiError, type ApiError } from './api-error.ts';
import { isTelephoneNumber, single } from './message-draft.ts';
import type { RequestParameters } from './openapi-check.ts';
import type { CallRecord } from './records.ts';

/** How long Twilio lets a telephone ring when the request does not say. */
const ringTimeoutSecondsDefault = 60;
const ringTimeoutSecondsMax = 600;

type CallEvent = CallRecord['statusCallbackEvents'][number];
const callEvents: ReadonlySet<string> = new Set<CallEvent>(['initiated', 'ringing', 'answered', 'completed']);

/** What a call is before Twilio has taken it. */
export type CallDraft = Pick<
  CallRecord,
  | 'to'
  | 'from'
  | 'url'
  | 'twiml'
  | 'statusCallback'
  | 'statusCallbackEvents'
  | 'timeoutSeconds'
  | 'machineDetection'
  | 'asyncAmdStatusCallback'
>;

/** Judges the parameters of a new call beyond their form, with the codes that Twilio answers. */
export function readCallDraft(parameters: RequestParameters): CallDraft | ApiError {
  const to = single(parameters, 'To');
  const from = single(parameters, 'From');
  const url = single(parameters, 'Url');
  const twiml = single(parameters, 'Twiml');
  if (to === undefined) return apiError(21201);
  if (from === undefined) return apiError(21213);
  if (!isTelephoneNumber(to)) return apiError(21211, to);
  if (!isTelephoneNumber(from)) return apiError(21212, from);
  if (url === undefined && twiml === undefined) return apiError(21205, '');
  const options = readOptions(parameters);
  return 'code' in options ? options : { to, from, url, twiml, ...options };
}

function readOptions(
  parameters: RequestParameters,
): Omit<CallDraft, 'to' | 'from' | 'url' | 'twiml'> | ApiError {
  const timeoutSeconds = Number(single(parameters, 'Timeout') ?? ringTimeoutSecondsDefault);
  if (timeoutSeconds > ringTimeoutSecondsMax)
    return apiError(20001, `Timeout ${timeoutSeconds} is above ${ringTimeoutSecondsMax}`);
  const detection = single(parameters, 'MachineDetection');
  if (detection !== undefined && detection !== 'Enable' && detection !== 'DetectMessageEnd') {
    return apiError(20001, `MachineDetection ${detection} is neither Enable nor DetectMessageEnd`);
  }
  const events = eventsOf(parameters['StatusCallbackEvent']);
  const unknown = events.find((event) => !callEvents.has(event));
  if (unknown !== undefined)
    return apiError(20001, `StatusCallbackEvent ${unknown} is not a call progress event`);
  return {
    statusCallback: single(parameters, 'StatusCallback'),
    statusCallbackEvents: events.filter(isCallEvent),
    timeoutSeconds,
    machineDetection: detection,
    asyncAmdStatusCallback:
      single(parameters, 'AsyncAmd') === 'true' ? single(parameters, 'AsyncAmdStatusCallback') : undefined,
  };
}

/** Without an event named, Twilio reports only that the call has ended. */
function eventsOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return ['completed'];
  return typeof value === 'string' ? [value] : value;
}

function isCallEvent(event: string): event is CallEvent {
  return callEvents.has(event);
}
