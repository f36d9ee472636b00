import assert from 'node:assert/strict';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { controlPartition, experimentPrefix } from '#functions/_adapters/dynamodb/keys.ts';
import { debtorsTable } from '#functions/_adapters/dynamodb/table-definition.ts';
import { acceptWildcard } from './accepted-finding.ts';

export interface DebtorsTableProps {
  readonly key: IKey;
  /** Whether the data must outlive the stack. */
  readonly keepsState: boolean;
}

/**
 * What a function's work is, and so what it may do with the table: bring in feeds, take payments, decide and record about
 * persons, hand on wake-ups, stop contacts, or count and stop experiments. Nobody may scan the table, delete from it or change its form.
 */
export type StoreAccess = 'feeds' | 'payments' | 'persons' | 'wake_ups' | 'control' | 'experiments';

const tableActions: Readonly<Record<StoreAccess, readonly string[]>> = {
  feeds: ['BatchGetItem', 'BatchWriteItem', 'Query', 'PutItem', 'UpdateItem'],
  payments: ['Query', 'GetItem', 'PutItem', 'UpdateItem'],
  persons: ['Query', 'GetItem', 'PutItem', 'UpdateItem'],
  wake_ups: ['UpdateItem'],
  control: [],
  experiments: [],
};
/** What a function may do in the partition of the kill switch alone, beside what it may do everywhere. */
const controlActions: Readonly<Partial<Record<StoreAccess, readonly string[]>>> = {
  wake_ups: ['GetItem'],
  control: ['GetItem', 'Query', 'PutItem'],
  experiments: ['GetItem', 'PutItem'],
};
/** The one index that a function may ask, beside the table. */
const indexOf: Readonly<Partial<Record<StoreAccess, string>>> = {
  wake_ups: debtorsTable.dueIndex.name,
  // Whoever tells a payment may know the account alone.
  payments: debtorsTable.accountsIndex.name,
};
/** What DynamoDB does with the table's key in the caller's name. */
const keyActions = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:DescribeKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The Debtors table, all of whose shape comes from the store adapter's own definition. */
export class DebtorsTable extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: DebtorsTableProps) {
    super(scope, id);
    this.key = props.key;
    const { partitionKey, sortKey, timeToLiveAttribute, streamViewType, dueIndex, accountsIndex } =
      debtorsTable;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      timeToLiveAttribute,
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType[streamViewType],
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.keepsState,
      removalPolicy: props.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: dueIndex.name,
      partitionKey: { name: dueIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: dueIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...dueIndex.nonKeyAttributes],
    });
    this.table.addGlobalSecondaryIndex({
      indexName: accountsIndex.name,
      partitionKey: { name: accountsIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: accountsIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Lets a role use the table. Written out, because CDK's own grants also allow scans, deletes and every index. */
  grantStore(role: IRole, access: StoreAccess): void {
    this.allow(role, tableActions[access]);
    this.allow(role, controlActions[access] ?? [], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [controlPartition] },
    });
    if (access === 'experiments')
      this.allow(role, ['Query'], {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${experimentPrefix}*`] },
      });
    const indexName = indexOf[access];
    if (indexName !== undefined) {
      const index = `${this.table.tableArn}/index/${indexName}`;
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources: [index] }));
    }
    role.addToPrincipalPolicy(new PolicyStatement({ actions: keyActions, resources: [this.key.keyArn] }));
  }

  private allow(
    role: IRole,
    names: readonly string[],
    conditions: PolicyStatementProps['conditions'] = {},
  ): void {
    if (names.length === 0) return;
    const actions = names.map((name) => `dynamodb:${name}`);
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [this.table.tableArn], conditions }));
  }

  /** Lets a role follow the table's changes; returns the stream to follow. */
  grantStream(role: IRole): string {
    const stream = this.table.tableStreamArn;
    assert(stream !== undefined);
    const read = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    role.addToPrincipalPolicy(new PolicyStatement({ actions: read, resources: [stream] }));
    const streams = `${this.table.tableArn}/stream/*`;
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [streams] }),
    );
    acceptWildcard(role, {
      arn: this.table.tableArn,
      owner: Stack.of(this),
      suffix: '/stream/*',
      reason:
        'ListStreams is authorised on all streams of a table at once; AWS names a stream by the time it was made.',
    });
    return stream;
  }
}
