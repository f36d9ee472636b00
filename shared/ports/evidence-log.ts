import type { Evidence } from '#shared/contracts/evidence.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/**
 * Reads what debtor-store.ts keeps of decisions. Apart from it, because only people ask: no function carries what reading needs.
 */
export interface EvidenceLog {
  /**
   * Evidence of one person's decisions, in the order of the moments that senders were woken for; of those moments from
   * `from` on and before `to`. It is not among what `load` reads.
   */
  evidence(
    debtorId: string,
    range?: { readonly from?: Instant; readonly to?: Instant },
  ): Promise<readonly Evidence[]>;

  /** The evidence of one decision; null when there is none of this id. */
  evidenceOf(decisionId: string): Promise<Evidence | null>;

  /** Whose account this is; null when nobody's. Of several persons the first by id. A new account may take a moment. */
  findAccount(accountId: string): Promise<string | null>;
}
