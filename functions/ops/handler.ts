import { jsonAnswer, type HttpAnswer } from '#functions/_runtime/http.ts';
import { callerOf, unsigned, type Refusal, type SignedRequest } from '#functions/_runtime/signed-request.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import type { StopScope } from '#shared/contracts/stop.ts';
import { parseStopId } from '#shared/core/stops/stop-id.ts';
import { stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import { secondMs } from '#shared/kernel/instant.ts';
import { historyMax, listStops } from '#shared/usecases/list-stops.ts';
import { resumeContacts } from '#shared/usecases/resume-contacts.ts';
import { stopContacts, type StopParts, type WhoAndWhy } from '#shared/usecases/stop-contacts.ts';
import { readAct } from './read-act.ts';

export interface OpsParts extends StopParts {
  readonly telemetry: Telemetry;
}

/** Acts of the history that are told when nobody says how many. */
const historyDefault = 50;
const effectWithinSeconds = stopsTooOldMs / secondMs;

/**
 * The operators' door: `GET /stops` and `GET /stops/history` tell what is stopped and who did it, `PUT` and
 * `DELETE /stops/{stopId}` stop and resume. Who did it is the AWS principal that signed the request.
 */
export function createHandler(parts: OpsParts) {
  return async (request: SignedRequest): Promise<HttpAnswer> => {
    const caller = callerOf(request);
    if (caller === null) return refused(403, [unsigned], parts);
    switch (request.routeKey) {
      case 'GET /stops':
        return tell(parts);
      case 'GET /stops/history':
        return tellHistory(request, parts);
      case 'PUT /stops/{stopId}':
        return act(request, caller, { parts, work: stop });
      case 'DELETE /stops/{stopId}':
        return act(request, caller, { parts, work: resume });
      default:
        return refused(404, [{ problem: 'no_route', field: null, message: 'there is no such route' }], parts);
    }
  };
}

async function tell(parts: OpsParts): Promise<HttpAnswer> {
  const { inForce } = await listStops(parts, { acts: 0 });
  parts.telemetry.count('stops_told');
  return jsonAnswer(200, { inForce });
}

async function tellHistory({ rawQueryString }: SignedRequest, parts: OpsParts): Promise<HttpAnswer> {
  const text = new URLSearchParams(rawQueryString).get('limit') ?? String(historyDefault);
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > historyMax) {
    const message = `limit: "${text.slice(0, 20)}" is no whole number from 1 to ${String(historyMax)}`;
    return refused(400, [{ problem: 'invalid', field: 'limit', message }], parts);
  }
  const { history } = await listStops(parts, { acts: limit });
  parts.telemetry.count('stops_told');
  return jsonAnswer(200, { history });
}

interface Act {
  readonly scope: StopScope;
  readonly who: WhoAndWhy;
  readonly parts: OpsParts;
}

async function act(
  request: SignedRequest,
  caller: string,
  { parts, work }: { readonly parts: OpsParts; readonly work: (act: Act) => Promise<HttpAnswer> },
): Promise<HttpAnswer> {
  const stopId = request.pathParameters?.['stopId'] ?? '';
  const scope = parseStopId(stopId);
  if (scope === null) return refused(400, [badStopId], parts);
  const read = readAct(request, caller);
  if (read.kind === 'refused') return refused(400, read.refusals, parts);
  const answer = await work({ scope, who: read.who, parts });
  parts.telemetry.info('stops_asked', { route: request.routeKey, stopId, status: answer.statusCode ?? 0 });
  return answer;
}

const badStopId: Refusal = {
  problem: 'bad_stop_id',
  field: 'stopId',
  message:
    'stopId: write all, creditor:ID, strategy:NAME (without its version), channel:sms, channel:email, channel:call or experiment:ID',
};

async function stop({ scope, who, parts }: Act): Promise<HttpAnswer> {
  const result = await stopContacts(scope, who, parts);
  if (result.kind === 'refused') {
    const status = result.problem === 'names_unreadable' ? 503 : 422;
    return refused(status, [{ problem: result.problem, field: 'stopId', message: result.message }], parts);
  }
  parts.telemetry.count(`stop_${result.kind}`);
  const status = result.kind === 'stopped' ? 201 : 200;
  return jsonAnswer(status, { result: result.kind, stop: result.stop, effectWithinSeconds });
}

async function resume({ scope, who, parts }: Act): Promise<HttpAnswer> {
  const { kind, stillInForce } = await resumeContacts(scope, who, parts);
  parts.telemetry.count(`resume_${kind}`);
  return jsonAnswer(200, { result: kind, stillInForce, effectWithinSeconds });
}

function refused(status: number, errors: readonly Refusal[], { telemetry }: OpsParts): HttpAnswer {
  telemetry.count('refused');
  return jsonAnswer(status, { errors });
}
