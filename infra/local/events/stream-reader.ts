import type { AwsJsonCall } from '#infra/local/gateway/aws-json.ts';
import { type Json, type JsonObject, isJsonObject, listAt, objectAt, textAt } from '#infra/local/json.ts';

/** A change of an item, in the form in which Lambda gets it. */
export interface StreamRecord {
  readonly sequence: string;
  /** The item's partition key as text: records with the same one stay in order. */
  readonly partition: string;
  /** Virtual time at which it was read, which is the instant of the change. */
  readonly arrivedAtMs: number;
  readonly record: JsonObject;
}

/** Reads one table's stream from a position. The emulator keeps one shard per stream. */
export class StreamReader {
  readonly #streams: AwsJsonCall;
  readonly #dynamodb: AwsJsonCall;
  readonly #tableName: string;
  readonly #sourceArn: string;
  readonly #region: string;
  #iterator: string | undefined;
  #partitionKey = '';
  shardId = '';

  constructor(parts: {
    readonly dynamodb: AwsJsonCall;
    readonly streams: AwsJsonCall;
    readonly tableName: string;
    readonly sourceArn: string;
    readonly region: string;
  }) {
    this.#dynamodb = parts.dynamodb;
    this.#streams = parts.streams;
    this.#tableName = parts.tableName;
    this.#sourceArn = parts.sourceArn;
    this.#region = parts.region;
  }

  /** Puts the reader behind the record with the given sequence number, or at the start or end of the stream. */
  async open(position: { readonly after: string } | 'TRIM_HORIZON' | 'LATEST'): Promise<void> {
    const { Table } = await this.#dynamodb('DescribeTable', { TableName: this.#tableName });
    const keys = listAt(Table ?? null, 'KeySchema');
    this.#partitionKey =
      textAt(
        keys.find((key) => textAt(key, 'KeyType') === 'HASH'),
        'AttributeName',
      ) ?? '';
    const StreamArn = textAt(Table ?? null, 'LatestStreamArn');
    if (StreamArn === undefined)
      throw new Error(`Table ${this.#tableName} has no stream, but a function reads one.`);
    const { StreamDescription } = await this.#streams('DescribeStream', { StreamArn });
    this.shardId = textAt(listAt(StreamDescription ?? null, 'Shards').at(-1), 'ShardId') ?? '';
    const start =
      typeof position === 'string'
        ? { ShardIteratorType: position }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.after };
    const answer = await this.#streams('GetShardIterator', { StreamArn, ShardId: this.shardId, ...start });
    this.#iterator = textAt(answer, 'ShardIterator');
  }

  /** The next records, at most a thousand; an empty list when there are none now. */
  async read(nowMs: number): Promise<StreamRecord[]> {
    const answer = await this.#streams('GetRecords', { ShardIterator: this.#iterator });
    this.#iterator = textAt(answer, 'NextShardIterator') ?? this.#iterator;
    return listAt(answer, 'Records')
      .filter((record) => !isUnchanged(record))
      .map((record) => this.#toLambda(record, nowMs));
  }

  #toLambda(record: Json, nowMs: number): StreamRecord {
    const change = objectAt(record, 'dynamodb');
    const sequence = textAt(change, 'SequenceNumber') ?? '';
    return {
      sequence,
      partition: JSON.stringify(objectAt(change, 'Keys')[this.#partitionKey] ?? null),
      arrivedAtMs: nowMs,
      record: {
        eventID: textAt(record, 'eventID') ?? sequence,
        eventName: textAt(record, 'eventName') ?? '',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: this.#region,
        dynamodb: { ...change, ApproximateCreationDateTime: Math.floor(nowMs / 1_000) },
        eventSourceARN: this.#sourceArn,
        ...(isJsonObject(record) && 'userIdentity' in record ? { userIdentity: record['userIdentity'] } : {}),
      },
    };
  }
}

/** DynamoDB writes no record for a write that changes nothing; the emulator does. */
function isUnchanged(record: Json): boolean {
  if (textAt(record, 'eventName') !== 'MODIFY') return false;
  const change = objectAt(record, 'dynamodb');
  const { OldImage, NewImage } = change;
  return OldImage !== undefined && NewImage !== undefined && canonical(OldImage) === canonical(NewImage);
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
