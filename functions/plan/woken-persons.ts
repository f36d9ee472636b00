import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import type { Account } from '#shared/contracts/account.ts';
import { WakeMessageSchema } from '#shared/contracts/queue-message.ts';
import { curedAccount } from '#functions/_adapters/dynamodb/cured-account.ts';
import { debtorIdOf } from '#functions/_adapters/dynamodb/keys.ts';
import { debtorsTable } from '#functions/_adapters/dynamodb/table-definition.ts';
import { parseMessage } from '#functions/_runtime/parse-message.ts';
import type { PlanEvent } from './handler.ts';

/** A person and all records of a batch that speak of them. */
export interface WokenPerson {
  readonly debtorId: string;
  readonly recordIds: readonly string[];
  /** Accounts as they were before a change of the batch brought them back to nothing past due. */
  readonly cured: readonly Account[];
}

/** A record that names nobody: only an operator can tell what it was meant to be. */
export interface UnreadableWake {
  readonly recordId: string;
  readonly reason: unknown;
}

/** Who is to be planned because of a batch, each once, in the order in which they first appear. */
export function wokenPersons(event: PlanEvent): {
  readonly persons: readonly WokenPerson[];
  readonly unreadable: readonly UnreadableWake[];
} {
  const byDebtor = new Map<string, { readonly recordIds: string[]; readonly cured: Account[] }>();
  const unreadable: UnreadableWake[] = [];
  for (const record of event.Records) {
    const recordId = idOf(record);
    try {
      const debtorId =
        'messageId' in record ? parseMessage(WakeMessageSchema, record.body).debtorId : debtorOf(record);
      const woken = byDebtor.get(debtorId) ?? { recordIds: [], cured: [] };
      woken.recordIds.push(recordId);
      woken.cured.push(...curesIn(record));
      byDebtor.set(debtorId, woken);
    } catch (reason) {
      unreadable.push({ recordId, reason });
    }
  }
  return { persons: [...byDebtor].map(([debtorId, woken]) => ({ debtorId, ...woken })), unreadable };
}

function debtorOf({ dynamodb }: DynamoDBRecord): string {
  const partition = dynamodb?.Keys?.[debtorsTable.partitionKey]?.S;
  if (partition === undefined)
    throw new Error('the record has no partition key: the stream is not of the Debtors table');
  return debtorIdOf(partition);
}

function curesIn(record: DynamoDBRecord | SQSRecord): readonly Account[] {
  const cured = 'messageId' in record ? null : curedAccount(record.dynamodb ?? {});
  return cured === null ? [] : [cured];
}

/** A record's name in Lambda's partial answer: its place in the stream, or its message. */
function idOf(record: DynamoDBRecord | SQSRecord): string {
  return 'messageId' in record ? record.messageId : (record.dynamodb?.SequenceNumber ?? '');
}
