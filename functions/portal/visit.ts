import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { todayOf } from '#shared/core/acts/act-setting.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { zoneNamed } from '#shared/core/time/zone.ts';
import { countedDigits } from '#shared/kernel/currency.ts';
import { createHash } from 'node:crypto';
import { accountEnding } from '#shared/core/identity-check/identity-question.ts';
import type { TextKey, Words } from './words.ts';

/** Somebody who answered the identity question, on a page of their link. */
export interface Visit {
  readonly code: string;
  readonly link: Link;
  readonly view: PersonView;
  readonly creditor: Creditor;
  readonly words: Words;
  /** What is owed first. */
  readonly accounts: readonly Account[];
  /** The account that the page is about; undefined when there is none. */
  readonly account: Account | undefined;
  /** The agreement that the page is about, as its address says; it may be anything. */
  readonly on: string | undefined;
  /** Address of a page of this link, in the language of this page. */
  readonly at: (page: string, parameters?: Readonly<Record<string, string>>) => string;
}

export interface AccountVisit extends Visit {
  readonly account: Account;
}

/** Length of an account's name in an address: short, and no account number. */
const accountRefLength = 8;

/** How an address names an account. */
export function accountRefOf({ accountId }: Account): string {
  return createHash('sha256').update(accountId).digest('hex').slice(0, accountRefLength);
}

const products: Readonly<Record<string, TextKey>> = {
  credit_card: 'product.credit_card',
  card: 'product.credit_card',
  personal_loan: 'product.personal_loan',
  loan: 'product.personal_loan',
};

/** An account as its holder knows it. */
export function accountName(account: Account, { say }: Words): string {
  const product = say(products[account.product] ?? 'product.other');
  return say('account.name', { product, ending: accountEnding(account) });
}

/** Most first, so that the page which names no account is about the one that matters. */
export function byPastDue(accounts: readonly Account[]): readonly Account[] {
  return accounts.toSorted((a, b) => b.pastDue - a.pastDue || (a.accountId < b.accountId ? -1 : 1));
}

export function digitsOf({ currency }: Account): number {
  return countedDigits(currency);
}

/** Today where the person lives, and the zone by which that is meant. */
export function todayFor({ view }: Visit): { readonly date: string; readonly zone: string } {
  const zone = view.homeZone !== null && zoneNamed(view.homeZone) !== undefined ? view.homeZone : 'UTC';
  return { date: todayOf(view), zone };
}

/** By which messages can confirm what is agreed: the channel that brought the person here, unless it was a call. */
export function confirmChannel({ link }: Visit): Exclude<Channel, 'call'> | undefined {
  return link.channel === 'call' ? undefined : link.channel;
}
