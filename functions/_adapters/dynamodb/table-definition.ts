/**
 * The Debtors table as plain data: the CDK app, the tests and the command line all make the table from it.
 *
 * One person is one partition. The index `due` is sparse: only a person's head item carries its keys, and only while a
 * wake-up is set (docs/decisions/0001-due-index.md). So is `accounts`: only account items carry its key, by which whoever
 * knows an account's id alone finds whose it is.
 */
export const debtorsTable = {
  partitionKey: 'PK',
  sortKey: 'SK',
  timeToLiveAttribute: 'ttl',
  streamViewType: 'NEW_AND_OLD_IMAGES',
  dueIndex: {
    name: 'due',
    partitionKey: 'duePK',
    sortKey: 'dueSK',
    nonKeyAttributes: ['wakeAt', 'wakeFor'],
  },
  accountsIndex: {
    name: 'accounts',
    partitionKey: 'accountPK',
    sortKey: 'PK',
  },
} as const;

/** The table in the form that DynamoDB's CreateTable takes, for the local parts. */
export function toCreateTableInput(tableName: string) {
  const { partitionKey, sortKey, dueIndex, accountsIndex, streamViewType } = debtorsTable;
  const keys = [partitionKey, sortKey, dueIndex.partitionKey, dueIndex.sortKey, accountsIndex.partitionKey];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: dueIndex.name,
        KeySchema: keySchema(dueIndex.partitionKey, dueIndex.sortKey),
        Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...dueIndex.nonKeyAttributes] },
      },
      {
        IndexName: accountsIndex.name,
        KeySchema: keySchema(accountsIndex.partitionKey, accountsIndex.sortKey),
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType },
  };
}

function keySchema(partitionKey: string, sortKey: string) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ];
}
