import type { HttpAnswer } from '#functions/_runtime/http.ts';
import { minuteMs, secondMs } from '#shared/kernel/instant.ts';
import { datePartsControl, problemSummary, textControl, type Problem } from './form-controls.ts';
import { filledWith } from './form-reader.ts';
import { html, type Content } from './html.ts';
import { isRight } from '#shared/core/identity-check/right-answer.ts';
import { answerIn } from './identity-answer.ts';
import type { OpenedLink } from './open-link.ts';
import { pageAnswer, redirectAnswer } from './page-frame.ts';
import { pages } from './pages.ts';
import { linkAddress, linkFrame, noSuchLink } from './plain-pages.ts';
import type { PortalParts } from './portal-parts.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { PortalRequest } from './portal-request.ts';

/** How the question is asked again. */
interface AskedAgain {
  readonly status: number;
  readonly problems: readonly Problem[];
}

/** Asks who is there, and tells nothing but who asks. The answer leads to the page that was wanted. */
export function askWhoIsThere(
  opened: OpenedLink,
  request: PortalRequest,
  { status, problems }: AskedAgain = { status: 200, problems: [] },
): HttpAnswer {
  const { words } = opened;
  const { say } = words;
  const at = linkAddress(opened, request);
  const body = html`${problemSummary(say('problem.title'), problems)}
    <p>${say('identify.text')}</p>
    <form method="post" action="${at('identify')}" novalidate>
      <input type="hidden" name="next" value="${nextPage(request)}" />
      ${questionControl(opened, problems)}
      <button>${say('identify.submit')}</button>
    </form>
    <ul class="rows">
      <li><a href="${at('wrong-person')}">${say('wrong.link')}</a></li>
      <li><a href="${at('real')}">${say('real.link')}</a></li>
    </ul>`;
  const content = { title: say('identify.title'), body, hasProblems: problems.length > 0 };
  return pageAnswer(status, content, { ...linkFrame(opened, request), realHref: undefined });
}

function questionControl({ question, words }: OpenedLink, problems: readonly Problem[]): Content {
  const { say, language } = words;
  const filled = filledWith(undefined, {}, problems);
  const control = {
    name: 'answer',
    label: say(`identify.${question.fact}`),
    hint: say(`identify.${question.fact}_hint`),
  };
  if (question.fact !== 'birth_date') return textControl(control, filled);
  const parts = [
    { name: 'day', label: say('date.day'), length: 2 },
    { name: 'month', label: say('date.month'), length: 2 },
    { name: 'year', label: say('date.year'), length: 4 },
  ];
  return datePartsControl(control, filled, language.startsWith('zh') ? parts.toReversed() : parts);
}

/** The page behind the question: the one that was asked for, or that the form was sent from. */
function nextPage({ page, form }: PortalRequest): string {
  const wanted = page === 'identify' ? (form.get('next') ?? '') : page;
  return pages.has(wanted) ? wanted : 'overview';
}

/**
 * Hears the answer. A try is taken before it is looked at and given back when it was right: however many answers come at
 * once, no more are heard than the rules allow. Nothing written is no answer.
 */
export async function hearAnswer(
  opened: OpenedLink,
  request: PortalRequest,
  parts: PortalParts,
): Promise<HttpAnswer> {
  const { question, view, code, words } = opened;
  const answer = answerIn(request.form, question.fact);
  const again = (problem: 'identify.empty' | 'identify.wrong', status: number): HttpAnswer =>
    askWhoIsThere(opened, request, { status, problems: [{ field: 'answer', text: words.say(problem) }] });
  if (answer.trim() === '') return again('identify.empty', 422);
  const codeHash = codeHashOf(code);
  const { triesMax } = view.rules.agreements.links;
  const taken = await parts.links.takeTry(codeHash, triesMax);
  if (taken === 'none_left') return countedAs('identity_closed', noSuchLink(request), parts);
  if (!isRight(answer, question)) {
    const page = taken === 'last' ? noSuchLink(request) : again('identify.wrong', 403);
    return countedAs('identity_wrong', page, parts);
  }
  await parts.links.giveTryBack(codeHash);
  return countedAs('identity_right', await letIn(opened, request, parts), parts);
}

async function letIn(opened: OpenedLink, request: PortalRequest, parts: PortalParts): Promise<HttpAnswer> {
  const { code, link, view } = opened;
  const lastsMs = view.rules.agreements.links.sessionMinutes * minuteMs;
  const session = { sid: parts.newId(), sub: link.debtorId, link: codeHashOf(code) };
  const token = await parts.tokens.signSession(session, lastsMs);
  const to = linkAddress(opened, request)(nextPage(request));
  return redirectAnswer(to, [parts.cookie.keep(token, lastsMs / secondMs)]);
}

function countedAs(reason: string, answer: HttpAnswer, { telemetry }: PortalParts): HttpAnswer {
  telemetry.count(reason);
  return answer;
}
