import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EvidenceSchema, type Evidence } from '#shared/contracts/evidence.ts';
import { parseDecisionId } from '#shared/core/identity/decision-id.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { layout, type Item } from './items.ts';
import { evidenceFrom, evidenceKey, evidencePartitionOf } from './keys.ts';
import { query } from './queries.ts';
import type { Table } from './table.ts';

/** Longest record that is read, in bytes of its JSON: far above what an item of 400 KB can hold of real facts. */
const jsonBytesMax = 16_000_000;
/** The last instant that a sort key has room for, in the year 33658. */
const instantMax = toInstant(999_999_999_999_999);

/**
 * A record of evidence as one item, without an end of life. Its JSON is compressed (raw DEFLATE, RFC 1951): requests repeat
 * themselves so much that nearly all fit the 1 KB that costs one write unit, and nobody searches inside them.
 */
export function evidenceItem(evidence: Evidence): Item {
  const key = parseDecisionId(evidence.decisionId);
  if (key === null) throw new Error(`"${evidence.decisionId}" is no id of a decision`);
  const PK = evidencePartitionOf(key.debtorId);
  return { PK, SK: evidenceKey(key), layout, json: deflateRawSync(JSON.stringify(evidence)) };
}

/** Evidence of a person, of the moments from `from` on and before `to`, in their order. */
export async function evidenceBetween(
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
export async function evidenceOf(table: Table, decisionId: string): Promise<Evidence | null> {
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
