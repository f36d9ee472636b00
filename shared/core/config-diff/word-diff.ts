/** Most tokens of the parts that differ for which they are compared word by word. */
const tokensMax = 1_500;
/** Tokens that are shown before and after a difference, to find the place. */
const contextTokens = 6;
/** Fewest tokens that are worth being left out. */
const elisionTokensMin = 4;
/** Longest excerpt, in characters. */
const excerptLengthMax = 400;

/** Liquid expressions whole, words of letters, single characters of scripts without spaces, blanks. */
const tokenForm =
  /\{\{.*?\}\}|\{%.*?%\}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+|\s+|./gsu;

/**
 * The words in which two texts differ, with a few around them: `[-what went-]{+what came+}`, and `…` for what is alike.
 *
 * @example wordDiff('Your bill is due.', 'Your bill is overdue.') // 'Your bill is [-due-]{+overdue+}.'
 */
export function wordDiff(before: string, after: string): string {
  const olds = tokensOf(before);
  const news = tokensOf(after);
  let head = 0;
  while (head < olds.length && head < news.length && olds[head] === news[head]) head += 1;
  let tail = 0;
  const tailMax = Math.min(olds.length, news.length) - head;
  while (tail < tailMax && olds.at(-1 - tail) === news.at(-1 - tail)) tail += 1;
  const middle = partsOf(olds.slice(head, olds.length - tail), news.slice(head, news.length - tail));
  const parts: readonly Part[] = [
    { kind: 'same', tokens: olds.slice(0, head) },
    ...middle,
    { kind: 'same', tokens: olds.slice(olds.length - tail) },
  ];
  const text = parts.map((part, index) => partText(part, index === 0, index === parts.length - 1)).join('');
  return text.length <= excerptLengthMax ? text : `${text.slice(0, excerptLengthMax)}…`;
}

function tokensOf(text: string): string[] {
  return text.replace(/\s+/gu, ' ').trim().match(tokenForm) ?? [];
}

interface Part {
  readonly kind: 'same' | 'gone' | 'come';
  readonly tokens: readonly string[];
}

function partText({ kind, tokens }: Part, isFirst: boolean, isLast: boolean): string {
  if (tokens.length === 0) return '';
  if (kind === 'gone') return `[-${tokens.join('')}-]`;
  if (kind === 'come') return `{+${tokens.join('')}+}`;
  const shownBefore = isFirst ? [] : tokens.slice(0, contextTokens);
  const shownAfter = isLast ? [] : tokens.slice(-contextTokens);
  return shownBefore.length + shownAfter.length + elisionTokensMin > tokens.length
    ? tokens.join('')
    : `${shownBefore.join('')}…${shownAfter.join('')}`;
}

/** Common words are kept, the longest row of them; texts that are too long for that differ as a whole. */
function partsOf(olds: readonly string[], news: readonly string[]): Part[] {
  if (olds.length > tokensMax || news.length > tokensMax) return replacement(olds, news);
  const parts: Part[] = [];
  let place = { old: 0, new: 0 };
  for (const common of [...commonTokens(olds, news), { old: olds.length, new: news.length }]) {
    parts.push(...replacement(olds.slice(place.old, common.old), news.slice(place.new, common.new)));
    parts.push({ kind: 'same', tokens: olds.slice(common.old, common.old + 1) });
    place = { old: common.old + 1, new: common.new + 1 };
  }
  return withoutGaps(parts);
}

function replacement(gone: readonly string[], come: readonly string[]): Part[] {
  return [
    { kind: 'gone', tokens: gone },
    { kind: 'come', tokens: come },
  ];
}

interface Place {
  readonly old: number;
  readonly new: number;
}

/** Places of the longest common row of tokens, in order. */
function commonTokens(olds: readonly string[], news: readonly string[]): Place[] {
  const commonFrom = commonLengths(olds, news);
  const places: Place[] = [];
  let place: Place = { old: 0, new: 0 };
  while (place.old < olds.length && place.new < news.length) {
    const [oldNext, newNext] = [place.old + 1, place.new + 1];
    if (olds[place.old] === news[place.new]) {
      places.push(place);
      place = { old: oldNext, new: newNext };
    } else {
      const skipsOld = commonFrom(oldNext, place.new) >= commonFrom(place.old, newNext);
      place = skipsOld ? { ...place, old: oldNext } : { ...place, new: newNext };
    }
  }
  return places;
}

/** Tells how many tokens two texts have in common from a place on. */
function commonLengths(
  olds: readonly string[],
  news: readonly string[],
): (old: number, next: number) => number {
  const width = news.length + 1;
  const lengths = new Uint16Array((olds.length + 1) * width);
  const from = (old: number, next: number): number => lengths[old * width + next] ?? 0;
  for (let old = olds.length - 1; old >= 0; old -= 1) {
    for (let next = news.length - 1; next >= 0; next -= 1) {
      lengths[old * width + next] =
        olds[old] === news[next]
          ? from(old + 1, next + 1) + 1
          : Math.max(from(old + 1, next), from(old, next + 1));
    }
  }
  return from;
}

/** Parts of one kind that follow one another become one. */
function withoutGaps(parts: readonly Part[]): Part[] {
  const joined: { kind: Part['kind']; tokens: string[] }[] = [];
  for (const { kind, tokens } of parts) {
    if (tokens.length === 0) continue;
    const last = joined.at(-1);
    if (last?.kind === kind) last.tokens.push(...tokens);
    else joined.push({ kind, tokens: [...tokens] });
  }
  return joined;
}
