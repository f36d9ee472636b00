/** Elements whose content nobody sees, and those in which mail programs put what is answered. */
const unseen = /<(script|style|head|title|blockquote)\b[^>]*>[^]*?<\/\1\s*>/giu;
/** From here on everything is what is answered, in the words of Gmail, Outlook, Yahoo and the mail of telephones. */
const quotation =
  /<[^>]{1,300}(?:gmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION)[^>]*>/iu;
const lineEnds = /<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/giu;
const tags = /<[^<>]*>/gu;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  euro: '€',
  pound: '£',
  yen: '¥',
};

/**
 * The words of an HTML message that has no text part, without what it answers. It serves reading, not showing: what it leaves
 * over of broken markup is text like any other.
 */
export function htmlText(html: string): string {
  const at = quotation.exec(html)?.index;
  return (at === undefined ? html : html.slice(0, at))
    .replaceAll(unseen, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(lineEnds, '\n')
    .replaceAll(tags, '')
    .replaceAll(
      /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/giu,
      (whole, name: string) => letterOf(name) ?? whole,
    )
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .trim();
}

function letterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isLetter = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isLetter ? String.fromCodePoint(code) : undefined;
}
