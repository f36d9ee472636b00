import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { MessageFacts } from '#shared/core/render/template-values.ts';

/** A person with a rather long name and a rather large amount, to see how a text comes out. */
export function sampleMessage(locale: string, creditor: Creditor): MessageFacts {
  const language = locale.split('-')[0] ?? locale;
  const { givenName, familyName, currency } = samples[locale] ?? samples[language] ?? latinSample;
  return {
    locale,
    creditor,
    debtor: { givenName, familyName },
    accounts: [sampleAccount(currency)],
    today: '2026-11-21',
  };
}

interface Sample {
  readonly givenName: string;
  readonly familyName: string;
  readonly currency: string;
}
const latinSample: Sample = { givenName: 'Alexandra', familyName: 'Featherstone', currency: 'USD' };
const samples: Readonly<Record<string, Sample>> = {
  'zh-CN': { givenName: '晓明明', familyName: '欧阳', currency: 'CNY' },
  'zh-TW': { givenName: '雅婷婷', familyName: '歐陽', currency: 'TWD' },
  es: { givenName: 'Guadalupe', familyName: 'Hinojosa', currency: 'EUR' },
};

function sampleAccount(currency: string): Account {
  return {
    accountId: 'sample',
    debtorId: 'sample',
    creditor: 'sample',
    product: 'card',
    currency,
    balance: 45_678.9,
    pastDue: 12_345.67,
    minimumDue: 12_345.67,
    dueDate: '2026-10-28',
    instalments: [{ dueDate: '2026-10-28', amount: 12_345.67 }],
    attributes: {},
    feedHash: '',
  };
}
