import type { HttpAnswer } from '#functions/_runtime/http.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import { html, type Content } from './html.ts';
import { phoneLink } from './phone-link.ts';
import type { OpenedLink } from './open-link.ts';
import { pageAnswer, type Frame } from './page-frame.ts';
import type { PortalRequest } from './portal-request.ts';
import { isPageLanguage, wordsIn, type PageLanguage, type Words } from './words.ts';

/** Name of a creditor in the language of a page. */
export function nameOf({ names }: Creditor, { language }: Words): string {
  return names[language] ?? names['en'] ?? '';
}

/** Address of a page of a link, in the language that was chosen, if one was. */
export function linkAddress(
  { code, words }: Pick<OpenedLink, 'code' | 'words'>,
  request: PortalRequest,
): (page: string, parameters?: Readonly<Record<string, string>>) => string {
  return (page, parameters = {}) => {
    const chosen = request.chosen === undefined ? {} : { lang: words.language };
    const query = new URLSearchParams({ ...parameters, ...chosen }).toString();
    return `/a/${code}${page === 'overview' ? '' : `/${page}`}${query === '' ? '' : `?${query}`}`;
  };
}

/** What stands around the pages of a link. */
export function linkFrame(opened: OpenedLink, request: PortalRequest): Frame {
  const { code, creditor, words } = opened;
  const here = request.page === 'overview' ? '' : `/${request.page}`;
  return {
    words,
    name: nameOf(creditor, words),
    inLanguage: (language) => {
      const query = new URLSearchParams(
        [...request.query].filter(([name]) => name === 'of' || name === 'on'),
      );
      query.set('lang', language);
      return `/a/${code}${here}?${query.toString()}`;
    },
    realHref: request.page === 'real' ? undefined : linkAddress(opened, request)('real'),
  };
}

/** A page that knows nobody. */
function strangersFrame(language: PageLanguage): Frame & { readonly realHref: string } {
  return {
    words: wordsIn(language),
    name: undefined,
    inLanguage: (other) => `?lang=${other}`,
    realHref: `/real?lang=${language}`,
  };
}

/**
 * The answer to every link that does not open: unknown, over, closed after wrong answers, or somebody's of whom nothing is
 * known. One page for all of them, so that it tells nobody which.
 */
export function noSuchLink(request: PortalRequest): HttpAnswer {
  const frame = strangersFrame(request.chosen ?? request.accepted);
  const { say } = frame.words;
  const body = html`<p>${say('neutral.why')}</p>
    <p>${say('neutral.call')}</p>
    <p><a class="button" href="${frame.realHref}">${say('neutral.numbers')}</a></p>`;
  return pageAnswer(404, { title: say('neutral.title'), body }, frame);
}

/** By what a person can tell that a message is from whom it says, of everybody who sends any. */
export function realPage(
  query: URLSearchParams,
  accepted: PageLanguage,
  creditors: readonly Creditor[],
): HttpAnswer {
  const lang = query.get('lang') ?? '';
  const frame = strangersFrame(isPageLanguage(lang) ? lang : accepted);
  const body = [explained(frame.words), creditors.map((creditor) => senders(creditor, frame.words))];
  return pageAnswer(200, { title: frame.words.say('real.title'), body }, frame);
}

/** The same about the one who sent a link. */
export function realPageOfLink(opened: OpenedLink, request: PortalRequest): HttpAnswer {
  const { words, creditor } = opened;
  const back = { href: linkAddress(opened, request)('overview'), label: words.say('back.back') };
  const body = [explained(words), senders(creditor, words)];
  return pageAnswer(200, { title: words.say('real.title'), body, back }, linkFrame(opened, request));
}

function explained({ say }: Words): Content {
  return html`<p>${say('real.how')}</p>
    <p>${say('real.asks')}</p>
    <p>${say('real.never')}</p>
    <p>${say('real.doubt')}</p>`;
}

function senders(creditor: Creditor, words: Words): Content {
  const { say } = words;
  const rows = [
    [say('real.phone'), phoneLink(creditor.phone)],
    [say('real.sms'), creditor.smsFrom],
    [say('real.voice'), creditor.voiceFrom],
    [say('real.email'), creditor.emailFrom],
  ];
  return html`<section class="card">
    <h2>${nameOf(creditor, words)}</h2>
    <dl class="sum stacked">
      ${rows.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
