import type { Link } from '#shared/contracts/link.ts';
import type { PersonalPages } from '#shared/core/links/personal-pages.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** Whose link is wanted, and how it goes out. */
export interface WantedLink extends Pick<
  Link,
  'debtorId' | 'contactId' | 'channel' | 'destination' | 'creditor' | 'locale'
> {
  readonly madeAt: Instant;
  /** How long it opens, in days. */
  readonly days: number;
}

export interface IssuedLink {
  /** What is kept of it: it opens once this is written. */
  readonly link: Link;
  /** What the message says. */
  readonly pages: PersonalPages;
}

/** Makes the personal link of a contact; the same contact gets the same addresses. Nothing is stored by it. */
export interface LinkIssuer {
  /** @throws Error when the secret cannot be read: the message has to wait. */
  linkFor(wanted: WantedLink): Promise<IssuedLink>;
}
