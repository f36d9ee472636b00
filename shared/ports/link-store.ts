import type { LinkStanding } from '#shared/contracts/link.ts';

/** Personal links as they were sent. A link is written by `DebtorStore.reserve`, together with its contact. */
export interface LinkStore {
  /** The link of a code's hash; null when there is none, or none any more. */
  find(codeHash: string): Promise<LinkStanding | null>;

  /**
   * Counts a wrong answer to the identity check, unless there were `triesMax` already. Two at the same moment are two.
   * `closed`: that was the last one, or there were as many before.
   */
  countWrongTry(codeHash: string, triesMax: number): Promise<'open' | 'closed'>;
}
