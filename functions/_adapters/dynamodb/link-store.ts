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
    countWrongTry: async (codeHash, triesMax) => {
      const update = {
        TableName: table.name,
        Key: keyOf(codeHash),
        UpdateExpression: 'ADD wrongTries :one',
        ConditionExpression: 'attribute_exists(PK) AND wrongTries < :max',
        ExpressionAttributeValues: { ':one': 1, ':max': triesMax },
      };
      if ((await writeGuarded(() => table.client.send(new UpdateCommand(update)))) === 'conflict')
        return 'closed';
      const standing = await find(codeHash);
      return standing === null || standing.wrongTries >= triesMax ? 'closed' : 'open';
    },
  };
}
