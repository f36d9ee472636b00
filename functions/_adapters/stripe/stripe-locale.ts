/** Languages of Stripe's hosted page that differ by more than the language. */
const regional = ['en-GB', 'es-419', 'fr-CA', 'pt-BR', 'zh-HK', 'zh-TW'];
/** Languages of Stripe's hosted page. */
const languages =
  'bg cs da de el en es et fi fil fr hr hu id it ja ko lt lv ms mt nb nl pl pt ro ru sk sl sv th tr vi zh'.split(
    ' ',
  );

/** The language of Stripe's page that comes nearest to ours; one that it does not have is left to the browser. */
export function stripeLocale(locale: string): string {
  if (regional.includes(locale)) return locale;
  const language = locale.split('-', 1).join();
  return languages.includes(language) ? language : 'auto';
}
