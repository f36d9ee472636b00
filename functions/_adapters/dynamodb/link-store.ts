import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LinkSchema } from '#shared/contracts/link.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import { writeGuarded } from './guarded-write.ts';
import { layout } from './items.ts';
import { linkKey, linkPartition } from './keys.ts';
import type { Table } from './table.ts';

const LinkItemSchema = z.object({
  ...LinkSchema.shape,
  layout: z.literal(layout),
  wrongTries: z.int().nonnegative(),
});

const TriesSchema = z.object({ wrongTries: z.int().nonnegative() });

/** Personal links in the Debtors table behind the port, each in a partition of its own. */
export function createLinkStore(table: Table): LinkStore {
  const keyOf = (codeHash: string) => ({ PK: linkPartition(codeHash), SK: linkKey });
  const find: LinkStore['find'] = async (codeHash) => {
    const request = { TableName: table.name, Key: keyOf(codeHash), ConsistentRead: true };
    const { Item: item } = await table.client.send(new GetCommand(request));
    if (item === undefined) return null;
    const { wrongTries, layout: _, ...link } = LinkItemSchema.parse(item);
    return { link, wrongTries };
  };
  return {
    find,
    takeTry: async (codeHash, triesMax) => {
      const update = {
        TableName: table.name,
        Key: keyOf(codeHash),
        UpdateExpression: 'ADD wrongTries :one',
        ConditionExpression: 'attribute_exists(PK) AND wrongTries < :max',
        ExpressionAttributeValues: { ':one': 1, ':max': triesMax },
        ReturnValues: 'UPDATED_NEW',
      } as const;
      let taken = 0;
      const write = async (): Promise<void> => {
        const { Attributes: item } = await table.client.send(new UpdateCommand(update));
        taken = TriesSchema.parse(item).wrongTries;
      };
      if ((await writeGuarded(write)) === 'conflict') return 'none_left';
      return taken >= triesMax ? 'last' : 'taken';
    },
    giveTryBack: async (codeHash) => {
      const update = {
        TableName: table.name,
        Key: keyOf(codeHash),
        UpdateExpression: 'ADD wrongTries :less',
        ConditionExpression: 'attribute_exists(PK) AND wrongTries > :none',
        ExpressionAttributeValues: { ':less': -1, ':none': 0 },
      };
      // A conflict says that there is nothing to give back: the link is gone meanwhile.
      await writeGuarded(() => table.client.send(new UpdateCommand(update)));
    },
  };
}
