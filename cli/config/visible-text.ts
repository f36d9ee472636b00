/** Marks of HTML that texts use; all others come as their numbers. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** What a reader of an HTML part sees, as one line: no markup, no styles, nothing of its head. */
export function visibleText(html: string): string {
  const body = html
    .replaceAll(/<!--.*?-->/gsu, ' ')
    .replaceAll(/<(head|style|script|title)\b.*?<\/\1\s*>/gisu, ' ')
    .replaceAll(/<[^>]*>/gsu, ' ');
  return withoutEntities(body).replaceAll(/\s+/gu, ' ').trim();
}

/** Where the links of an HTML part lead. */
export function linksIn(html: string): readonly string[] {
  return Array.from(html.matchAll(/\shref="([^"]*)"/giu), ([, address = '']) => withoutEntities(address));
}

/** A text with the characters that its entities stand for. */
export function withoutEntities(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/giu,
    (whole, hex, decimal, name) => {
      if (typeof hex === 'string') return character(Number.parseInt(hex, 16));
      if (typeof decimal === 'string') return character(Number(decimal));
      return named[String(name).toLowerCase()] ?? whole;
    },
  );
}

const codePointMax = 0x10ff_ff;

function character(codePoint: number): string {
  return codePoint <= codePointMax ? String.fromCodePoint(codePoint) : '';
}
