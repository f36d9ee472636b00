import * as z from 'zod';
import type { SendResult } from '#shared/ports/message-sender.ts';
import type { TwilioAnswer } from './twilio-http.ts';
import type { OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import { refusalByCode, refusalByStatus, type Refusal } from './twilio-words.ts';

/** How long to wait after Twilio could not even be reached. */
const unreachableRetryMs = 60_000;
/** Longest wait that Twilio's Retry-After may ask of us. */
const retryAfterMsMax = 3_600_000;

const AcceptedSchema = z.looseObject({ sid: z.string().min(1) });
const ErrorSchema = z.looseObject({ code: z.int() });

/**
 * What Twilio's answer to "send this" means. Only an answer that surely says no is a rejection; a server error may come
 * after Twilio has taken the message, so it is unknown, as is everything that did not come back whole.
 */
export function toSendResult(answer: TwilioAnswer, onUnrecognised: OnUnrecognised): SendResult {
  if (answer.kind === 'not_sent')
    return { kind: 'rejected', reason: answer.reason, retry: { kind: 'after', ms: unreachableRetryMs } };
  if (answer.kind === 'lost') return { kind: 'unknown', reason: answer.reason };
  if (answer.status >= 500) return { kind: 'unknown', reason: 'provider_error' };
  if (answer.status >= 400) return rejection(answer, onUnrecognised);
  const accepted = AcceptedSchema.safeParse(answer.body);
  if (answer.status < 300 && accepted.success) return { kind: 'accepted', providerId: accepted.data.sid };
  return { kind: 'unknown', reason: 'answer_not_understood' };
}

function rejection(
  answer: Extract<TwilioAnswer, { kind: 'answered' }>,
  onUnrecognised: OnUnrecognised,
): SendResult {
  const { reason, retryAfterMs, ends } = refusalOf(answer, onUnrecognised);
  const waitMs =
    answer.retryAfterSeconds === undefined
      ? retryAfterMs
      : Math.min(answer.retryAfterSeconds * 1_000, retryAfterMsMax);
  return {
    kind: 'rejected',
    reason,
    retry:
      retryAfterMs === undefined || waitMs === undefined ? { kind: 'never' } : { kind: 'after', ms: waitMs },
    ...(ends === undefined ? {} : { ends }),
  };
}

function refusalOf(
  { status, body }: { status: number; body: unknown },
  onUnrecognised: OnUnrecognised,
): Refusal {
  const error = ErrorSchema.safeParse(body);
  const known = (error.success ? refusalByCode[error.data.code] : undefined) ?? refusalByStatus[status];
  if (known !== undefined) return known;
  onUnrecognised({ field: 'error_code', value: error.success ? String(error.data.code) : `http_${status}` });
  return { reason: 'unrecognised' };
}
