import type { Creditor } from '#shared/contracts/creditor.ts';
import type { ReplyLanguage } from '#shared/contracts/replies.ts';

const localeByLanguage: Readonly<Record<Exclude<ReplyLanguage, 'und'>, string>> = {
  en: 'en',
  es: 'es',
  'zh-Hans': 'zh-CN',
  'zh-Hant': 'zh-TW',
};

/** Countries whose people are written to in another language than English, where nothing tells which they read. */
const localeByCountry: Readonly<Record<string, string>> = {
  CN: 'zh-CN',
  HK: 'zh-TW',
  MO: 'zh-TW',
  TW: 'zh-TW',
  ES: 'es',
  MX: 'es',
};

/** The language of an answer to somebody who is not known: that of their text, else of the creditor's country. */
export function answerLocale(language: ReplyLanguage, { country }: Pick<Creditor, 'country'>): string {
  return language === 'und' ? (localeByCountry[country] ?? 'en') : localeByLanguage[language];
}
