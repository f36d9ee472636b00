import { bodyOf, jsonAnswer, type HttpAnswer, type HttpRequest } from '#functions/_runtime/http.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { PaymentRequestSchema } from '#shared/contracts/payment-request.ts';
import type { PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { readBody, refusal, type Refusal } from './read-body.ts';

export interface IngestParts {
  readonly store: DebtorStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** The feed's HTTP door: `PUT /accounts/{accountId}` takes one portfolio row, `POST …/payments` one payment. */
export function createHandler(parts: IngestParts) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const body = readBody(bodyOf(request), request.pathParameters?.['accountId'] ?? '');
    if (body.kind === 'refused') return refused(body.refusals, parts);
    return request.routeKey.startsWith('PUT ') ? putAccount(body.object, parts) : pay(body.object, parts);
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
  if (!parsed.success) {
    const refusals = parsed.error.issues.map(({ path, message }) =>
      refusal('invalid', path.join('.') || null, message),
    );
    return refused(refusals, parts);
  }
  const payment = { ...parsed.data, bookedAt: toInstant(Date.parse(parsed.data.bookedAt)) };
  const outcome = await recordPayment(payment, parts);
  parts.telemetry.count(`payment_${outcome.kind}`);
  switch (outcome.kind) {
    case 'recorded':
      return jsonAnswer(201, { result: 'recorded', pastDue: outcome.pastDue, cured: outcome.cured });
    case 'repeated':
      return jsonAnswer(200, { result: 'repeated' });
    case 'refused':
      return jsonAnswer(422, { errors: [refusal(outcome.reason, null, outcome.message)] });
    case 'busy':
      return { ...jsonAnswer(503, { result: 'busy' }), headers: { 'retry-after': '1' } };
  }
}

function refused(errors: readonly Refusal[], { telemetry }: IngestParts): HttpAnswer {
  telemetry.count('refused');
  return jsonAnswer(400, { errors });
}
