import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import type { CarryOutParts } from '#shared/usecases/carry-out.ts';
import type { Checkout } from '#shared/ports/checkout.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import type { PageTokens } from './page-tokens.ts';
import type { SessionCookie } from './session-cookie.ts';

/** What the pages are built from. */
export interface PortalParts extends CarryOutParts {
  readonly links: LinkStore;
  readonly tokens: PageTokens;
  readonly cookie: SessionCookie;
  /** Absent: no provider's pay page can be opened here. */
  readonly checkout?: Checkout | undefined;
  /** Origin of the pages, without a path. */
  readonly publicUrl: string;
  /** A fresh random UUID: for sessions, and for what a form will do. */
  readonly newId: () => string;
  readonly telemetry: Telemetry;
}
