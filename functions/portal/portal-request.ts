import { bodyOf, type HttpRequest } from '#functions/_runtime/http.ts';
import { isLinkCode } from '#shared/core/links/link-code.ts';
import { acceptedLanguage, isPageLanguage, type PageLanguage } from './words.ts';

/** The three doors that a message's link may open, and the page behind each. */
const doors: Readonly<Record<string, string>> = { a: 'overview', p: 'pay', s: 'survey' };
/** Longest form that is read, in characters: the longest text field several times over. */
const formLengthMax = 20_000;

/** A request for a page, as far as it can be understood without knowing anybody. */
export interface PortalRequest {
  readonly method: string;
  /** Code of a personal link; null when the path has none that could be one. */
  readonly code: string | null;
  readonly page: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Language that was chosen on the page; absent: the one of the link. */
  readonly chosen: PageLanguage | undefined;
  /** Language of the browser, for pages that know no person. */
  readonly accepted: PageLanguage;
  readonly cookies: readonly string[];
  readonly isFromElsewhere: boolean;
}

/** Reads a request of the doors `/a/{code}`, `/a/{code}/{page}`, `/p/{code}` and `/s/{code}`. */
export function readPortalRequest(request: HttpRequest, publicUrl: string): PortalRequest {
  const query = new URLSearchParams(request.rawQueryString);
  const body = bodyOf(request);
  const lang = query.get('lang') ?? '';
  return {
    method: request.routeKey.split(' ', 1).join(),
    ...placeOf(request.rawPath),
    query,
    form: new URLSearchParams(body.length > formLengthMax ? '' : body),
    chosen: isPageLanguage(lang) ? lang : undefined,
    accepted: acceptedLanguage(request.headers['accept-language']),
    cookies: request.cookies ?? [],
    isFromElsewhere: isFromElsewhere(request, publicUrl),
  };
}

function placeOf(path: string): Pick<PortalRequest, 'code' | 'page'> {
  const [, door = '', code = '', page] = path.split('/');
  return {
    code: isLinkCode(code) ? code : null,
    page: door === 'a' && page !== undefined ? page : (doors[door] ?? ''),
  };
}

/**
 * Whether a browser says that a form was sent from another site. Browsers that say nothing are old ones: for them the
 * form's own token has to do.
 */
function isFromElsewhere({ headers }: HttpRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  const own = [hostOf(publicUrl), headers['host']];
  return !own.includes(hostOf(origin));
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
