import type { Account } from '#shared/contracts/account.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import type { Checkout } from '#shared/ports/checkout.ts';
import type { Filled, Problem } from './form-controls.ts';
import type { FormReader } from './form-reader.ts';
import type { Content } from './html.ts';
import type { FormSeal } from './page-tokens.ts';
import type { AccountVisit, Visit } from './visit.ts';

/** What a form's carrying out needs of the world. */
export interface PageParts {
  readonly carryOut: (request: ActRequest) => Promise<ActAnswer>;
  /** Absent: no provider's pay page can be opened here. */
  readonly checkout?: Checkout | undefined;
  /** Origin of the pages, which a pay page leads back to. */
  readonly publicUrl: string;
}

/** What became of a sent form. `acted`: a page of its own tells what was done. `confirm`: it is right, and is shown once more before it is carried out. */
export type Carried =
  | { readonly kind: 'acted'; readonly actId: string }
  | { readonly kind: 'told'; readonly title: string; readonly body: Content }
  | { readonly kind: 'confirm'; readonly title: string; readonly body: Content; readonly submit: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'busy' };

/** What a page asks, and what it does with the answer. */
export interface PageForm {
  readonly fields: (filled: Filled) => Content;
  /** Proposed values by field. */
  readonly proposed?: Readonly<Record<string, string | readonly string[]>>;
  readonly submit: string;
  /** Whether something else on the page is more likely what the person wants. */
  readonly isQuiet?: boolean;
  /** Agreement that it is about: sealed into the form, so that it cannot become another one. */
  readonly on?: string | undefined;
  readonly carry: (form: FormReader, seal: FormSeal, parts: PageParts) => Promise<Carried>;
}

/** A page for one visit: what it tells, and what it asks. */
export interface PreparedPage {
  /** The account that it is about: its form is sealed to it. */
  readonly account?: Account;
  readonly title: string;
  readonly body?: Content;
  readonly form?: PageForm | undefined;
  /** What stands below the form. */
  readonly after?: Content;
}

/** A page of a link. Null where there is nothing that it could be about. */
export type Page = (visit: Visit) => PreparedPage | null;

/** A page about one account; its form is sealed to that account. */
export function accountPage(prepare: (visit: AccountVisit) => PreparedPage): Page {
  return (visit) => {
    const { account } = visit;
    return account === undefined ? null : { account, ...prepare({ ...visit, account }) };
  };
}
