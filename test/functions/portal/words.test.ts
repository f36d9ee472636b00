import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptedLanguage, languageFor, pageLanguages, wordsIn } from '#functions/portal/words.ts';

const textsOf = (language: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../functions/portal/texts/${language}.json`, import.meta.url), 'utf8'),
  ) as Record<string, string>;
const english = textsOf('en');
const placesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe.each(Object.keys(pageLanguages))('texts in %s', (language) => {
  const texts = textsOf(language);

  it('are the same as in English', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it('have the same places to fill in, and none is empty', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(placesOf(text), key).toEqual(placesOf(english[key] ?? ''));
      expect(text.trim(), key).not.toBe('');
    }
  });
});

describe('words', () => {
  it('fill in values, and leave a place that nothing was said of', () => {
    const { say } = wordsIn('en');
    expect(say('pay.due', { amount: '$5' })).toBe('What is past due: $5');
    expect(say('pay.due')).toContain('{amount}');
  });

  it('fill in a value that looks like a place as it is', () => {
    expect(wordsIn('en').say('overview.title', { name: '{amount}' })).toBe('Hello {amount}');
  });

  it.each([
    ['en-GB', 'en'],
    ['es-MX', 'es'],
    ['zh-HK', 'zh-TW'],
    ['zh', 'zh-CN'],
    ['de', 'en'],
  ])('a reader of %s gets %s', (locale, language) => {
    expect(languageFor(locale)).toBe(language);
  });

  it.each([
    ['es-ES,es;q=0.9,en;q=0.8', 'es'],
    ['de-DE,de;q=0.9,zh-TW;q=0.5', 'zh-TW'],
    ['en-US,en;q=0.9,es;q=0.5', 'en'],
    ['*', 'en'],
    [undefined, 'en'],
  ])('a browser that accepts %s gets %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});
