import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { OpenedCheckout } from '#shared/ports/checkout.ts';
import { pickControl, textControl, type Option } from '../form-controls.ts';
import type { FormReader } from '../form-reader.ts';
import { html } from '../html.ts';
import { accountPage, type Carried, type Page, type PageParts } from '../page.ts';
import type { FormSeal } from '../page-tokens.ts';
import { accountName, accountRefOf, digitsOf, type AccountVisit } from '../visit.ts';
import { runningOn, stateNotes } from './account-state.ts';

const choices = ['due', 'promised', 'all', 'other'] as const;

/** How much to pay; then the pay page of the provider or the issuer, which a link leads to. */
export const pay: Page = accountPage((visit) => {
  const { words, account } = visit;
  const { say } = words;
  if (account.balance <= 0) return { title: say('pay.title'), body: html`<p>${say('pay.nothing')}</p>` };
  const options = amountOptions(visit);
  return {
    title: say('pay.title'),
    body: [html`<p>${accountName(account, words)}</p>`, stateNotes(account, visit)],
    form: {
      fields: (filled) => [
        pickControl({ name: 'choice', label: say('pay.howMuch') }, filled, { options }),
        textControl({ name: 'amount', label: say('pay.other'), hint: say('pay.otherHint') }, filled, {
          figures: true,
        }),
      ],
      proposed: { choice: options[0]?.value ?? 'other' },
      submit: say('pay.submit'),
      carry: (form, seal, parts) => openPayment(form, seal, { visit, parts }),
    },
  };
});

/** What comes back from the pay page. That money arrived is told by the provider alone, never by this visit. */
export const paid: Page = (visit) => {
  const { say } = visit.words;
  return {
    title: say('paid.title'),
    body: [
      html`<p class="good">${say('paid.text')}</p>`,
      html`<p><a class="button" href="${visit.at('overview')}">${say('back.overview')}</a></p>`,
      html`<p><a href="${visit.at('survey')}">${say('survey.link')}</a></p>`,
    ],
  };
};

function amountsOf(visit: AccountVisit): Readonly<Record<'due' | 'promised' | 'all', number>> {
  const { account } = visit;
  const [promised] = runningOn(account, visit).promises;
  return {
    due: account.pastDue,
    promised: promised === undefined ? 0 : promised.promise.amount - promised.paid,
    all: account.balance,
  };
}

function amountOptions(visit: AccountVisit): readonly Option[] {
  const { words, account } = visit;
  const amounts = amountsOf(visit);
  const fixed = (['promised', 'due', 'all'] as const)
    .filter((choice) => amounts[choice] > 0 && !(choice === 'all' && amounts.all === amounts.due))
    .map((value) => ({
      value,
      label: words.say(`pay.${value}`, { amount: words.money(amounts[value], account.currency) }),
    }));
  return [...fixed, { value: 'other', label: words.say('pay.anotherAmount') }];
}

interface PayFor {
  readonly visit: AccountVisit;
  readonly parts: PageParts;
}

async function openPayment(form: FormReader, seal: FormSeal, { visit, parts }: PayFor): Promise<Carried> {
  const { words, account } = visit;
  const amount = wantedAmount(form, visit);
  if (amount === undefined || form.problems.length > 0) return { kind: 'refused', problems: form.problems };
  const opened = await openAt(amount, seal, { visit, parts });
  if (opened.kind !== 'opened')
    return { kind: 'refused', problems: [{ text: words.say('pay.unavailable') }] };
  const host = new URL(opened.url).host;
  return {
    kind: 'told',
    title: words.say('pay.readyTitle', { amount: words.money(amount, account.currency) }),
    body: [
      html`<p>${words.say('pay.ready', { host, account: accountName(account, words) })}</p>`,
      html`<p>
        <a class="button" rel="noreferrer" href="${opened.url}">${words.say('pay.go', { host })}</a>
      </p>`,
      html`<p><a href="${visit.at('pay', { of: accountRefOf(account) })}">${words.say('pay.change')}</a></p>`,
    ],
  };
}

function wantedAmount(form: FormReader, visit: AccountVisit): number | undefined {
  const { account, words } = visit;
  const choice = form.choice('choice', choices);
  if (choice === undefined) return undefined;
  const amount = choice === 'other' ? form.amount('amount', digitsOf(account)) : amountsOf(visit)[choice];
  if (amount === undefined) return undefined;
  const isTooMuch = amount > Math.max(account.balance, account.pastDue);
  if (isTooMuch || amount <= 0)
    form.refuse(
      'amount',
      words.say('pay.tooMuch', { amountMax: words.money(account.balance, account.currency) }),
    );
  return amount;
}

/** The page at which it is paid, by what the creditor has; its own address where it has nothing else. */
async function openAt(amount: number, seal: FormSeal, { visit, parts }: PayFor): Promise<OpenedCheckout> {
  const { account, creditor, words, at } = visit;
  const { payments } = creditor;
  if (payments?.by === 'issuer_page') {
    const values = { accountId: account.accountId, amount, currency: account.currency, reference: seal.jti };
    return { kind: 'opened', url: filledUrl(payments.url, values) };
  }
  if (payments === undefined) return { kind: 'opened', url: creditor.payUrl };
  if (parts.checkout === undefined) return { kind: 'unavailable', reason: 'no checkout' };
  const of = { of: accountRefOf(account) };
  return parts.checkout.open({
    reference: seal.jti,
    debtorId: account.debtorId,
    accountId: account.accountId,
    title: titleOf(account, creditor, visit),
    amount,
    currency: account.currency,
    locale: words.language,
    paidUrl: `${parts.publicUrl}${at('paid', of)}`,
    backUrl: `${parts.publicUrl}${at('pay', of)}`,
  });
}

function titleOf(account: Account, creditor: Creditor, { words }: AccountVisit): string {
  return `${creditor.names[words.language] ?? creditor.names['en'] ?? ''} · ${accountName(account, words)}`;
}

/** An address with its `{places}` filled in, each written so that it can be nothing but a value. */
export function filledUrl(url: string, values: Readonly<Record<string, string | number>>): string {
  return url.replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    encodeURIComponent(String(values[name] ?? place)),
  );
}
