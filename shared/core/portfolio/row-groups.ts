import { Fingerprints } from './fingerprints.ts';

/** Most people whose rows may be waited for at the same time: the bound of what is kept in memory. */
export const peopleHeldMax = 200_000;

/**
 * Finds the people of a file who have more than one row, at 12 bytes a person: only their rows have to be kept until the
 * last one has come, everybody else can be dealt with at once.
 */
export class RowCounts {
  readonly #seen = new Fingerprints();
  readonly #more = new Map<string, number>();

  note(debtorId: string): void {
    if (this.#seen.note(debtorId, '') === 'first') return;
    this.#more.set(debtorId, (this.#more.get(debtorId) ?? 1) + 1);
  }

  /** Rows of a person; 1 for whoever was not noted again. */
  of(debtorId: string): number {
    return this.#more.get(debtorId) ?? 1;
  }
}

/** Brings the rows of each person together, wherever they stand in the file. */
export class RowGroups<Row> {
  readonly #counts: RowCounts;
  readonly #held = new Map<string, [Row, ...Row[]]>();

  constructor(counts: RowCounts) {
    this.#counts = counts;
  }

  /**
   * Takes the next row; all rows of its person once this was the last one, else null.
   *
   * @throws RangeError when the rows of too many people are spread too far over the file.
   */
  add(debtorId: string, row: Row): readonly [Row, ...Row[]] | null {
    const before = this.#held.get(debtorId);
    const rows: [Row, ...Row[]] = before === undefined ? [row] : [...before, row];
    if (rows.length >= this.#counts.of(debtorId)) {
      this.#held.delete(debtorId);
      return rows;
    }
    this.#held.set(debtorId, rows);
    if (this.#held.size > peopleHeldMax)
      throw new RangeError(
        `more than ${peopleHeldMax} people have their rows far apart: sort the file by debtorId`,
      );
    return null;
  }
}
