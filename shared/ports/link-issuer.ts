import type { Link } from '#shared/contracts/link.ts';
import type { PersonalPages } from '#shared/core/links/personal-pages.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** Whose link is wanted, and how it goes out. */
export interface WantedLink extends Pick<
  Link,
  'debtorId' | 'contactId' | 'channel' | 'destination' | 'creditor' | 'locale' | 'opens'
> {
  readonly madeAt: Instant;
  /** How long it opens, in days. */
  readonly days: number;
}

export interface IssuedLink {
  /** What is kept of it: it opens once this is written. */
  readonly link: Link;
  /** By which an answer to the message and a click on "unsubscribe" are known again. */
  readonly code: string;
  /** Takes the click of a mail program that ends e-mails. */
  readonly unsubscribeUrl: string;
  /** What the message says; absent when the link is for ending e-mails alone. */
  readonly pages?: PersonalPages | undefined;
}

/** Makes the personal link of a contact; the same contact gets the same addresses. Nothing is stored by it. */
export interface LinkIssuer {
  /** @throws Error when the secret cannot be read: the message has to wait. */
  linkFor(wanted: WantedLink): Promise<IssuedLink>;
}
