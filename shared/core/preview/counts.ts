/** Counts under compound keys. Its size is that of the keys, not of what was counted. */
export class Counts<Key extends readonly string[]> {
  readonly #counts = new Map<string, { readonly key: Key; count: number }>();

  add(key: Key, count = 1): void {
    const text = key.join('\u0000');
    const found = this.#counts.get(text);
    if (found === undefined) this.#counts.set(text, { key, count });
    else found.count += count;
  }

  /** All keys with their counts, in order of the keys' texts. */
  inOrder(): readonly { readonly key: Key; readonly count: number }[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
  }
}
