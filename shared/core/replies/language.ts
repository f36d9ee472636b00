import type { ReplyLanguage } from '#shared/contracts/replies.ts';
import type { CompiledReplies } from './compile-replies.ts';
import { scriptOf } from './han-variants.ts';
import type { Token } from './tokens.ts';

/** Share of the tokens that must be Chinese for the text to be. */
const hanShareMin = 0.3;
const otherScripts =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Devanagari}]/u;

/**
 * The language of a text. Characters of one script only tell Simplified from Traditional; frequent words tell the languages
 * of the Latin script. Where nothing tells, it is the locale of the person.
 */
export function languageOf(
  text: string,
  tokens: readonly Token[],
  { locale, rules }: { readonly locale: string | undefined; readonly rules: CompiledReplies },
): ReplyLanguage {
  const own = languageOfLocale(locale);
  if (otherScripts.test(text)) return 'und';
  if (isChinese(tokens)) return isOfKanaOrHangul(locale) ? 'und' : chineseOf(text, own);
  const marked = markedLanguage(tokens, rules, own);
  if (marked !== undefined) return prefers(own, marked);
  return own !== undefined && /[\p{L}\p{N}]/u.test(text) ? own : 'und';
}

function isChinese(tokens: readonly Token[]): boolean {
  const han = tokens.filter(({ kind }) => kind === 'han').length;
  return han > 0 && han >= tokens.length * hanShareMin;
}

/** Japanese and Korean may be written in Han characters alone. */
function isOfKanaOrHangul(locale: string | undefined): boolean {
  return locale !== undefined && /^(?:ja|ko)\b/iu.test(locale);
}

/** A word that several languages share is of the person's own one. */
function prefers(own: ReplyLanguage | undefined, marked: readonly ReplyLanguage[]): ReplyLanguage {
  if (own !== undefined && marked.includes(own)) return own;
  return marked[0] ?? 'und';
}

function chineseOf(text: string, own: ReplyLanguage | undefined): ReplyLanguage {
  let hant = 0;
  for (const char of text) {
    const script = scriptOf(char);
    if (script !== undefined) hant += script === 'Hant' ? 1 : -1;
  }
  if (hant === 0) return own === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
  return hant > 0 ? 'zh-Hant' : 'zh-Hans';
}

function markedLanguage(
  tokens: readonly Token[],
  rules: CompiledReplies,
  own: ReplyLanguage | undefined,
): readonly ReplyLanguage[] | undefined {
  const counts = new Map<ReplyLanguage, number>();
  for (const { text } of tokens.filter(({ kind }) => kind === 'word'))
    for (const language of new Set(rules.marks.get(text) ?? []))
      counts.set(language, (counts.get(language) ?? 0) + 1);
  if (own !== undefined) favour(counts, own);
  const most = Math.max(0, ...counts.values());
  if (most === 0) return undefined;
  return [...counts].filter(([, count]) => count === most).map(([language]) => language);
}

/** Words such as "no" and "a" are of many languages: a single further one of another is not enough. */
function favour(counts: Map<ReplyLanguage, number>, own: ReplyLanguage): void {
  const ofOwn = counts.get(own);
  if (ofOwn !== undefined) counts.set(own, ofOwn + 1);
}

const traditional = /^(?:tw|hk|mo|hant)$/iu;

/** The served language of a locale: `es-MX` es, `zh-TW` zh-Hant, `fr-FR` und. */
export function languageOfLocale(locale: string | undefined): ReplyLanguage | undefined {
  if (locale === undefined) return undefined;
  const [language = '', ...others] = locale.split(/[-_]/u);
  switch (language.toLowerCase()) {
    case 'en':
      return 'en';
    case 'es':
      return 'es';
    case 'zh':
    case 'yue':
      return others.some((part) => traditional.test(part)) ? 'zh-Hant' : 'zh-Hans';
    default:
      return 'und';
  }
}
