import { type AwsJsonCall, AwsCallError } from '#infra/local/gateway/aws-json.ts';
import { type Json, type JsonObject, isJsonObject, listAt, objectAt, textAt } from '#infra/local/json.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

export function isTable({ type }: StackResource): boolean {
  return type === 'AWS::DynamoDB::Table' || type === 'AWS::DynamoDB::GlobalTable';
}

/** Creates the template's table with keys, indexes and stream; one that the data file already holds stays as it is. */
export async function createTable(table: StackResource, dynamodb: AwsJsonCall): Promise<void> {
  try {
    await dynamodb('CreateTable', createTableRequest(table));
  } catch (error) {
    if (!(error instanceof AwsCallError && error.code === 'ResourceInUseException')) throw error;
    await checkSameShape(table, dynamodb);
  }
}

/** A data folder of an older template has no newer index; reading it would only fail later and less clearly. */
async function checkSameShape({ name, properties }: StackResource, dynamodb: AwsJsonCall): Promise<void> {
  const { Table } = await dynamodb('DescribeTable', { TableName: name });
  const indexNames = (indexes: readonly Json[]): string =>
    indexes
      .map((index) => textAt(index, 'IndexName') ?? '')
      .sort()
      .join(', ');
  const [stored, wanted] = [Table ?? null, properties].map((one) =>
    indexNames(listAt(one, 'GlobalSecondaryIndexes')),
  );
  if (stored !== wanted)
    throw new Error(
      `The data folder holds table ${name} with the indexes (${stored ?? ''}), the template has (${wanted ?? ''}). Use another data folder, or delete this one.`,
    );
}

/** What of a table the local run does not do, for the list that is printed at start. */
export function tableLimits({ logicalId, type, properties }: StackResource): string[] {
  return 'TimeToLiveSpecification' in properties
    ? [`${type} ${logicalId}: TimeToLiveSpecification (expired items stay, as they may for days on AWS)`]
    : [];
}

function createTableRequest({ name, properties }: StackResource): JsonObject {
  const stream = objectAt(properties, 'StreamSpecification');
  const globalIndexes = listAt(properties, 'GlobalSecondaryIndexes').map(indexRequest);
  const localIndexes = listAt(properties, 'LocalSecondaryIndexes').map(indexRequest);
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: listAt(properties, 'AttributeDefinitions'),
    KeySchema: listAt(properties, 'KeySchema'),
    ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
    ...(localIndexes.length > 0 ? { LocalSecondaryIndexes: localIndexes } : {}),
    ...('StreamViewType' in stream
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream['StreamViewType'] } }
      : {}),
  };
}

function indexRequest(index: Json): JsonObject {
  if (!isJsonObject(index)) return {};
  const { IndexName, KeySchema, Projection } = index;
  return { IndexName, KeySchema, Projection };
}
