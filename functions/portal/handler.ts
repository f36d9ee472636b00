import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';
import { askWhoIsThere, hearAnswer } from './identity-door.ts';
import { openLink, type OpenedLink } from './open-link.ts';
import { redirectAnswer } from './page-frame.ts';
import type { Session } from './page-tokens.ts';
import { pages } from './pages.ts';
import { linkAddress, noSuchLink, realPage, realPageOfLink } from './plain-pages.ts';
import type { PortalParts } from './portal-parts.ts';
import { unsubscribePath } from '#shared/core/links/personal-pages.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { readPortalRequest, type PortalRequest } from './portal-request.ts';
import { answerPromiseCallback, promisesPath, type PromiseCallbackParts } from './promise-callback.ts';
import { answerUnsubscribe } from './unsubscribe-page.ts';
import { answerVisit } from './visit-page.ts';
import { wrongPerson } from './wrong-person.ts';

/** The pages that personal links open, and the creditor's own systems that tell what a person promised there. */
export function createHandler(parts: PortalParts & PromiseCallbackParts) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    if (request.rawPath === promisesPath) return answerPromiseCallback(request, parts);
    const asked = readPortalRequest(request, parts.publicUrl);
    if (request.rawPath === '/real') return realPage(asked.query, asked.accepted, await allCreditors(parts));
    if (request.rawPath.startsWith(unsubscribePath)) return answerUnsubscribe(request, asked, parts);
    return answerPage(asked, parts);
  };
}

/** A link that does not open, and a form that another site sent, get one and the same answer. */
async function answerPage(request: PortalRequest, parts: PortalParts): Promise<HttpAnswer> {
  const isForged = request.method === 'POST' && request.isFromElsewhere;
  const opened = isForged ? null : await openLink(request, parts);
  if (opened === null) {
    parts.telemetry.count(isForged ? 'form_from_elsewhere' : 'link_unknown');
    return noSuchLink(request);
  }
  const session = await sessionOf(opened, request, parts);
  if (opened.isClosed && session === null) return noSuchLink(request);
  const open = openPages.get(request.page);
  return open === undefined
    ? answerKnown({ opened, session }, request, parts)
    : open({ opened, session }, request, parts);
}

interface AtDoor {
  readonly opened: OpenedLink;
  readonly session: Session | null;
}
type Answer = (door: AtDoor, request: PortalRequest, parts: PortalParts) => Promise<HttpAnswer> | HttpAnswer;

/** Pages of a link for which nobody is asked who they are. */
const openPages: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  [
    'identify',
    ({ opened }, request, parts) =>
      request.method === 'POST' ? hearAnswer(opened, request, parts) : askWhoIsThere(opened, request),
  ],
  ['wrong-person', ({ opened }, request, parts) => wrongPerson(opened, request, parts)],
  ['real', ({ opened }, request) => realPageOfLink(opened, request)],
  [
    'leave',
    ({ opened }, request, parts) =>
      redirectAnswer(
        linkAddress(opened, request)('overview'),
        request.method === 'POST' ? [parts.cookie.forget()] : [],
      ),
  ],
]);

/** Every other page is for the person themselves: whoever is not known to be it is asked first. */
const answerKnown: Answer = ({ opened, session }, request, parts) => {
  const page = pages.get(request.page);
  if (page === undefined) return noSuchLink(request);
  if (session !== null) return answerVisit({ page, opened, session, request, parts });
  parts.telemetry.count('asked_who');
  return request.method === 'POST'
    ? askWhoIsThere(opened, request, {
        status: 403,
        problems: [{ text: opened.words.say('problem.sessionOver') }],
      })
    : askWhoIsThere(opened, request);
};

/** The session of this browser, if it is one of this link and person. */
async function sessionOf(
  { code, link }: OpenedLink,
  { cookies }: PortalRequest,
  { tokens, cookie }: PortalParts,
): Promise<Session | null> {
  const session = await tokens.readSession(cookie.read(cookies));
  return session?.sub === link.debtorId && session.link === codeHashOf(code) ? session : null;
}

async function allCreditors({ rules }: PortalParts) {
  return [...(await rules.current()).creditors.values()];
}
