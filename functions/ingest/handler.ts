import { bodyOf, jsonAnswer, type HttpAnswer, type HttpRequest } from '#functions/_runtime/http.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { paymentAnswer } from '#functions/_runtime/payment-answer.ts';
import {
  PaymentRequestSchema,
  ReversalRequestSchema,
  toPayment,
  toReversal,
} from '#shared/contracts/payment-request.ts';
import type { PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import type { PaymentParts } from '#shared/usecases/payment-parts.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { reversePayment } from '#shared/usecases/reverse-payment.ts';
import { readBody, refusalsOf, type Refusal } from './read-body.ts';

export interface IngestParts extends PaymentParts {
  readonly store: DebtorStore;
  readonly telemetry: Telemetry;
}

/**
 * The feed's HTTP door: `PUT /accounts/{accountId}` takes one portfolio row, `POST …/payments` one payment and
 * `POST …/reversals` what was taken back of one.
 */
export function createHandler(parts: IngestParts) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const body = readBody(bodyOf(request), request.pathParameters?.['accountId'] ?? '');
    if (body.kind === 'refused') return refused(body.refusals, parts);
    if (request.routeKey.startsWith('PUT ')) return putAccount(body.object, parts);
    return request.routeKey.endsWith('/reversals') ? reverse(body.object, parts) : pay(body.object, parts);
  };
}

async function putAccount(
  object: Readonly<Record<string, unknown>>,
  parts: IngestParts,
): Promise<HttpAnswer> {
  const checked = checkObject(object, localDateAt('UTC', parts.clock.now()));
  if (checked.kind === 'refused') return refused(checked.errors, parts);
  const { imported, cured } = await ingestRows(oneLine(checked.row), parts);
  const result = cured === 1 ? 'cured' : imported === 1 ? 'imported' : 'unchanged';
  parts.telemetry.count(`account_${result}`);
  return jsonAnswer(200, { result });
}

async function* oneLine(row: Extract<PortfolioLine, { row: unknown }>['row']): AsyncGenerator<PortfolioLine> {
  yield await Promise.resolve({ line: 1, text: '', row });
}

async function pay(object: Readonly<Record<string, unknown>>, parts: IngestParts): Promise<HttpAnswer> {
  const parsed = PaymentRequestSchema.safeParse(object);
  if (!parsed.success) return refused(refusalsOf(parsed.error), parts);
  const outcome = await recordPayment(toPayment(parsed.data, 'creditor'), parts);
  parts.telemetry.count(`payment_${outcome.kind}`);
  return paymentAnswer(outcome, 422);
}

async function reverse(object: Readonly<Record<string, unknown>>, parts: IngestParts): Promise<HttpAnswer> {
  const parsed = ReversalRequestSchema.safeParse(object);
  if (!parsed.success) return refused(refusalsOf(parsed.error), parts);
  const outcome = await reversePayment(toReversal(parsed.data, 'creditor'), parts);
  parts.telemetry.count(`reversal_${outcome.kind}`);
  return paymentAnswer(outcome, 422);
}

function refused(errors: readonly Refusal[], { telemetry }: IngestParts): HttpAnswer {
  telemetry.count('refused');
  return jsonAnswer(400, { errors });
}
