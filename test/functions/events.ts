import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import type { HttpRequest } from '#functions/_runtime/http.ts';

/** A batch of messages m-1, m-2, … as SQS hands it to a Lambda. */
export function queueEvent(...bodies: readonly unknown[]): SQSEvent {
  const records = bodies.map((body, index) => ({
    messageId: `m-${String(index + 1)}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    eventSource: 'aws:sqs',
  }));
  return { Records: records as SQSRecord[] };
}

/** A batch of stream records with sequence numbers 1, 2, …, one for each key `debtorId/sortKey`. */
export function streamEvent(...keys: readonly string[]): DynamoDBStreamEvent {
  const records = keys.map((key, index): DynamoDBRecord => {
    const [debtorId = '', sortKey = ''] = key.split('/');
    return {
      eventName: 'MODIFY',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        SequenceNumber: String(index + 1),
        Keys: { PK: { S: `debtor#${debtorId}` }, SK: { S: sortKey } },
      },
    };
  });
  return { Records: records };
}

/** A request of the HTTP API. */
export function httpRequest(changes: Partial<HttpRequest>): HttpRequest {
  return { routeKey: '', rawPath: '/', rawQueryString: '', headers: {}, isBase64Encoded: false, ...changes };
}
