import type { AddressNote } from '#shared/contracts/address-note.ts';
import type { Guarded } from './debtor-store.ts';

/** A note as it was read; version 0 while there is none. */
export interface VersionedNote {
  readonly version: number;
  readonly note: AddressNote | null;
}

/** What is remembered of numbers and addresses at which nobody is known, or several people are. */
export interface AddressNotes {
  /** Read consistently. */
  read(address: string): Promise<VersionedNote>;
  /**
   * Writes the note if nobody has written another since it was read; `conflict` changes nothing. It is forgotten by itself
   * two days after `at`.
   */
  write(address: string, version: number, note: AddressNote, at: number): Promise<Guarded>;
}
