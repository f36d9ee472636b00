import type { Context } from 'aws-lambda';
import type { FunctionTelemetry } from './telemetry.ts';

/**
 * What Lambda calls: gives each line the request's id, writes the counts at the end, and logs an error that nobody handled
 * before it becomes Lambda's own (a retry, or 500 for HTTP).
 */
export function lambdaEntry<Event, Answer>(
  telemetry: FunctionTelemetry,
  handle: (event: Event) => Promise<Answer>,
): (event: Event, context: Pick<Context, 'awsRequestId'>) => Promise<Answer> {
  return async (event, { awsRequestId }) => {
    telemetry.startInvocation(awsRequestId);
    try {
      return await handle(event);
    } catch (error) {
      telemetry.error('invocation_failed', error);
      throw error;
    } finally {
      telemetry.flush();
    }
  };
}
