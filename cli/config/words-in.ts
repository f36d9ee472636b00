import { withoutEntities } from './visible-text.ts';

/** Scripts that put no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Where in a text a word occurs: as a whole word in scripts that put spaces between them, anywhere in the others. */
export function wordAt(text: string, word: string): number {
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const pattern = unspaced.test(word) ? literal : String.raw`(?<!\p{L})${literal}(?!\p{L})`;
  return text.search(new RegExp(pattern, 'iu'));
}

/** Whether a text says a word. */
export function saysWord(text: string, word: string): boolean {
  return wordAt(text, word) !== -1;
}

/**
 * What of a template's source are words, line by line as it stands there: no markup, and of liquid only what it says where
 * a value is missing.
 */
export function wordsOfSource(source: string): string {
  const words = source
    .replaceAll(/\{[{%].*?[%}]\}/gsu, (markup) => ` ${defaultIn(markup)}${lineBreaksOf(markup)} `)
    .replaceAll(/<[^>]*>/gu, (markup) => ` ${lineBreaksOf(markup)}`);
  return withoutEntities(words);
}

function defaultIn(markup: string): string {
  const [, double, single] = /\bdefault\s*:\s*(?:"([^"]*)"|'([^']*)')/u.exec(markup) ?? [];
  return double ?? single ?? '';
}

function lineBreaksOf(markup: string): string {
  return markup.replaceAll(/[^\n]/gu, '');
}
