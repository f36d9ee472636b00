import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import { templateValues, type TemplateValues } from '#shared/core/render/template-values.ts';

export const creditor: Creditor = {
  creditor: 'demo-bank',
  names: { en: 'Demo Bank', 'zh-CN': '示例银行' },
  country: 'US',
  party: 'first_party',
  phone: '+12025550100',
  payUrl: 'https://pay.example.com',
  smsFrom: '+12025550101',
  voiceFrom: '+12025550102',
  emailFrom: 'service@example.com',
};

export function account(change: Partial<Account> = {}): Account {
  return {
    accountId: 'a-1',
    debtorId: 'd-1',
    creditor: 'demo-bank',
    product: 'card',
    currency: 'USD',
    balance: 5_000,
    pastDue: 120.5,
    minimumDue: 60,
    dueDate: '2026-11-01',
    instalments: [{ dueDate: '2026-11-01', amount: 120.5 }],
    attributes: {},
    feedHash: '',
    ...change,
  };
}

type OverdueFacts = MessageFacts<'overdue'>;

export function facts(change: Partial<OverdueFacts> = {}): OverdueFacts {
  return {
    context: 'overdue',
    ...address,
    accounts: [account()],
    today: '2026-11-21',
    ...change,
  };
}

/** Who writes to whom, for facts of any context. */
export const address = {
  locale: 'en',
  debtor: { givenName: 'Ana', familyName: 'Silva' },
  creditor,
};

export function values(change: Partial<OverdueFacts> = {}): TemplateValues<'overdue'> {
  return templateValues(facts(change));
}
