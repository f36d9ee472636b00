import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { debtorIdOf, partitionOf } from '#functions/_adapters/dynamodb/keys.ts';
import { readPerson } from '#functions/_adapters/dynamodb/read-person.ts';
import type { LocalRun } from '#infra/local/local-run.ts';
import type { Person } from '#shared/contracts/person.ts';

/** Reads everybody in the local table, as an operator would with a scan. Only for the local run's own view. */
export function peopleReader({ resources, operatorEnvironment }: LocalRun): () => Promise<readonly Person[]> {
  const table = resources.find(({ type }) => type.startsWith('AWS::DynamoDB::'));
  if (table === undefined) throw new Error('the template has no DynamoDB table');
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: operatorEnvironment['AWS_REGION'] ?? '',
      endpoint: operatorEnvironment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      credentials: {
        accessKeyId: operatorEnvironment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: operatorEnvironment['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    }),
  );
  // The table also holds evidence, in partitions of its own.
  const persons = {
    TableName: table.name,
    ConsistentRead: true,
    FilterExpression: 'begins_with(PK, :person)',
    ExpressionAttributeValues: { ':person': partitionOf('') },
  };
  return async () => {
    const items = new Map<string, unknown[]>();
    for await (const page of paginateScan({ client }, persons)) {
      for (const item of page.Items ?? []) {
        const partition = String(item['PK']);
        const known = items.get(partition);
        if (known === undefined) items.set(partition, [item]);
        else known.push(item);
      }
    }
    return [...items].map(([partition, own]) => readPerson(debtorIdOf(partition), own));
  };
}
