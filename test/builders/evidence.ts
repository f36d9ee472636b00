import type { Evidence } from '#shared/contracts/evidence.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import { decisionIdOf } from '#shared/core/identity/decision-id.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';

/** A record of the decision by which an entry was reserved. */
export function evidenceFor(entry: LedgerEntry, changes: Partial<Evidence> = {}): Evidence {
  const { debtorId, contactId, channel, purpose, about, reservedAt } = entry;
  const at = toInstant(reservedAt);
  const facts = { debtorId, wokenFor: at, contactId, reasons: [], packs: {} };
  const kind = changes.kind ?? 'contact';
  const iso = formatIsoInstant(at);
  return {
    decisionId: decisionIdOf({ ...facts, kind }),
    debtorId,
    accountId: about[0]!.accountId,
    at,
    kind,
    ...(kind === 'contact' ? { contactId } : {}),
    channel,
    about,
    config: 'test',
    request: { at: iso, channel, purpose, packs: ['us-regf'], debtor: { id: debtorId } },
    decision: {
      id: null,
      allowed: kind === 'contact',
      nextAt: iso,
      reasons: [],
      obligations: [],
      packs: { 'us-regf': '2026.11.0' },
      facts: 'f'.repeat(64),
    },
    ...changes,
  };
}
