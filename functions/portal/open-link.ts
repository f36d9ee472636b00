import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Link, LinkStanding } from '#shared/contracts/link.ts';
import { viewOf, type PersonView } from '#shared/core/decision/person-view.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { questionFor, type IdentityQuestion } from '#shared/core/identity-check/identity-question.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { PortalRequest } from './portal-request.ts';
import { languageFor, wordsIn, type PageLanguage, type Words } from './words.ts';

export interface OpenLinkParts {
  readonly links: LinkStore;
  readonly store: Pick<DebtorStore, 'load'>;
  readonly clock: Clock;
  readonly rules: RulesSource;
}

/** A link that opens. Who holds it is still unknown. */
export interface OpenedLink {
  readonly code: string;
  readonly link: Link;
  readonly view: PersonView;
  readonly creditor: Creditor;
  readonly question: IdentityQuestion;
  /** After too many wrong answers no further one is heard; who is already in stays in. */
  readonly isClosed: boolean;
  readonly words: Words;
}

/**
 * What a request's code opens; null when there is no such link, it is too old, or nothing is known by which the person could
 * be told from others. From outside all of these look alike.
 */
export async function openLink(request: PortalRequest, parts: OpenLinkParts): Promise<OpenedLink | null> {
  const { code } = request;
  const standing = code === null ? null : await parts.links.find(codeHashOf(code));
  const isTooOld = standing !== null && parts.clock.now() >= standing.link.expiresAt;
  const opensPages = standing?.link.opens === undefined;
  return code === null || standing === null || isTooOld || !opensPages
    ? null
    : opened({ code, ...standing }, request, parts);
}

async function opened(
  { code, link, wrongTries }: LinkStanding & { readonly code: string },
  { chosen }: PortalRequest,
  { store, rules: source, clock }: OpenLinkParts,
): Promise<OpenedLink | null> {
  const [person, rules] = await Promise.all([store.load(link.debtorId), source.current()]);
  const view = person === null ? null : viewOf(person, rules, clock.now());
  const creditor = rules.creditors.get(link.creditor);
  const { identity, triesMax } = rules.agreements.links;
  const question = person === null ? null : questionFor(person, identity);
  if (view === null || question === null || creditor === undefined) return null;
  const words = wordsIn(chosen ?? languageOf(view, link));
  return { code, link, view, creditor, question, isClosed: wrongTries >= triesMax, words };
}

/** What the person asked for counts more than the language of the message. */
function languageOf({ person }: PersonView, { locale }: Link): PageLanguage {
  return languageFor(person.preferences?.language ?? locale);
}
