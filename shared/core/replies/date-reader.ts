import type { DateContext, ReadDate } from './day-rules.ts';
import type { Token } from './tokens.ts';

/** Reads the date that begins at a token; undefined where none does. */
export type DateReader = (tokens: readonly Token[], at: number, context: DateContext) => ReadDate | undefined;

/** What the first of several readers finds. */
export function firstDate(
  readers: readonly DateReader[],
  ...where: Parameters<DateReader>
): ReadDate | undefined {
  for (const reader of readers) {
    const date = reader(...where);
    if (date !== undefined) return date;
  }
  return undefined;
}
