/** A table of words. A plain object would also answer to `constructor` and the like, which people may write. */
export function byKey<Value>(table: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table));
}
