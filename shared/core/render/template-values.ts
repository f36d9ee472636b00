import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import { payWithinDaysDefault } from '#shared/contracts/pay-within-days.ts';
import type { TemplateContext, TemplateVariable, VariableOf } from '#shared/contracts/template.ts';
import { addDays, daysBetween } from '#shared/core/time/local-time.ts';
import { fallbackLocale, localeChain } from './locale-chain.ts';
import { localDateText, moneyText } from './localise.ts';
import type { MessageFacts } from './message-facts.ts';

const countVariables = ['daysPastDue', 'accountCount', 'planInstalments'] as const;
type CountVariable = (typeof countVariables)[number];

/** True for the variables that are numbers. */
export function isCount(name: TemplateVariable): name is CountVariable {
  return countVariables.some((count) => count === name);
}

/** What a text of a context may name; numbers stay numbers so that it can choose between one and many. */
export type TemplateValues<X extends TemplateContext = TemplateContext> = {
  readonly [K in X]: { readonly context: K } & {
    readonly [V in VariableOf<K>]: V extends CountVariable ? number : string;
  };
}[X];

/** The values of a message, with amounts and dates as the text's language writes them. */
export function templateValues<X extends TemplateContext>(facts: MessageFacts<X>): TemplateValues<X> {
  const valuesOf: (facts: MessageFacts<X>) => TemplateValues<X> = values[facts.context];
  return valuesOf(facts);
}

const values: { readonly [X in TemplateContext]: (facts: MessageFacts<X>) => TemplateValues<X> } = {
  overdue: overdueValues,
  promise: promiseValues,
  plan: planValues,
  payment: paymentValues,
  survey: (facts) => ({ context: 'survey', ...addressValues(facts), surveyUrl: facts.surveyUrl }),
  answer: (facts) => ({
    context: 'answer',
    ...addressValues(facts),
    payUrl: facts.payUrl ?? facts.creditor.payUrl,
    manageUrl: facts.manageUrl,
  }),
  proposal: proposalValues,
  stranger: ({ creditor, locale }) => ({
    context: 'stranger',
    creditorName: creditorNameIn(creditor, locale),
    creditorPhone: creditor.phone,
  }),
};

/** Who a text speaks for and to, as every text to a known person may name them. */
export function addressValues({
  locale,
  debtor,
  creditor,
}: Pick<MessageFacts<'overdue'>, 'locale' | 'debtor' | 'creditor'>) {
  return {
    givenName: oneLine(debtor.givenName),
    familyName: oneLine(debtor.familyName),
    creditorName: creditorNameIn(creditor, locale),
    creditorPhone: creditor.phone,
  };
}

/**
 * `amountDue` is what is past due on all accounts spoken of (before the due date: what will fall due), by currency;
 * `dueDate` and `daysPastDue` are the leading account's; `payBy` is the day to pay by: the due date itself while it is
 * ahead, else some days from today.
 */
function overdueValues(facts: MessageFacts<'overdue'>): TemplateValues<'overdue'> {
  const { locale, creditor, accounts, today } = facts;
  const leading = accounts[0];
  const payBy =
    leading.pastDue > 0 ? addDays(today, facts.payWithinDays ?? payWithinDaysDefault) : leading.dueDate;
  return {
    context: 'overdue',
    ...addressValues(facts),
    payUrl: facts.payUrl ?? creditor.payUrl,
    amountDue: amountsDue(accounts, locale),
    daysPastDue: Math.max(0, daysBetween(leading.dueDate, today)),
    dueDate: localDateText(leading.dueDate, locale),
    payBy: localDateText(payBy, locale),
    accountCount: accounts.length,
  };
}

/** `promiseOpenAmount` is what of the promised amount has not been paid yet. */
function promiseValues(facts: MessageFacts<'promise'>): TemplateValues<'promise'> {
  const { locale, creditor, manageUrl } = facts;
  const { amount, paidAmount, currency, dueDate } = facts.promise;
  return {
    context: 'promise',
    ...addressValues(facts),
    payUrl: facts.payUrl ?? creditor.payUrl,
    manageUrl,
    promiseAmount: moneyText(amount, currency, locale),
    promiseOpenAmount: moneyText(Math.max(0, amount - paidAmount), currency, locale),
    promiseDate: localDateText(dueDate, locale),
  };
}

function planValues(facts: MessageFacts<'plan'>): TemplateValues<'plan'> {
  const { locale, manageUrl } = facts;
  const { instalments, total, firstAmount, amount, lastAmount, currency, firstDate, lastDate } = facts.plan;
  return {
    context: 'plan',
    ...addressValues(facts),
    manageUrl,
    planTotal: moneyText(total, currency, locale),
    planInstalments: instalments,
    planFirstAmount: moneyText(firstAmount, currency, locale),
    planInstalmentAmount: moneyText(amount, currency, locale),
    planLastAmount: moneyText(lastAmount, currency, locale),
    planFirstDate: localDateText(firstDate, locale),
    planLastDate: localDateText(lastDate, locale),
  };
}

function proposalValues(facts: MessageFacts<'proposal'>): TemplateValues<'proposal'> {
  const { locale, manageUrl } = facts;
  const { amount, currency, date } = facts.proposal;
  return {
    context: 'proposal',
    ...addressValues(facts),
    manageUrl,
    proposedAmount: moneyText(amount, currency, locale),
    proposedDate: localDateText(date, locale),
  };
}

/** `remainingAmount` is empty when nothing is past due any more, so that a text can say so. */
function paymentValues(facts: MessageFacts<'payment'>): TemplateValues<'payment'> {
  const { locale, creditor } = facts;
  const { amount, currency, paidOn, remaining } = facts.payment;
  return {
    context: 'payment',
    ...addressValues(facts),
    payUrl: facts.payUrl ?? creditor.payUrl,
    paidAmount: moneyText(amount, currency, locale),
    paidDate: localDateText(paidOn, locale),
    remainingAmount: remaining > 0 ? moneyText(remaining, currency, locale) : '',
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

/** What a creditor is called in a language, else in the nearest that it has a name in. */
export function creditorNameIn(creditor: Creditor, locale: string): string {
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
