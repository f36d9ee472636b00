/** Told of each word of a vendor's that no table of ours knows, so that it can be counted and the table be mended. */
export type OnUnrecognised = (word: { readonly field: string; readonly value: string }) => void;

/** Looks a vendor's word up in a table of ours; a word that is not there is counted and gives undefined. Never throws. */
export function recognise<T extends object>(
  table: T,
  word: { readonly field: string; readonly value: string },
  onUnrecognised: OnUnrecognised,
): T[keyof T] | undefined {
  if (isKeyOf(table, word.value)) return table[word.value];
  onUnrecognised(word);
  return undefined;
}

function isKeyOf<T extends object>(table: T, word: PropertyKey): word is keyof T {
  return Object.hasOwn(table, word);
}
