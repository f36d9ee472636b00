import type { PersonChange } from '#shared/contracts/person-change.ts';
import { account } from './person.ts';
import { noon, opened, payment, P1 } from './stored.ts';

const agreed = {
  debtorId: P1,
  accountId: 'A1',
  currency: 'CNY',
  madeAt: noon,
  countsFrom: noon,
  via: 'page',
} as const;

/** A change of P1 in which every part is present, with every field that is nested. */
export const everyPart: Required<PersonChange> = {
  accounts: [account({ pastDue: 60, agedSince: noon })],
  payments: [
    {
      ...payment(),
      source: 'provider_page',
      toldAt: noon,
      applied: { feedHash: 'feed-1', instalments: [{ dueDate: '2026-03-01', amount: 40 }], balance: 40 },
      reversals: [{ reversalId: 'r1', amount: 60, at: noon, why: 'refund' }],
      reinstated: ['r2'],
    },
  ],
  acts: [
    {
      actId: 'act-1',
      debtorId: P1,
      accountId: 'A1',
      kind: 'promise',
      via: 'page',
      at: noon,
      by: 'debtor',
      outcome: 'done',
      made: 'promise-1',
      asked: { amount: 60, date: '2026-03-20' },
    },
  ],
  promises: [
    {
      promiseId: 'promise-1',
      ...agreed,
      paidBefore: ['pay-0'],
      basis: 'promise',
      amount: 60,
      enough: 57,
      dueDate: '2026-03-20',
      settlesAt: noon + 1,
    },
  ],
  plans: [
    {
      planId: 'plan-1',
      ...agreed,
      paidBefore: [],
      instalments: [{ dueDate: '2026-03-20', amount: 30, settlesAt: noon + 1 }],
      missedMax: 1,
      reviveWithinMs: 1_000,
      revivalsMax: 1,
    },
  ],
  holds: [
    {
      holdId: 'hold-1',
      debtorId: P1,
      kind: 'dispute',
      from: '2026-03-10',
      placedAt: noon,
      via: 'page',
      by: 'debtor',
      why: 'not mine',
      atEnd: 'review',
      queue: 'human',
      opensCase: true,
    },
  ],
  cases: [opened()],
  consents: [{ channel: 'sms', level: 'optout', at: noon }],
  endedDestinations: [{ channel: 'email', value: 'mei.lin@example.com', reason: 'wrong_party', at: noon }],
  reopenedDestinations: [{ channel: 'sms', value: '+12025550101' }],
  inbound: [
    {
      inboundId: 'sms:SM1',
      debtorId: P1,
      channel: 'sms',
      from: '+12025550101',
      at: noon,
      during: 'contact-1',
      text: '500 on Friday?',
      intents: [
        {
          kind: 'promise',
          confidence: 0.72,
          amount: 500,
          currency: 'CNY',
          date: '2026-03-13',
          conditional: true,
        },
      ],
      needsHuman: false,
      accountId: 'A1',
      answer: { text: 'reply-confirm', channel: 'sms', purpose: 'reply_to_debtor', agreement: 'promise-1' },
      proposal: { accountId: 'A1', amount: 500, date: '2026-03-13' },
    },
  ],
  preferences: { at: noon, language: 'es', windows: [] },
};
