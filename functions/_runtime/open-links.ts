import { hmacLinkIssuer } from '#functions/_adapters/links/hmac-link-issuer.ts';
import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import type { FunctionEnvironment } from '#shared/contracts/environment.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LinkIssuer } from '#shared/ports/link-issuer.ts';

type LinkVariables = Pick<FunctionEnvironment<'send-sms'>, 'LINK_SECRET_ID' | 'PORTAL_URL'>;

/** Personal links of the deployment; its secret is read when the first message needs one. */
export function openLinks({
  environment,
  clock,
}: {
  readonly environment: LinkVariables;
  readonly clock: Clock;
}): LinkIssuer {
  const secret = createSecretReader({ secretId: environment.LINK_SECRET_ID, clock });
  return hmacLinkIssuer({ secret, portalUrl: environment.PORTAL_URL });
}
