import { jsonAnswer, type HttpAnswer } from '#functions/_runtime/http.ts';
import { callerOf, unsigned, type Refusal, type SignedRequest } from '#functions/_runtime/signed-request.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import { carryOut, type CarryOutParts } from '#shared/usecases/carry-out.ts';
import { readRequest } from './read-request.ts';
import { refusalText } from '#shared/core/acts/refusal-text.ts';

export interface WorkParts extends CarryOutParts {
  readonly telemetry: Telemetry;
}

/**
 * The door of agents and their tools: `POST /debtors/{debtorId}/acts` takes what a person wants, from somebody who speaks
 * with them, and carries it out by the same rules as the pages do. Who did it is told by the signature.
 */
export function createHandler(parts: WorkParts) {
  return async (request: SignedRequest): Promise<HttpAnswer> => {
    const caller = callerOf(request);
    if (caller === null) return refused(403, [unsigned], parts);
    const read = readRequest(request, caller);
    if (read.kind === 'refused') return refused(400, read.refusals, parts);
    const answer = await carryOut(read.request, parts);
    parts.telemetry.count(`act_${answer.kind}`);
    return answerOf(answer, parts);
  };
}

function answerOf(answer: ActAnswer, parts: WorkParts): HttpAnswer {
  switch (answer.kind) {
    case 'done':
    case 'repeated': {
      const { kind, ...made } = answer;
      return jsonAnswer(kind === 'done' ? 201 : 200, { result: kind, ...made });
    }
    case 'refused': {
      const { problem, field, limits } = answer;
      const message = `${field}: ${refusalText(answer)}`;
      return refused(422, [{ problem, field, message, limits }], parts);
    }
    case 'busy':
      return { ...jsonAnswer(503, { result: 'busy' }), headers: { 'retry-after': '1' } };
  }
}

function refused(
  status: number,
  errors: readonly (Refusal & Partial<Pick<Extract<ActAnswer, { kind: 'refused' }>, 'limits'>>)[],
  { telemetry }: WorkParts,
): HttpAnswer {
  telemetry.count('refused');
  return jsonAnswer(status, { errors });
}
