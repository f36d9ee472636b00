import type { Account } from '#shared/contracts/account.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import { html, type Content, type Markup } from '../html.ts';
import type { Page } from '../page.ts';
import { accountName, accountRefOf, type Visit } from '../visit.ts';
import type { TextKey } from '../words.ts';
import { runningOn, stateNotes } from './account-state.ts';

/** How each account stands, and everything that can be done about it. */
export const overview: Page = (visit) => {
  const { words, view, accounts, at } = visit;
  const person: readonly (readonly [string, TextKey])[] = [
    ['times', 'times.link'],
    ['channels', 'channels.link'],
    ['language', 'language.link'],
    ['survey', 'survey.link'],
    ['wrong-person', 'wrong.link'],
  ];
  return {
    title: words.say('overview.title', { name: view.debtor.givenName }),
    body: [
      accounts.length === 0 && html`<p>${words.say('overview.nothing')}</p>`,
      accounts.map((account) => accountCard(account, visit)),
      html`<h2>${words.say('overview.you')}</h2>`,
      rows(person.map(([page, key]) => ({ href: at(page), label: words.say(key) }))),
    ],
  };
};

function accountCard(account: Account, visit: Visit): Markup {
  const { words, at } = visit;
  const { say } = words;
  const of = { of: accountRefOf(account) };
  const isDue = account.pastDue > 0;
  return html`<section class="card">
    <h2>${accountName(account, words)}</h2>
    ${figures(account, visit)} ${stateNotes(account, visit)}
    ${account.balance > 0 && html`<p><a class="button" href="${at('pay', of)}">${say(isDue ? 'pay.link' : 'pay.linkNotDue')}</a></p>`}
    ${groupsFor(account, visit).map(([name, offered]) => group(name, offered, { account, visit }))}
  </section>`;
}

function figures(account: Account, { words }: Visit): Content {
  const { pastDue, balance, currency, dueDate } = account;
  const due =
    pastDue > 0
      ? [
          [words.say('overview.pastDue'), words.money(pastDue, currency)],
          [words.say('overview.since'), words.date(dueDate)],
        ]
      : [[words.say('overview.pastDue'), words.say('overview.nothingDue')]];
  const all = [...due, [words.say('overview.balance'), words.money(balance, currency)]];
  return html`<dl class="sum">
    ${all.map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

type Offered = readonly [isOffered: boolean, page: string, label: TextKey];

/** What can be done about an account now, by what it is for: only what would be taken is offered. */
function groupsFor(account: Account, visit: Visit): readonly (readonly [TextKey, readonly Offered[]])[] {
  const offers = offersFor(account, visit.view);
  const { promises, plans } = runningOn(account, visit);
  return [
    [
      'overview.later',
      [
        [promises.length > 0 || plans.length > 0, 'withdraw', 'withdraw.link'],
        [offers.promise.kind === 'offered', 'promise', 'promise.link'],
        [offers.plan.kind === 'offered', 'plan', 'plan.link'],
        [offers.extension.kind === 'offered', 'extension', 'extension.link'],
        [account.pastDue > 0, 'hardship', 'hardship.link'],
      ],
    ],
    [
      'overview.wrong',
      [
        [true, 'dispute', 'dispute.link'],
        [true, 'fraud', 'fraud.link'],
      ],
    ],
    [
      'overview.more',
      [
        [offers.dueDateChange.kind === 'offered', 'due-date', 'dueDate.link'],
        [offers.feeWaiver.kind === 'offered', 'fee', 'fee.link'],
        [true, 'call', 'call.link'],
      ],
    ],
  ];
}

function group(name: TextKey, offered: readonly Offered[], { account, visit }: CardOf): Content {
  const of = { of: accountRefOf(account) };
  const links = offered
    .filter(([isOffered]) => isOffered)
    .map(([, page, key]) => ({ href: visit.at(page, of), label: visit.words.say(key) }));
  return links.length > 0 && [html`<h3>${visit.words.say(name)}</h3>`, rows(links)];
}

interface CardOf {
  readonly account: Account;
  readonly visit: Visit;
}

function rows(links: readonly { readonly href: string; readonly label: string }[]): Markup {
  return html`<ul class="rows">
    ${links.map(({ href, label }) => html`<li><a href="${href}">${label}</a></li>`)}
  </ul>`;
}
