import type { Payment } from '#shared/contracts/account.ts';
import type { Case, LedgerEntry, Placement } from '#shared/contracts/ledger.ts';
import { at } from './person.ts';

export const P1 = 'P1';
export const noon = at('2026-03-10T12:00:00Z');

/** A reserved text message to P1. */
export function entry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    contactId: 'c-1',
    debtorId: P1,
    about: [
      {
        accountId: 'A1',
        strategy: 'early-card@2026.11.0',
        stage: 'early',
        step: 'sms-1',
        dueDate: '2026-03-01',
      },
    ],
    channel: 'sms',
    purpose: 'reminder',
    destination: '+12025550101',
    template: 'reminder',
    locale: 'en',
    attempt: 0,
    state: 'reserved',
    reservedAt: noon,
    stateAt: noon,
    evidence: 'P1~1773144000000~0000000000000001',
    ...changes,
  };
}

/** A payment of 100 on the account of P1. */
export function payment(paymentId = 'pay-1'): Payment {
  return { paymentId, debtorId: P1, accountId: 'A1', amount: 100, currency: 'CNY', bookedAt: noon };
}

/** A case that people have to take over. */
export function opened(caseId = 'case-1'): Case {
  return {
    caseId,
    debtorId: P1,
    accountId: 'A1',
    queue: 'human',
    reason: 'steps_used_up',
    because: [],
    priority: 1_000,
    openedAt: noon,
    dueDate: '2026-03-01',
    state: 'open',
  };
}

/** An account that an agency has to take. */
export function placement(placementId = 'placement-1'): Placement {
  return {
    placementId,
    debtorId: P1,
    accountId: 'A1',
    queue: 'north',
    agency: 'north',
    reason: 'steps_used_up',
    because: [],
    madeAt: noon,
    dueDate: '2026-03-01',
    state: 'open',
  };
}
