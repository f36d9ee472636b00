import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';
import type { Link } from '#shared/contracts/link.ts';
import { unsubscribePath } from '#shared/core/links/personal-pages.ts';
import { mailLink, unsubscribe } from '#shared/usecases/unsubscribe.ts';
import { html } from './html.ts';
import { isOneClick, oneClick } from './one-click.ts';
import { pageAnswer, type Frame } from './page-frame.ts';
import { nameOf, noSuchLink } from './plain-pages.ts';
import type { PortalParts } from './portal-parts.ts';
import type { PortalRequest } from './portal-request.ts';
import { languageFor, wordsIn } from './words.ts';

/**
 * The door of a mail program's "unsubscribe" (RFC 8058): a POST with the one field that the standard names ends e-mails, from
 * whatever site and without any cookie. A GET only shows the button, since programs open links by themselves. Nobody is asked
 * who they are, and nothing is told but whose e-mails these are.
 */
export async function answerUnsubscribe(
  request: HttpRequest,
  asked: PortalRequest,
  parts: PortalParts,
): Promise<HttpAnswer> {
  const { code } = asked;
  const link = code === null ? null : await mailLink(code, parts);
  if (code === null || link === null) {
    parts.telemetry.count('unsubscribe_unknown');
    return noSuchLink(asked);
  }
  const frame = await frameOf(link, asked, parts);
  if (asked.method !== 'POST') return page(200, frame, code);
  if (!isOneClick(request)) {
    parts.telemetry.count('unsubscribe_refused');
    return page(400, frame, code);
  }
  const outcome = await unsubscribe(code, 'page', parts);
  parts.telemetry.count(`unsubscribe_${outcome}`);
  if (outcome === 'unknown') return noSuchLink(asked);
  if (outcome === 'busy') return page(503, frame, code);
  const { say } = frame.words;
  const body = html`<p class="good">${say('unsubscribe.done')}</p>`;
  return pageAnswer(200, { title: say('unsubscribe.doneTitle'), body }, frame);
}

function page(status: 200 | 400 | 503, frame: Frame, code: string): HttpAnswer {
  const { say } = frame.words;
  const body = html`${status === 503 && html`<p class="problem" role="alert">${say('problem.busy')}</p>`}
    <p>${say('unsubscribe.text')}</p>
    <form method="post" action="${unsubscribePath}${code}?lang=${frame.words.language}">
      <input type="hidden" name="${oneClick.name}" value="${oneClick.value}" /><button>
        ${say('unsubscribe.submit')}
      </button>
    </form>`;
  return pageAnswer(status, { title: say('unsubscribe.title'), body, hasProblems: status === 503 }, frame);
}

async function frameOf(link: Link, { chosen }: PortalRequest, { rules }: PortalParts): Promise<Frame> {
  const words = wordsIn(chosen ?? languageFor(link.locale));
  const creditor = (await rules.current()).creditors.get(link.creditor);
  return {
    words,
    name: creditor === undefined ? undefined : nameOf(creditor, words),
    inLanguage: (language) => `?lang=${language}`,
    realHref: `/real?lang=${words.language}`,
  };
}
