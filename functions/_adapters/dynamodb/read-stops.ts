import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { StopSchema } from '#shared/contracts/stop.ts';
import type { StopsState } from '#shared/core/stops/change-stops.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { layout } from './items.ts';
import { controlPartition, stopsKey } from './keys.ts';
import type { Table } from './table.ts';

/** What is stopped, for whoever decides: apart from the store, because no such function carries what stopping needs. */
export function createStopReader(table: Table): Pick<StopStore, 'inForce'> {
  return { inForce: async () => (await readStops(table)).stops };
}

/**
 * Everything that is in force is one item: whoever reads it sees all of one moment, for the price of one small read.
 *
 * Read as strictly as a person is. A stop of a kind that this release does not know makes the whole read fail, so that
 * nobody is contacted while something is stopped that was only half understood.
 */
const StopsItemSchema = z.object({
  layout: z.literal(layout),
  changes: z.int().positive(),
  stops: z.array(z.object(StopSchema.shape)),
});

export async function readStops(table: Table): Promise<StopsState> {
  const { Item: item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: { PK: controlPartition, SK: stopsKey },
      ConsistentRead: true,
    }),
  );
  return item === undefined ? { changes: 0, stops: [] } : StopsItemSchema.parse(item);
}
