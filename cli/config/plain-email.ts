/** Values and choices of a text, as they stand in its source. */
const liquid = /\{\{.*?\}\}|\{%.*?%\}/gsu;
/** A variable that is an address, by itself. */
const address = /^\{\{\s*(?:payUrl|manageUrl|surveyUrl)\s*\}\}$/u;

/**
 * The HTML part of an e-mail that is written as text: the same words in the reader's own letters, a paragraph for each blank
 * line, and addresses that can be pressed. As little as that, because all texts of all languages travel in one bundle.
 *
 * What stands in liquid stays as it is; every value is escaped when it is rendered. A choice may reach over paragraphs: each
 * end of one comes with the next one's beginning, so that no choice can leave one open.
 *
 * @example plainEmailHtml('Hi!\n\n{{ payUrl }}', 'en')
 * // …<p>Hi!</p>\n<p><a href="{{ payUrl }}">{{ payUrl }}</a></p>…
 */
export function plainEmailHtml(text: string, locale: string): string {
  const paragraphs = outsideLiquid(text.trim(), (words) =>
    escaped(words)
      .replaceAll(/\n(?:[ \t]*\n)+/gu, '</p>\n<p>')
      .replaceAll(/(?<!<\/p>)\n/gu, '<br>\n'),
  );
  return `<!doctype html>\n<html lang="${locale}"><body>\n<p>${paragraphs}</p>\n</body></html>\n`;
}

/** A text with its words changed and its liquid kept, addresses as links. */
function outsideLiquid(text: string, change: (words: string) => string): string {
  let html = '';
  let end = 0;
  for (const { 0: tag, index } of text.matchAll(liquid)) {
    html += change(text.slice(end, index)) + (address.test(tag) ? `<a href="${tag}">${tag}</a>` : tag);
    end = index + tag.length;
  }
  return html + change(text.slice(end));
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
