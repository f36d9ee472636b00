import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { CreateTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createEvidenceLog } from '#functions/_adapters/dynamodb/evidence-log.ts';
import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { createParkedPayments } from '#functions/_adapters/dynamodb/parked-payments.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { createDocumentClient, type Table } from '#functions/_adapters/dynamodb/table.ts';
import { toCreateTableInput } from '#functions/_adapters/dynamodb/table-definition.ts';
import { startDynamodb } from '#infra/local/dynamodb/dynoxide.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';
import { readRunFile } from './run-file.ts';

/** A Debtors table that a command works on. */
export interface Destination {
  readonly store: DebtorStore;
  readonly log: EvidenceLog;
  readonly counts: ExperimentCounts;
  readonly stops: StopStore;
  readonly parked: ParkedPayments;
  /** Which table it is, in words. */
  readonly description: string;
  /** Virtual time of the local run that the table belongs to, ISO. */
  readonly now?: string;
  close(): Promise<void>;
}

export interface DestinationChoice {
  readonly table?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the project's own local data, `.dunwell`. */
  readonly dotDir: string;
  /** Nothing is going to be written: no folder is made for it. */
  readonly readOnly: boolean;
}

/** Name of the table in the project's own local store. */
const ownTableName = 'dunwell-debtors';
/** The local parts look at no signature; the key is the one by which a local run knows the person at the machine. */
const localAccess = {
  region: 'us-east-1',
  credentials: { accessKeyId: operatorAccessKey, secretAccessKey: 'local' },
};
/** Feed data has no place in the due index, so its shards do not matter here. */
const shards = 1;

/**
 * The table that is meant: the one named by `--table` or DUNWELL_TABLE (a deployed one, by the standard AWS variables);
 * else that of the local run that is going on; else one of the project's own, in a local store under `.dunwell/data`.
 */
export async function openDestination(choice: DestinationChoice): Promise<Destination> {
  const { environment } = choice;
  const name = choice.table ?? environment['DUNWELL_TABLE'] ?? '';
  const endpoint = choice.endpoint ?? environment['AWS_ENDPOINT_URL_DYNAMODB'];
  if (name !== '') return namedTable(name, endpoint, environment);
  const run = readRunFile(choice.dotDir);
  if (run === null) return ownTable(choice);
  const client = createDocumentClient({ ...localAccess, endpoint: run.endpoint });
  const description = `table ${run.tableName} of the local run (process ${run.pid})`;
  const place = toDestination({ client, name: run.tableName, shards }, description);
  return run.now === undefined ? place : { ...place, now: run.now };
}

function namedTable(
  name: string,
  endpoint: string | undefined,
  environment: DestinationChoice['environment'],
): Destination {
  if (endpoint === undefined) {
    return toDestination({ client: createDocumentClient(), name, shards }, `table ${name}`);
  }
  // Another DynamoDB (a local one, most often) needs no account; whoever has one named uses it.
  const access = environment['AWS_ACCESS_KEY_ID'] === undefined ? localAccess : {};
  const client = createDocumentClient({ ...access, endpoint });
  return toDestination({ client, name, shards }, `table ${name} at ${endpoint}`);
}

async function ownTable({ dotDir, readOnly }: DestinationChoice): Promise<Destination> {
  const file = path.join(dotDir, 'data', 'dynamodb.db');
  const isKept = !readOnly || existsSync(file);
  if (isKept) mkdirSync(path.dirname(file), { recursive: true });
  const server = await startDynamodb(isKept ? file : undefined);
  const client = createDocumentClient({ ...localAccess, endpoint: server.endpoint });
  try {
    await client.send(new CreateTableCommand(toCreateTableInput(ownTableName)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const place = toDestination({ client, name: ownTableName, shards }, `table ${ownTableName} in ${file}`);
  return {
    ...place,
    close: async () => {
      await place.close();
      await server.stop();
    },
  };
}

function toDestination(table: Table, description: string): Destination {
  const close = () => {
    table.client.destroy();
    return Promise.resolve();
  };
  return {
    store: createDebtorStore(table),
    log: createEvidenceLog(table),
    counts: createExperimentCounts(table),
    stops: createStopStore(table),
    parked: createParkedPayments(table),
    description,
    close,
  };
}
