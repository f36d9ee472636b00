import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { createDocumentClient, type Table } from '#functions/_adapters/dynamodb/table.ts';
import { toCreateTableInput } from '#functions/_adapters/dynamodb/table-definition.ts';
import { startDynamodb } from '#infra/local/dynamodb/dynoxide.ts';

/** A running local DynamoDB in which a test makes as many empty Debtors tables as it likes. */
export interface LocalDynamodb {
  readonly endpoint: string;
  createTable(shards: number): Promise<Table>;
  stop(): Promise<void>;
}

/** Any words do: the emulator looks at no signature. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export async function startLocalDynamodb(): Promise<LocalDynamodb> {
  const server = await startDynamodb(undefined);
  const client = createDocumentClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  return {
    endpoint: server.endpoint,
    createTable: async (shards) => {
      const name = `debtors-${randomUUID()}`;
      await client.send(new CreateTableCommand(toCreateTableInput(name)));
      return { client, name, shards };
    },
    stop: async () => {
      client.destroy();
      await server.stop();
    },
  };
}
