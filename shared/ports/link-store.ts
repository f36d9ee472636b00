import type { LinkStanding } from '#shared/contracts/link.ts';

/** Personal links as they were sent. A link is written by `DebtorStore.reserve`, together with its contact. */
export interface LinkStore {
  /** The link of a code's hash; null when there is none, or none any more. */
  find(codeHash: string): Promise<LinkStanding | null>;

  /**
   * Takes one of the tries of the identity check, before an answer is looked at, so that however many come at once no more
   * are heard than `triesMax`. `last`: there is none left after it. `none_left`: there was none to take.
   */
  takeTry(codeHash: string, triesMax: number): Promise<'taken' | 'last' | 'none_left'>;

  /** Gives a try back whose answer was right: only wrong ones are used up. */
  giveTryBack(codeHash: string): Promise<void>;
}
