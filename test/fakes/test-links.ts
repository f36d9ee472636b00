import { hmacLinkIssuer } from '#functions/_adapters/links/hmac-link-issuer.ts';
import type { LinkIssuer } from '#shared/ports/link-issuer.ts';

/** Personal links as they are really made, by a secret that everybody knows. */
export const testLinks: LinkIssuer = hmacLinkIssuer({
  secret: () => Promise.resolve('a secret for tests'),
  portalUrl: 'https://pay.example.com',
});
