import { deflateRawSync } from 'node:zlib';
import type { Evidence } from '#shared/contracts/evidence.ts';
import { parseDecisionId } from '#shared/core/identity/decision-id.ts';
import { layout, type Item } from './items.ts';
import { evidenceKey, evidencePartitionOf } from './keys.ts';

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
