import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  experimentEvents,
  type ArmCounts,
  type ExperimentEvent,
  type ExperimentMark,
} from '#shared/contracts/experiment-count.ts';
import { shardOf } from '#shared/core/identity/shard.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';
import { atOnce } from './batches.ts';
import { layout, type Item } from './items.ts';
import { experimentKey, experimentMarkKey, experimentPartition, toEpochSeconds } from './keys.ts';
import type { Table } from './table.ts';

/**
 * Partitions over which the marks of an experiment are spread: an import that brings everybody in at once writes more a
 * second than one partition takes. Never to be changed while an experiment runs: a mark has its place by it.
 */
const experimentShards = 4;
/** Marks leave the table so long after the last day; as long as the contacts that they stand for. */
const keptMs = 400 * dayMs;
/** Marks written at once: a person has few. */
const marksAtOnce = 8;
/** Counts under way at once. */
const queriesAtOnce = 16;
/** Pages of 1 MB that one count may have, each of some ten thousand marks. */
const pagesMax = 2_000;

/**
 * Marks of experiments in the Debtors table, beside the persons: one item for each person and event, which is counted by
 * asking how many there are. Nothing is added up, so nothing can be added twice.
 */
export function createExperimentCounts(table: Table): ExperimentCounts {
  return {
    record: (marks) => atOnce(marksAtOnce, marks, (mark) => keep(table, mark)),
    count: (experiment, arms) => countArms(table, experiment, arms),
  };
}

/** Most marks are there already: to look costs a tenth of writing. */
async function keep(table: Table, mark: ExperimentMark): Promise<void> {
  const item = markItem(mark);
  const { PK, SK } = item;
  const look = { TableName: table.name, Key: { PK, SK }, ProjectionExpression: 'SK' };
  const { Item: present } = await table.client.send(new GetCommand(look));
  if (present === undefined) await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}

function markItem({ experiment, arm, event, debtorId, to }: ExperimentMark): Item {
  return {
    PK: experimentPartition(experiment, shardOf(debtorId, experimentShards)),
    SK: experimentMarkKey(arm, event, debtorId),
    layout,
    ttl: toEpochSeconds(Date.parse(to) + keptMs),
  };
}

async function countArms(
  table: Table,
  experiment: string,
  arms: readonly string[],
): Promise<readonly ArmCounts[]> {
  const counted = arms.map(() => ({ ...nobody }));
  const shards = Array.from({ length: experimentShards }, (_, shard) => shard);
  const asked = counted.flatMap((counts, index) =>
    experimentEvents.flatMap((event) =>
      shards.map((shard) => ({ counts, arm: arms[index] ?? '', event, shard })),
    ),
  );
  await atOnce(queriesAtOnce, asked, async ({ counts, arm, event, shard }) => {
    const found = await countIn(table, experimentPartition(experiment, shard), experimentKey(arm, event));
    counts[event] += found;
  });
  return counted;
}

const nobody: Record<ExperimentEvent, number> = {
  assigned: 0,
  overdue: 0,
  contacted: 0,
  optedOut: 0,
  complained: 0,
  cured: 0,
};

async function countIn(table: Table, partition: string, prefix: string): Promise<number> {
  let count = 0;
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let page = 1; page <= pagesMax; page += 1) {
    const { Count = 0, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
        ExpressionAttributeValues: { ':pk': partition, ':prefix': prefix },
        Select: 'COUNT',
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    count += Count;
    if (LastEvaluatedKey === undefined) return count;
    start = LastEvaluatedKey;
  }
  throw new Error(`${partition} ${prefix} has more than ${pagesMax} pages of 1 MB: it was not counted.`);
}
