import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { AddressNoteSchema } from '#shared/contracts/address-note.ts';
import type { AddressNotes } from '#shared/ports/address-notes.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { isNew, writeGuarded } from './guarded-write.ts';
import { layout } from './items.ts';
import { addressNoteKey, addressPartition, toEpochSeconds } from './keys.ts';
import type { Table } from './table.ts';

/** Longer than anything in a note matters: messages are kept for a day, counts are of one day. */
const rememberedMs = 2 * dayMs;

const NoteItemSchema = z.object({
  ...AddressNoteSchema.shape,
  layout: z.literal(layout),
  version: z.int().positive(),
});

/** Notes in the Debtors table, each beside the persons who are known at its address. */
export function createAddressNotes(table: Table): AddressNotes {
  const keyOf = (address: string) => ({ PK: addressPartition(address), SK: addressNoteKey });
  return {
    async read(address) {
      const request = { TableName: table.name, Key: keyOf(address), ConsistentRead: true };
      const { Item: item } = await table.client.send(new GetCommand(request));
      if (item === undefined) return { version: 0, note: null };
      const { version, layout: _, ...note } = NoteItemSchema.parse(item);
      return { version, note };
    },
    write(address, version, note, at) {
      const ttl = toEpochSeconds(at + rememberedMs);
      const written = {
        TableName: table.name,
        Item: { ...note, ...keyOf(address), layout, version: version + 1, ttl },
        ...(version === 0
          ? { ConditionExpression: isNew }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': version },
            }),
      };
      return writeGuarded(() => table.client.send(new PutCommand(written)));
    },
  };
}
