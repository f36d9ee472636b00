import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { startDynamodb } from '#infra/local/dynamodb/dynoxide.ts';
import { createTable, isTable } from '#infra/local/dynamodb/tables.ts';
import { type AwsJsonCall, awsJsonCaller } from '#infra/local/gateway/aws-json.ts';
import { RunState } from '#infra/local/run-state.ts';
import { type Queues, startQueues } from '#infra/local/sqs/queues.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** The parts that keep data: tables with streams, queues and buckets, and the engine's own memory. */
export interface Backends {
  readonly state: RunState;
  readonly queues: Queues;
  readonly dynamodbEndpoint: string;
  readonly dynamodb: AwsJsonCall;
  readonly streams: AwsJsonCall;
  stop(): Promise<void>;
}

const clockMark = 'clock';

export async function startBackends(options: {
  readonly resources: readonly StackResource[];
  readonly clock: VirtualClock;
  readonly place: LocalPlace;
  readonly dataDir: string | undefined;
}): Promise<Backends> {
  const { resources, clock, dataDir, place } = options;
  const { region } = place;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const state = new RunState(stateFile(dataDir));
  clock.onMoved((nowMs) => state.setMark(clockMark, String(nowMs)));
  const [database, queues] = await Promise.all([
    startDynamodb(dataDir === undefined ? undefined : path.join(dataDir, 'dynamodb.db')),
    startQueues({
      clock,
      region,
      dataDir,
      queues: resources.filter(({ type }) => type === 'AWS::SQS::Queue'),
      buckets: resources.filter(({ type }) => type === 'AWS::S3::Bucket').map(({ name }) => name),
    }),
  ]);
  const caller = (targetPrefix: string): AwsJsonCall =>
    awsJsonCaller({ endpoint: database.endpoint, region, service: 'dynamodb', targetPrefix });
  const dynamodb = caller('DynamoDB_20120810');
  const stop = async (): Promise<void> => {
    await Promise.all([queues.stop(), database.stop()]);
    state.close();
  };
  try {
    for (const table of resources.filter(isTable)) await createTable(table, dynamodb);
  } catch (error) {
    await stop();
    throw error;
  }
  const streams = caller('DynamoDBStreams_20120810');
  return { state, queues, dynamodbEndpoint: database.endpoint, dynamodb, streams, stop };
}

/** The virtual instant at which a run on this folder ended or was killed; undefined when there was none. */
export function savedInstant(dataDir: string): number | undefined {
  mkdirSync(dataDir, { recursive: true });
  const state = new RunState(stateFile(dataDir));
  const saved = state.mark(clockMark);
  state.close();
  return saved === undefined ? undefined : Number(saved);
}

function stateFile(dataDir: string | undefined): string | undefined {
  return dataDir === undefined ? undefined : path.join(dataDir, 'run.db');
}
