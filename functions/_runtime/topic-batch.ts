import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import type { SnsVerdict } from '#functions/_adapters/sns/verify-sns.ts';
import { parseMessage } from './parse-message.ts';
import { eachMessage } from './queue-batch.ts';
import type { Telemetry } from './telemetry.ts';

/** Whose notifications a queue takes. */
export interface TopicParts {
  /** Whether a notification comes from our topic. */
  readonly verify: (envelope: unknown) => Promise<SnsVerdict>;
  readonly telemetry: Telemetry;
}

/** How SES greets a topic when it is connected: the only message that is nothing of its own. */
const greeting = /^Successfully validated SNS topic/;

/**
 * Each notification of a topic that SES tells by way of a queue, in turn; what became of it is counted. One that does not carry
 * our topic's signature reaches nobody.
 */
export function eachNotification(
  event: SQSEvent,
  { verify, telemetry }: TopicParts,
  take: (message: string) => Promise<string>,
): Promise<SQSBatchResponse> {
  const receive = async (body: string): Promise<string> => {
    const verdict = await verify(parseMessage(z.unknown(), body));
    if (verdict.kind === 'forged') {
      telemetry.info('signature_refused', { why: verdict.why });
      return 'signature_refused';
    }
    return greeting.test(verdict.message) ? 'greeting' : take(verdict.message);
  };
  return eachMessage(event, telemetry, async (body) => telemetry.count(await receive(body)));
}
