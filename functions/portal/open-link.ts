import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Link } from '#shared/contracts/link.ts';
import { viewOf, type PersonView } from '#shared/core/decision/person-view.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { questionFor, type IdentityQuestion } from './identity.ts';
import { codeHashOf, type PortalRequest } from './portal-request.ts';
import { languageFor, wordsIn, type Words } from './words.ts';

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
  const { code, chosen } = request;
  const standing = code === null ? null : await parts.links.find(codeHashOf(code));
  const now = parts.clock.now();
  if (code === null || standing === null || now >= standing.link.expiresAt) return null;
  const { link, wrongTries } = standing;
  const [person, rules] = await Promise.all([parts.store.load(link.debtorId), parts.rules.current()]);
  const view = person && viewOf(person, rules, now);
  const creditor = rules.creditors.get(link.creditor);
  if (person === null || view === null || creditor === undefined) return null;
  const { identity, triesMax } = rules.agreements.links;
  const question = questionFor(person, identity);
  if (question === null) return null;
  const words = wordsIn(chosen ?? languageFor(person.preferences?.language ?? link.locale));
  return { code, link, view, creditor, question, isClosed: wrongTries >= triesMax, words };
}
