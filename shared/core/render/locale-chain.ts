/** The language that every template exists in, read by those whose own is missing. */
export const fallbackLocale = 'en';

/** Locales whose readers read another one's texts more easily than the fallback. */
const readsToo: Readonly<Record<string, string>> = {
  zh: 'zh-CN',
  'zh-SG': 'zh-CN',
  'zh-HK': 'zh-TW',
  'zh-MO': 'zh-TW',
};

/**
 * Where to look for a text in somebody's language, best first, without repeats.
 *
 * @example localeChain('zh-HK') // ['zh-HK', 'zh-TW', 'zh', 'en']
 */
export function localeChain(locale: string): readonly string[] {
  const language = locale.split('-')[0] ?? locale;
  const near = readsToo[locale];
  return [...new Set([locale, ...(near === undefined ? [] : [near]), language, fallbackLocale])];
}
