import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { StopRecordSchema, type StopRecord } from '#shared/contracts/stop-record.ts';
import { addStop, liftStop, type StopsChange, type StopsState } from '#shared/core/stops/change-stops.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { writeTogether } from './guarded-write.ts';
import { layout } from './items.ts';
import { controlPartition, stopRecordKey, stopRecordPrefix, stopsKey } from './keys.ts';
import { createStopReader, readStops } from './read-stops.ts';
import type { Table } from './table.ts';

/** Tries of an act while others act at the same moment. */
const attemptsMax = 12;
/** Longest wait before the second try; it doubles with each further one, up to the longest. */
const firstBackoffMs = 10;
const backoffMsMax = 500;

/** The kill switch in the Debtors table, in a partition of its own that belongs to no person. */
export function createStopStore(table: Table): StopStore {
  return {
    ...createStopReader(table),
    stop: (stop) => act(table, (state) => addStop(state, stop)),
    resume: (stopId, told) => act(table, (state) => liftStop(state, stopId, told)),
    history: (limit) => readHistory(table, limit),
  };
}

/**
 * Stores an act and its record together, if nobody else has acted since the state was read.
 *
 *     lin   read change 7 ────────────────── stop all as change 8: done
 *     ana     read change 7 ───────────────────── stop all as change 8: conflict ── read ── already stopped, change 9
 */
async function act<Outcome>(
  table: Table,
  decide: (state: StopsState) => StopsChange<Outcome>,
): Promise<Outcome> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const state = await readStops(table);
    const { outcome, write } = decide(state);
    if (write === null) return outcome;
    if ((await writeChange(table, state, write)) === 'done') return outcome;
    await sleep(Math.random() * Math.min(backoffMsMax, firstBackoffMs * 2 ** (attempt - 1)));
  }
  throw new Error(
    `Others stopped and resumed something at each of ${String(attemptsMax)} tries: nothing was changed, try again.`,
  );
}

function writeChange(
  table: Table,
  { changes }: StopsState,
  { after, record }: { readonly after: StopsState; readonly record: StopRecord },
) {
  const isFirst = 'attribute_not_exists(PK)';
  const nobodyActedSince = 'changes = :seen';
  const condition =
    changes === 0
      ? { ConditionExpression: isFirst }
      : { ConditionExpression: nobodyActedSince, ExpressionAttributeValues: { ':seen': changes } };
  const PK = controlPartition;
  const stops = { PK, SK: stopsKey, layout, changes: after.changes, stops: after.stops };
  const told = { PK, SK: stopRecordKey(record.change), layout, ...record };
  return writeTogether(table, [
    { Put: { TableName: table.name, Item: stops, ...condition } },
    { Put: { TableName: table.name, Item: told, ConditionExpression: isFirst } },
  ]);
}

const RecordItemSchema = z.object({ layout: z.literal(layout), ...StopRecordSchema.shape });

async function readHistory(table: Table, limit: number): Promise<StopRecord[]> {
  const { Items: items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :record)',
      ExpressionAttributeValues: { ':pk': controlPartition, ':record': stopRecordPrefix },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return items.map((item) => {
    const { layout: _layout, ...record } = RecordItemSchema.parse(item);
    return record;
  });
}
