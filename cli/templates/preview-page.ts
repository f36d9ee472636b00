import type { Rendered } from '../config/render-facts.ts';
import { billText, ruleText } from './preview-text.ts';
import type { TextPreview } from './text-preview.ts';

/** One self-contained page with all previews, for people who review texts: a row for each text, a column a language. */
export function previewPage(previews: readonly TextPreview[], version: string): string {
  const locales = [...new Set(previews.map(({ locale }) => locale))].sort();
  const names = [...new Set(previews.map(({ name }) => name))];
  const links = names.map((name) => `<a href="#${name}">${escaped(name)}</a>`).join(' ');
  const sections = names.map((name) =>
    section(
      name,
      previews.filter((one) => one.name === name),
      locales,
    ),
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Dunwell: texts</title>',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head><body>`,
    `<header><h1>Texts</h1><p>Configuration ${escaped(version)}. The people are invented; nothing here was sent.</p>`,
    `<nav>${links}</nav></header>`,
    ...sections,
    '</body></html>\n',
  ].join('\n');
}

function section(name: string, previews: readonly TextPreview[], locales: readonly string[]): string {
  const rows = (['sms', 'email', 'call'] as const)
    .map((channel) => previews.filter((one) => one.message.channel === channel))
    .filter((row) => row.length > 0)
    .map((row) => {
      const cells = locales.map((locale) => cell(row.find((one) => one.locale === locale)));
      return `<div class="row" style="--columns:${locales.length}">${cells.join('\n')}</div>`;
    });
  const context = previews[0]?.context ?? '';
  return `<section id="${name}"><h2>${escaped(name)} <small>about ${context}</small></h2>${rows.join('\n')}</section>`;
}

function cell(preview: TextPreview | undefined): string {
  if (preview === undefined) return '<article class="none">no text in this language</article>';
  const { locale, message, lockScreen, variants, elements, rules, creditor } = preview;
  const lock = lockScreen.map((line, index) => `<div class="line${index}">${escaped(line)}</div>`).join('');
  const facts = [
    `<dt>from</dt><dd>${escaped(creditor)}</dd>`,
    `<dt>size, cost</dt><dd>${escaped(billText(preview))}</dd>`,
    `<dt>elements</dt><dd>${escaped(elements.join(', '))}</dd>`,
    ...rules.map((rule) => `<dt>rule</dt><dd class="${rule.verdict}">${escaped(ruleText(rule))}</dd>`),
  ];
  const others = variants.map(
    ({ when, text }) => `<p class="when">when ${escaped(when)}</p><pre>${escaped(text.trim())}</pre>`,
  );
  return [
    `<article lang="${locale}"><h3>${locale} <small>${message.channel}</small></h3>`,
    lock === '' ? '' : `<div class="lock" title="what a locked phone shows">${lock}</div>`,
    body(message),
    others.length === 0
      ? ''
      : `<details><summary>${others.length} other ${others.length === 1 ? 'wording' : 'wordings'}</summary>${others.join('')}</details>`,
    `<dl>${facts.join('')}</dl></article>`,
  ].join('\n');
}

function body(message: Rendered): string {
  switch (message.channel) {
    case 'sms':
      return `<div class="bubble">${escaped(message.body)}</div>`;
    case 'email':
      // The frame may run nothing and fetch nothing; its links lead nowhere.
      return [
        `<p class="subject">${escaped(message.subject)}</p>`,
        `<iframe sandbox="" title="HTML part" srcdoc="${escaped(message.html)}"></iframe>`,
        `<details><summary>text part</summary><pre>${escaped(message.text.trim())}</pre></details>`,
      ].join('\n');
    case 'call':
      return (['greeting', 'message', 'goodbye', 'machine'] as const)
        .map((part) => `<p class="when">${part}</p><div class="bubble">${escaped(message[part])}</div>`)
        .join('\n');
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #1f2933; background: #f2f4f7; }
body { margin: 0 auto; padding: 0 24px 48px; max-width: 1900px; }
header { position: sticky; top: 0; background: #f2f4f7; padding: 8px 0; border-bottom: 1px solid #cbd2d9; z-index: 1; }
h1 { font-size: 20px; margin: 0; } header p { margin: 0; color: #52606d; }
nav a { margin-right: 12px; color: #1f4e79; }
section { scroll-margin-top: 110px; }
h2 { font-size: 18px; margin: 28px 0 8px; } h3 { font-size: 14px; margin: 0 0 8px; }
small { font-weight: normal; color: #52606d; }
.row { display: grid; grid-template-columns: repeat(var(--columns), minmax(300px, 1fr)); gap: 12px; margin-bottom: 12px; overflow-x: auto; }
article { background: #fff; border: 1px solid #e4e7eb; border-radius: 8px; padding: 12px; min-width: 0; }
.none { color: #9aa5b1; }
.lock { background: #1f2933; color: #f5f7fa; border-radius: 10px; padding: 8px 12px; margin-bottom: 10px; font-size: 13px; overflow-wrap: anywhere; }
.lock .line1 { font-weight: bold; }
.bubble { background: #e3f0fc; border-radius: 12px 12px 12px 2px; padding: 10px 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
.subject { font-weight: bold; margin: 0 0 6px; }
iframe { width: 100%; height: 740px; border: 1px solid #e4e7eb; border-radius: 4px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: #f7f9fb; padding: 8px; margin: 4px 0 8px; }
.when { color: #52606d; font-size: 13px; margin: 8px 0 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 10px; margin: 10px 0 0; font-size: 13px; }
dt { color: #52606d; } dd { margin: 0; overflow-wrap: anywhere; }
.met { color: #18794e; } .failed { color: #b42318; } .relaxed { color: #9a6700; }
`;
