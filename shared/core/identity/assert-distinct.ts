/** Throws when a value is there twice: which of the two should win is for the caller to decide, not for chance. */
export function assertDistinct(values: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value))
      throw new Error(`${what} ${value} is there twice in one call: merge the two before.`);
    seen.add(value);
  }
}
