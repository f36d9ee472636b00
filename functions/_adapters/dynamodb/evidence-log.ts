import { inflateRawSync } from 'node:zlib';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EvidenceSchema, type Evidence } from '#shared/contracts/evidence.ts';
import { parseDecisionId } from '#shared/core/identity/decision-id.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';
import { findAccount } from './find-account.ts';
import { layout } from './items.ts';
import { evidenceFrom, evidenceKey, evidencePartitionOf } from './keys.ts';
import { query } from './queries.ts';
import type { Table } from './table.ts';

/** Longest record that is read, in bytes of its JSON: far above what an item of 400 KB can hold of real facts. */
const jsonBytesMax = 16_000_000;
/** The last instant that a sort key has room for, in the year 33658. */
const instantMax = toInstant(999_999_999_999_999);

/** The evidence in the Debtors table behind the port. */
export function createEvidenceLog(table: Table): EvidenceLog {
  return {
    evidence: (debtorId, range) => evidenceBetween(table, debtorId, range),
    evidenceOf: (decisionId) => evidenceOf(table, decisionId),
    findAccount: (accountId) => findAccount(table, accountId),
  };
}

/** Evidence of a person, of the moments from `from` on and before `to`, in their order. */
async function evidenceBetween(
  table: Table,
  debtorId: string,
  { from = toInstant(0), to = instantMax }: { readonly from?: Instant; readonly to?: Instant } = {},
): Promise<Evidence[]> {
  if (to <= from) return [];
  const items = await query(table, {
    KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': evidencePartitionOf(debtorId),
      ':from': evidenceFrom(from),
      // Sort keys go on after the instant, so that none of the moment `to` itself is among these.
      ':to': evidenceFrom(to),
    },
    ConsistentRead: true,
  });
  return items.map(readEvidence);
}

/** The record that a decision's id names. */
async function evidenceOf(table: Table, decisionId: string): Promise<Evidence | null> {
  const key = parseDecisionId(decisionId);
  if (key === null) return null;
  const { Item: item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: { PK: evidencePartitionOf(key.debtorId), SK: evidenceKey(key) },
      ConsistentRead: true,
    }),
  );
  return item === undefined ? null : readEvidence(item);
}

const EvidenceItemSchema = z.object({
  PK: z.string(),
  SK: z.string(),
  layout: z.literal(layout),
  json: z.instanceof(Uint8Array),
});

/** Read as strictly as a person is: proof that was only half understood proves nothing. */
function readEvidence(raw: unknown): Evidence {
  const { PK, SK, json } = EvidenceItemSchema.parse(raw);
  const text = inflateRawSync(json, { maxOutputLength: jsonBytesMax }).toString();
  const evidence = EvidenceSchema.safeParse(JSON.parse(text));
  if (!evidence.success) throw new Error(`${PK} ${SK} cannot be read: ${z.prettifyError(evidence.error)}`);
  return evidence.data;
}
