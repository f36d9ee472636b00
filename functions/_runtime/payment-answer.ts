import type { PaymentOutcome } from '#shared/usecases/record-payment.ts';
import type { ReversalOutcome } from '#shared/usecases/reverse-payment.ts';
import { jsonAnswer, type HttpAnswer } from './http.ts';

/**
 * What whoever told a payment or a reversal is answered.
 *
 * @param refusedStatus a caller that waits for the answer is told by an error; whoever would only send the same again is not.
 */
export function paymentAnswer(
  outcome: PaymentOutcome | ReversalOutcome,
  refusedStatus: 200 | 422,
): HttpAnswer {
  const { kind, ...rest } = outcome;
  switch (outcome.kind) {
    case 'recorded':
      return jsonAnswer(201, { result: kind, ...rest });
    case 'repeated':
      return jsonAnswer(200, { result: kind });
    case 'parked':
      return jsonAnswer(202, { result: kind, ...rest });
    case 'refused': {
      const errors = [{ problem: outcome.reason, column: null, message: outcome.message }];
      return jsonAnswer(refusedStatus, refusedStatus === 200 ? { result: kind, errors } : { errors });
    }
    case 'busy':
      return { ...jsonAnswer(503, { result: kind }), headers: { 'retry-after': '1' } };
  }
}
