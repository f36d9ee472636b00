import type { HttpAnswer } from '#functions/_runtime/http.ts';
import { html, Markup, type Content } from './html.ts';
import { style, styleHash } from './style.ts';
import { pageLanguages, type PageLanguage, type Words } from './words.ts';

/** One page, without what all pages have. */
export interface PageContent {
  readonly title: string;
  readonly body: Content;
  /** Link back to where the page was reached from. */
  readonly back?: { readonly href: string; readonly label: string } | undefined;
  /** Whether the page tells of something to mend: its title says so first. */
  readonly hasProblems?: boolean;
}

/** What stands around a page. */
export interface Frame {
  readonly words: Words;
  /** Who speaks; on pages that know no link, nobody. */
  readonly name: string | undefined;
  /** The page's own address in another language. */
  readonly inLanguage: (language: PageLanguage) => string;
  /** Page that tells how to know us; absent where it is linked to already. */
  readonly realHref: string | undefined;
  /** Form that ends the session, where there is one. */
  readonly leave?: Markup | undefined;
}

const contentPolicy = [
  "default-src 'none'",
  `style-src '${styleHash}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Headers of every page. `same-origin` instead of `no-referrer`: no other site learns an address either way, but with
 * `no-referrer` a browser also hides from ourselves that our form was sent from our page.
 */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentPolicy,
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'strict-transport-security': 'max-age=63072000',
};

/** As one piece, because the policy names its very bytes. */
const styleElement = new Markup(`<style>${style}</style>`);

/** A whole page as the answer to a request. */
export function pageAnswer(status: number, content: PageContent, frame: Frame): HttpAnswer {
  return { statusCode: status, headers: pageHeaders, body: documentOf(content, frame) };
}

/** Sends the browser to another of our pages, by GET. */
export function redirectAnswer(path: string, cookies: readonly string[] = []): HttpAnswer {
  const { 'content-type': _none, ...headers } = pageHeaders;
  return { statusCode: 303, headers: { ...headers, location: path }, cookies: [...cookies] };
}

function documentOf({ title, body, back, hasProblems }: PageContent, frame: Frame): string {
  const { words, name } = frame;
  const problem = hasProblems === true && words.say('problem.title');
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>${problem !== false && `${problem}: `}${title}${name !== undefined && ` · ${name}`}</title>
        ${styleElement}
      </head>
      <body>
        <div class="top">
          <header><p class="name">${name ?? words.say('frame.noName')}</p></header>
        </div>
        <main>
          ${back !== undefined && html`<a class="back" href="${back.href}">&lsaquo; ${back.label}</a>`}
          <h1>${title}</h1>
          ${body}
        </main>
        ${footerOf(frame)}
      </body>
    </html> `.text;
}

function footerOf({ words, inLanguage, realHref, leave }: Frame): Markup {
  return html`<footer>
    <nav aria-label="${words.say('frame.languages')}">
      <ul class="langs">
        ${languages.map(
          ([language, label]) =>
            html`<li>
              ${
                language === words.language
                  ? html`<span lang="${language}" aria-current="true">${label}</span>`
                  : html`<a href="${inLanguage(language)}" lang="${language}" hreflang="${language}"
                      >${label}</a
                    >`
              }
            </li>`,
        )}
      </ul>
    </nav>
    ${realHref !== undefined && html`<p><a href="${realHref}">${words.say('real.link')}</a></p>`} ${leave}
  </footer>`;
}

const languages: readonly (readonly [PageLanguage, string])[] = [
  ['en', pageLanguages.en],
  ['es', pageLanguages.es],
  ['zh-CN', pageLanguages['zh-CN']],
  ['zh-TW', pageLanguages['zh-TW']],
];
