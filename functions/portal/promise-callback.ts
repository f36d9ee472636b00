import { createHash } from 'node:crypto';
import * as z from 'zod';
import { checkWebhook, webhookOf } from '#functions/_adapters/standard-webhooks/check-webhook.ts';
import { bodyOf, jsonAnswer, type HttpAnswer, type HttpRequest } from '#functions/_runtime/http.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import type { PaymentPromise } from '#shared/contracts/agreement.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import {
  AmountSchema,
  ChannelSchema,
  CurrencySchema,
  IdSchema,
  LocalDateSchema,
} from '#shared/contracts/primitives.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import { carryOut, type CarryOutParts } from '#shared/usecases/carry-out.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** Where the creditor's own apps and telephone menus tell what a person promised there. */
export const promisesPath = '/callbacks/promises';

const onAccount = { debtorId: IdSchema, accountId: IdSchema };
const timestamp = z.iso
  .datetime({ offset: true })
  .describe('When it happened; the signature carries its own time.');

/** What is told, as Standard Webhooks writes events: `type`, `timestamp`, `data`. */
const PromiseCallbackSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('promise.made'),
    timestamp,
    data: z.strictObject({
      ...onAccount,
      amount: AmountSchema.positive(),
      currency: CurrencySchema,
      date: LocalDateSchema,
      confirmBy: ChannelSchema.optional(),
      replaces: IdSchema.optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('promise.withdrawn'),
    timestamp,
    data: z.strictObject({ ...onAccount, promiseId: IdSchema }),
  }),
]);
type PromiseCallback = z.infer<typeof PromiseCallbackSchema>;

export interface PromiseCallbackParts extends CarryOutParts {
  /** The secret by which the creditor's systems sign, in base64. */
  readonly callbackSecret: () => Promise<string>;
  readonly telemetry: Telemetry;
}

/**
 * Takes a promise that was made elsewhere, by the same rules as one made on a page. The webhook's id makes it happen once:
 * told again it gets the same answer.
 */
export async function answerPromiseCallback(
  request: HttpRequest,
  parts: PromiseCallbackParts,
): Promise<HttpAnswer> {
  const { callbackSecret, clock, telemetry } = parts;
  const webhook = webhookOf(request.headers, bodyOf(request));
  const checked = checkWebhook(webhook, await callbackSecret(), clock.now());
  if (checked !== 'valid') {
    telemetry.count('signature_refused');
    return jsonAnswer(403, { errors: [signatureProblems[checked]] });
  }
  const parsed = PromiseCallbackSchema.safeParse(parseJson(webhook.body));
  if (!parsed.success) {
    telemetry.count('callback_unreadable');
    return jsonAnswer(400, { errors: parsed.error.issues.map(issueProblem) });
  }
  const answer = await carryOut(requestOf(parsed.data, webhook.id ?? ''), parts);
  telemetry.count(`callback_${answer.kind}`);
  return answerOf(answer);
}

const signatureProblems = {
  invalid: {
    problem: 'bad_signature',
    field: null,
    message: 'the Standard Webhooks signature does not fit: sign id.timestamp.body with the callback secret',
  },
  too_old: {
    problem: 'too_old',
    field: 'webhook-timestamp',
    message: 'the signature is more than five minutes from now: sign again with the present time',
  },
};

function issueProblem({ path, message }: z.core.$ZodIssue): object {
  return { problem: 'invalid', field: path.join('.') || null, message };
}

/** How much of a hash keeps ids of webhooks apart, in hexadecimal digits. */
const idDigits = 32;

function requestOf({ type, data }: PromiseCallback, webhookId: string): ActRequest {
  const actId = `callback:${createHash('sha256').update(webhookId).digest('hex').slice(0, idDigits)}`;
  const who = { actId, via: 'callback', by: 'debtor' } as const;
  if (type === 'promise.made') return { kind: 'promise', ...who, ...data };
  const { promiseId, ...account } = data;
  return { kind: 'withdraw', ...who, ...account, agreement: promiseId };
}

function answerOf(answer: ActAnswer): HttpAnswer {
  switch (answer.kind) {
    case 'done':
      return jsonAnswer(201, { result: 'done', ...told(answer.promise) });
    case 'repeated':
      return jsonAnswer(200, { result: 'repeated', ...told(answer.promise) });
    case 'busy':
      return jsonAnswer(503, {
        errors: [{ problem: 'busy', field: null, message: 'the person is being changed: send it again' }],
      });
    case 'refused': {
      const { problem, field, limits } = answer;
      return jsonAnswer(422, { errors: [{ problem, field: `data.${field}`, limits }] });
    }
  }
}

function told(promise: PaymentPromise | undefined): object {
  if (promise === undefined) return {};
  const { promiseId, accountId, amount, currency, dueDate, settlesAt } = promise;
  return {
    promise: {
      promiseId,
      accountId,
      amount,
      currency,
      date: dueDate,
      settlesAt: new Date(settlesAt).toISOString(),
    },
  };
}
