/** One word of what stands between the braces. */
export type LiquidWord =
  | { readonly kind: 'name' | 'mark'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number };

/** What is wrong with a piece of a text, and what to do about it. */
export interface Complaint {
  readonly problem: string;
  readonly fix: string;
}

const word =
  /\s*(?:(?<name>[A-Za-z_][\w.-]*)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<number>-?\d+(?:\.\d+)?)|(?<mark>[=!<>]=|[<>|:]))\s*/uy;

/** Splits what stands between the braces into words; a complaint when some of it is none. */
export function liquidWords(braced: string): readonly LiquidWord[] | Complaint {
  const inner = braced.trim();
  const words: LiquidWord[] = [];
  word.lastIndex = 0;
  while (word.lastIndex < inner.length) {
    const from = word.lastIndex;
    const groups = word.exec(inner)?.groups;
    if (groups === undefined) {
      return {
        problem: `"${inner.slice(from)}" cannot be read`,
        fix: 'see docs/templates.md for what may stand here',
      };
    }
    words.push(toWord(groups));
  }
  return words;
}

function toWord({
  name,
  double,
  single,
  number,
  mark,
}: Readonly<Record<string, string | undefined>>): LiquidWord {
  if (name !== undefined) return { kind: 'name', value: name };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (mark !== undefined) return { kind: 'mark', value: mark };
  return { kind: 'text', value: double ?? single ?? '' };
}
