import type { Template } from '#shared/contracts/template.ts';
import type { ChangeDetail, ConfigChange } from './config-change.ts';
import { diffValues } from './diff-values.ts';
import { flowText } from './plain-value.ts';
import { wordDiff } from './word-diff.ts';

/** What changes in the texts: which text in which language, with the words that differ. */
export function textChanges(before: readonly Template[], after: readonly Template[]): ConfigChange[] {
  const names = [...new Set([...before, ...after].map(textName))].sort();
  const changes = names.map((name) => {
    const olds = byLocale(before, name);
    const news = byLocale(after, name);
    const locales = [...new Set([...olds.keys(), ...news.keys()])].sort();
    const details = locales.flatMap((locale) => localeDetails(locale, olds.get(locale), news.get(locale)));
    const what = olds.size === 0 ? 'added' : news.size === 0 ? 'removed' : 'changed';
    return { kind: 'text', name, what, details } as const;
  });
  const [layout, others] = [changes.flatMap(layoutOnly), changes.map(withoutLayout)];
  return [...others.filter(({ details }) => details.length > 0), ...layoutChange(layout)];
}

/** The name by which a text is shown: `reminder (sms)`. */
export function textName({ name, channel }: Template): string {
  return `${name} (${channel})`;
}

function byLocale(templates: readonly Template[], name: string): ReadonlyMap<string, Template> {
  return new Map(templates.filter((one) => textName(one) === name).map((one) => [one.locale, one]));
}

/** The words of a detail that is about the frame of an e-mail, which all e-mails of a language share. */
const layoutWords = 'only its layout differs';

function localeDetails(
  locale: string,
  before: Template | undefined,
  after: Template | undefined,
): ChangeDetail[] {
  if (before === undefined || after === undefined) {
    if (before === after) return [];
    const kind = before === undefined ? 'added' : 'removed';
    return [{ path: [locale], kind, words: `${locale} ${kind}` }];
  }
  return diffValues(before, after).map((change): ChangeDetail => {
    const path = [locale, ...change.path];
    const { before: old, after: next } = change;
    const part = change.path.join('.');
    if (typeof old !== 'string' || typeof next !== 'string')
      return { ...change, path, words: `${locale} ${part}: ${flowText(old)} → ${flowText(next)}` };
    const [from, to] = part === 'html' ? [readText(old), readText(next)] : [old, next];
    const words = from === to ? layoutWords : `${part}: ${wordDiff(from, to)}`;
    return { path, kind: 'changed', before: from, after: to, words: `${locale} ${words}` };
  });
}

/** What somebody reads of an HTML part. */
function readText(html: string): string {
  const body = html.replace(/<(head|style)\b.*?<\/\1>|<!--.*?-->/gsu, ' ').replace(/<[^>]*>/gu, ' ');
  return body.replace(/\s+/gu, ' ').trim();
}

function isLayout({ words }: ChangeDetail): boolean {
  return words.endsWith(layoutWords);
}

function layoutOnly({ name, details }: ConfigChange): string[] {
  return details.filter(isLayout).map(({ path }) => `${path[0] ?? ''} ${name}`);
}

function withoutLayout(change: ConfigChange): ConfigChange {
  return { ...change, details: change.details.filter((detail) => !isLayout(detail)) };
}

/** One change to the frame shows in every e-mail: it is told once. */
function layoutChange(texts: readonly string[]): ConfigChange[] {
  if (texts.length === 0) return [];
  const words = `differs in ${texts.length} ${texts.length === 1 ? 'text' : 'texts'} whose words are the same`;
  const detail: ChangeDetail = { path: [], kind: 'changed', after: texts, words };
  return [{ kind: 'layout', name: 'of e-mails', what: 'changed', details: [detail] }];
}
