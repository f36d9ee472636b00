import { codeHashOf, linkCodeKey, linkCodeOf } from '#shared/core/links/link-code.ts';
import { personalPages, unsubscribePath } from '#shared/core/links/personal-pages.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { LinkIssuer } from '#shared/ports/link-issuer.ts';

export interface LinkIssuerOptions {
  /** The deployment's link secret. */
  readonly secret: () => Promise<string>;
  /** Origin of the pages, without a slash at its end. */
  readonly portalUrl: string;
}

/** Personal links whose codes follow from the link secret and the contact. */
export function hmacLinkIssuer({ secret, portalUrl }: LinkIssuerOptions): LinkIssuer {
  return {
    linkFor: async ({ days, ...wanted }) => {
      const code = linkCodeOf(linkCodeKey(await secret()), wanted.contactId);
      return {
        link: { ...wanted, codeHash: codeHashOf(code), expiresAt: wanted.madeAt + days * dayMs },
        code,
        unsubscribeUrl: `${portalUrl}${unsubscribePath}${code}`,
        ...(wanted.opens === undefined && { pages: personalPages(portalUrl, code) }),
      };
    },
  };
}
