import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import { personalPages } from '#shared/core/links/personal-pages.ts';
import { addDays } from '#shared/core/time/local-time.ts';

type SampleName = MessageFacts<'overdue'>['debtor'];

/** Invented people of a language, to see how a text comes out for each of them. */
interface SamplePeople {
  /** A rather long name: it makes the longest text message. */
  readonly long: SampleName;
  /** A short one: it brings what follows to the front of a locked screen. */
  readonly short: SampleName;
  /** One with a letter outside the GSM alphabet, which makes a part of a text message less than half as long. */
  readonly rare: SampleName;
  readonly currency: string;
}

const latin: SamplePeople = {
  long: { givenName: 'Alexandra', familyName: 'Featherstone' },
  short: { givenName: 'Al', familyName: 'Ox' },
  rare: { givenName: 'Bronisław', familyName: 'Gołębiewski' },
  currency: 'USD',
};
const people: Readonly<Record<string, SamplePeople>> = {
  'zh-CN': {
    long: { givenName: '晓明明', familyName: '欧阳' },
    short: { givenName: '明', familyName: '王' },
    rare: { givenName: '晓明明', familyName: '欧阳' },
    currency: 'CNY',
  },
  'zh-TW': {
    long: { givenName: '雅婷婷', familyName: '歐陽' },
    short: { givenName: '婷', familyName: '王' },
    rare: { givenName: '雅婷婷', familyName: '歐陽' },
    currency: 'TWD',
  },
  es: {
    ...latin,
    long: { givenName: 'Guadalupe', familyName: 'Hinojosa' },
    rare: { givenName: 'Ángel José', familyName: 'Martín' },
    currency: 'EUR',
  },
};

/** The sample people of a locale, else of its language, else with Latin letters. */
export function samplePeople(locale: string): SamplePeople {
  return people[locale] ?? people[locale.split('-')[0] ?? locale] ?? latin;
}

/** Who a sample message is from and for. */
export interface SampleAddress {
  readonly locale: string;
  readonly creditor: Creditor;
  readonly debtor: SampleName;
}

/** Facts of a context as they may well be, with rather large amounts. */
export function sampleFacts<X extends TemplateContext>(context: X, address: SampleAddress): MessageFacts<X> {
  const factsOf: (from: SampleAddress, currency: string) => MessageFacts<X> = samples[context];
  return factsOf(address, samplePeople(address.locale).currency);
}

const dueDate = '2026-10-28';
/** The day on which the sample messages are written. */
const today = '2026-11-21';
/** A person's own pages behind a host of usual length: addresses of 36 characters. */
export const samplePages = personalPages('https://pay.example.com', '7Kq2mX9wB4');

/** Where a creditor's messages lead: to our pages, else to its own. */
function addressOf(from: SampleAddress) {
  return from.creditor.links === true ? { ...from, payUrl: samplePages.payUrl } : from;
}

function manageUrlOf({ creditor }: SampleAddress): string {
  return creditor.links === true ? samplePages.manageUrl : creditor.payUrl;
}

const samples: {
  readonly [X in TemplateContext]: (from: SampleAddress, currency: string) => MessageFacts<X>;
} = {
  overdue: (from, currency) => ({
    context: 'overdue',
    ...addressOf(from),
    accounts: [sampleAccount(currency)],
    today,
  }),
  promise: (from, currency) => ({
    context: 'promise',
    ...addressOf(from),
    promise: { amount: 12_345.67, paidAmount: 0, currency, dueDate: addDays(today, 7) },
    manageUrl: manageUrlOf(from),
  }),
  plan: (from, currency) => ({
    context: 'plan',
    ...addressOf(from),
    plan: {
      instalments: 3,
      total: 12_345.67,
      firstAmount: 4_115.23,
      amount: 4_115.23,
      lastAmount: 4_115.21,
      currency,
      firstDate: addDays(today, 10),
      lastDate: '2027-02-01',
    },
    manageUrl: manageUrlOf(from),
  }),
  payment: (from, currency) => ({
    context: 'payment',
    ...addressOf(from),
    payment: { amount: 12_345.67, currency, paidOn: today, remaining: 2_345.67 },
  }),
  survey: (from) => ({
    context: 'survey',
    ...from,
    surveyUrl: samplePages.surveyUrl,
  }),
  answer: (from) => ({ context: 'answer', ...addressOf(from), manageUrl: manageUrlOf(from) }),
  proposal: (from, currency) => ({
    context: 'proposal',
    ...addressOf(from),
    proposal: { amount: 12_345.67, currency, date: addDays(today, 7) },
    manageUrl: manageUrlOf(from),
  }),
  stranger: ({ locale, creditor }) => ({ context: 'stranger', locale, creditor }),
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
    dueDate,
    instalments: [{ dueDate, amount: 12_345.67 }],
    attributes: {},
    feedHash: '',
  };
}

/** A creditor for texts that are looked at without the files of creditors. */
export const sampleCreditor: Creditor = {
  creditor: 'sample',
  names: { en: 'Sample Creditor' },
  country: 'US',
  party: 'first_party',
  phone: '+12025550100',
  payUrl: 'https://pay.example.com/sample',
  smsFrom: '+12025550101',
  voiceFrom: '+12025550102',
  emailFrom: 'service@sample.example.com',
};
