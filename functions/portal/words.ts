import type { LocalDate } from '#shared/contracts/primitives.ts';
import { localeChain } from '#shared/core/render/locale-chain.ts';
import { localDateText, moneyText } from '#shared/core/render/localise.ts';
import en from './texts/en.json' with { type: 'json' };
import es from './texts/es.json' with { type: 'json' };
import zhCn from './texts/zh-CN.json' with { type: 'json' };
import zhTw from './texts/zh-TW.json' with { type: 'json' };

/** Name of one text of the pages. */
export type TextKey = keyof typeof en;
type Texts = Readonly<Record<TextKey, string>>;

/** Languages of the pages, in the order of the switch, each by its own name. */
export const pageLanguages = {
  en: 'English',
  es: 'Español',
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
} as const;
export type PageLanguage = keyof typeof pageLanguages;

const texts: Readonly<Record<PageLanguage, Texts>> = { en, es, 'zh-CN': zhCn, 'zh-TW': zhTw };

/** Texts, amounts and dates in one language. */
export interface Words {
  readonly language: PageLanguage;
  /** A text with its `{places}` filled in. */
  readonly say: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly money: (amount: number, currency: string) => string;
  readonly date: (date: LocalDate) => string;
}

export function wordsIn(language: PageLanguage): Words {
  return {
    language,
    say: (key, values = {}) =>
      texts[language][key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place)),
    money: (amount, currency) => moneyText(amount, currency, language),
    date: (date) => localDateText(date, language),
  };
}

/** The language of the pages that a reader of some locale understands best. */
export function languageFor(locale: string): PageLanguage {
  return localeChain(locale).find(isPageLanguage) ?? 'en';
}

export function isPageLanguage(text: string): text is PageLanguage {
  return Object.hasOwn(pageLanguages, text);
}

/** Longest header that is read, in characters; browsers send far less. */
const acceptedLengthMax = 200;

/** The language that a browser asks for, by the first of its `Accept-Language` that the pages have. */
export function acceptedLanguage(header = ''): PageLanguage {
  const tags = header
    .slice(0, acceptedLengthMax)
    .split(',')
    .map((part) => part.split(';')[0]?.trim() ?? '');
  const known = tags.find(
    (tag) => localeChain(tag).some((one) => one !== 'en' && isPageLanguage(one)) || tag.startsWith('en'),
  );
  return languageFor(known ?? 'en');
}
