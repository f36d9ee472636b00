/**
 * Columns of a message that anybody can read on a locked phone without touching it: one line of a notification, as
 * Android shows it folded. Phones that are set to show whole messages show more (an iPhone up to four lines, but only
 * where its owner has asked for previews while it is locked); a text message that names an amount cannot hide it from
 * those, so that this is the part that can be kept discreet for everybody.
 */
export const lockScreenColumns = 40;

/** Characters that take two columns: of East Asian scripts, and pictures. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : 1;
  return columns;
}

/**
 * What a locked screen shows of a text: its first columns in one line, no character torn apart.
 *
 * @example lockScreenText('【示例银行】您好！') // '【示例银行】您好！'
 */
export function lockScreenText(text: string): string {
  let shown = '';
  let columns = 0;
  for (const character of text.replaceAll(/\s+/gu, ' ').trim()) {
    columns += columnsOf(character);
    if (columns > lockScreenColumns) break;
    shown += character;
  }
  return shown;
}
