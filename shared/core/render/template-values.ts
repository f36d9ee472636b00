import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { payWithinDaysDefault } from '#shared/contracts/strategy.ts';
import type { TemplateVariable } from '#shared/contracts/template.ts';
import { addDays, daysBetween } from '#shared/core/time/local-time.ts';
import { fallbackLocale, localeChain } from './locale-chain.ts';
import { localDateText, moneyText } from './localise.ts';

/** Everything that a template may name; numbers stay numbers so that a text can choose between one and many. */
export type TemplateValues = Readonly<
  Record<Exclude<TemplateVariable, CountVariable>, string> & Record<CountVariable, number>
>;
const countVariables = ['daysPastDue', 'accountCount'] as const satisfies readonly TemplateVariable[];
type CountVariable = (typeof countVariables)[number];

/** True for the variables that are numbers. */
export function isCount(name: TemplateVariable): name is CountVariable {
  return countVariables.some((count) => count === name);
}

/** What a message is about. The first account is the leading one: its dates are named. */
export interface MessageFacts {
  /** Locale of the template that was found, so that amounts and dates speak the text's language. */
  readonly locale: string;
  readonly debtor: Pick<Debtor, 'givenName' | 'familyName'>;
  readonly creditor: Creditor;
  readonly accounts: readonly [Account, ...Account[]];
  /** Today where the person lives. */
  readonly today: LocalDate;
  /** The step's time to pay; absent: `payWithinDaysDefault`. */
  readonly payWithinDays?: number | undefined;
}

/**
 * The values of a message. `amountDue` is what is past due on all accounts spoken of (before the due date: what will fall
 * due), by currency; `dueDate` and `daysPastDue` are the leading account's; `payBy` is the day to pay by: the due date
 * itself while it is ahead, else some days from today.
 */
export function templateValues(facts: MessageFacts): TemplateValues {
  const { locale, debtor, creditor, accounts, today } = facts;
  const leading = accounts[0];
  const daysPastDue = Math.max(0, daysBetween(leading.dueDate, today));
  const payBy =
    leading.pastDue > 0 ? addDays(today, facts.payWithinDays ?? payWithinDaysDefault) : leading.dueDate;
  return {
    givenName: oneLine(debtor.givenName),
    familyName: oneLine(debtor.familyName),
    creditorName: creditorNameIn(creditor, locale),
    creditorPhone: creditor.phone,
    payUrl: creditor.payUrl,
    amountDue: amountsDue(accounts, locale),
    daysPastDue,
    dueDate: localDateText(leading.dueDate, locale),
    payBy: localDateText(payBy, locale),
    accountCount: accounts.length,
  };
}

/** Longest name that a message carries, in characters: a feed's mistake must not become a ten-part text message. */
const nameLengthMax = 60;

/** A name as one line of text: line breaks could forge a header, control characters could hide text. */
function oneLine(name: string): string {
  return Array.from(name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
    .slice(0, nameLengthMax)
    .join('');
}

function creditorNameIn(creditor: Creditor, locale: string): string {
  for (const candidate of localeChain(locale)) {
    const name = creditor.names[candidate];
    if (name !== undefined) return name;
  }
  throw new Error(`creditor ${creditor.creditor} has no name in ${fallbackLocale}: its file was not checked`);
}

function amountsDue(accounts: readonly [Account, ...Account[]], locale: string): string {
  const overdue = accounts[0].pastDue > 0;
  const sums = new Map<string, number>();
  for (const { currency, pastDue, minimumDue } of accounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + (overdue ? pastDue : minimumDue));
  }
  return Array.from(sums, ([currency, amount]) => moneyText(amount, currency, locale)).join(' + ');
}
