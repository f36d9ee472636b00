import type { Account } from '#shared/contracts/account.ts';
import type { ActRequest, ActRequestOf } from '#shared/contracts/act-request.ts';
import type { Case } from '#shared/contracts/ledger.ts';
import { casePriority } from '#shared/core/decision/case-priority.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { done, madeId, refuse, type ActEffect, type OnAccount } from './act-setting.ts';

/** Another due day. It is for the creditor's books to change, so that people carry it out. */
export function dueDateChange({
  request,
  account,
  view,
}: OnAccount<ActRequestOf<'due_date_change'>>): ActEffect {
  const { dueDateChange: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return refuse(offer.why, 'accountId');
  if (!offer.days.includes(request.day)) return refuse('day_not_offered', 'day', { days: offer.days.join() });
  const opened = caseFor(request, account, view, {
    reason: 'request',
    note: `due day ${String(request.day)}`,
  });
  return done(request, view, {
    made: opened.caseId,
    asked: { day: request.day },
    change: { cases: [opened] },
  });
}

/** A waiver of fees: promised within the limits, decided by a person above them, carried out by people either way. */
export function feeWaiver({ request, account, view }: OnAccount<ActRequestOf<'fee_waiver'>>): ActEffect {
  const { amount, why } = request;
  const { feeWaiver: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return refuse(offer.why, 'accountId');
  if (amount > account.balance) return refuse('amount_too_large', 'amount', { amountMax: account.balance });
  const isWithin = amount <= offer.amountMax;
  const note = `waiver of ${String(amount)} ${account.currency}, ${isWithin ? 'granted by the rules' : 'to be decided'}: ${why}`;
  const opened = caseFor(request, account, view, { reason: 'request', note });
  return done(request, view, {
    outcome: isWithin ? 'done' : 'referred',
    made: opened.caseId,
    asked: { amount },
    change: { cases: [opened] },
  });
}

/** A call back by a person, at a time if one was named. */
export function callMe({ request, account, view }: OnAccount<ActRequestOf<'call_me'>>): ActEffect {
  const opened = caseFor(request, account, view, {
    reason: 'call_me',
    note: request.note,
    callAt: request.at,
  });
  return done(request, view, {
    outcome: 'referred',
    made: opened.caseId,
    change: { cases: [opened] },
  });
}

interface Asked {
  readonly reason: Case['reason'];
  readonly note: string;
  readonly callAt?: number | undefined;
}

/** Longest note of a case, in characters. */
const noteLengthMax = 500;

/** What opens a case, and who it is about. */
interface Opening {
  readonly debtorId: string;
  /** The act or message; the same one opens the same case. */
  readonly actId: string;
  readonly because: readonly string[];
}

/** A case about an account, with what the person wrote or asked. */
export function openCase(
  { debtorId, actId, because }: Opening,
  { account, view }: { readonly account: Account; readonly view: PersonView },
  { reason, note, callAt }: Asked,
): Case {
  return {
    caseId: madeId('case', { debtorId, actId }),
    debtorId,
    accountId: account.accountId,
    queue: view.rules.agreements.queue,
    reason,
    because: [...because],
    ...(note === '' ? {} : { note: note.slice(0, noteLengthMax) }),
    ...(callAt === undefined ? {} : { callAt }),
    priority: casePriority(account, view),
    openedAt: view.now,
    dueDate: account.dueDate,
    state: 'open',
  };
}

function caseFor(request: ActRequest, account: Account, view: PersonView, asked: Asked): Case {
  return openCase({ ...request, because: [`act/${request.kind}`] }, { account, view }, asked);
}
