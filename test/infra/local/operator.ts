import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { S3Client } from '@aws-sdk/client-s3';

import type { LocalRun } from '#infra/local/local-run.ts';

/** SDK clients that act as the run's operator. */
export function operatorClients(run: LocalRun) {
  const variables = run.operatorEnvironment;
  const settings = (service: string) => ({
    endpoint: variables[`AWS_ENDPOINT_URL_${service}`]!,
    region: variables['AWS_REGION']!,
    credentials: {
      accessKeyId: variables['AWS_ACCESS_KEY_ID']!,
      secretAccessKey: variables['AWS_SECRET_ACCESS_KEY']!,
    },
  });
  const dynamodb = new DynamoDBClient(settings('DYNAMODB'));
  return {
    dynamodb,
    sqs: new SQSClient(settings('SQS')),
    s3: new S3Client({ ...settings('S3'), forcePathStyle: true }),
    put: (PK: string, SK: string, more: Record<string, string> = {}) =>
      dynamodb.send(
        new PutItemCommand({
          TableName: 'people',
          Item: {
            PK: { S: PK },
            SK: { S: SK },
            ...Object.fromEntries(Object.entries(more).map(([name, S]) => [name, { S }])),
          },
        }),
      ),
  };
}

export function queueUrl(run: LocalRun, queueName: string): string {
  return `${run.operatorEnvironment['AWS_ENDPOINT_URL_SQS']!}/000000000000/${queueName}`;
}
