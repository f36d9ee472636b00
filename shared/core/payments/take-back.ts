import { reversalsMax, type Payment } from '#shared/contracts/account.ts';
import type { Reversal } from '#shared/contracts/reversal.ts';

/** What a reversal makes of its payment. `repeated`: this was known, nothing changes. */
export type TakenBack =
  | { readonly kind: 'changed'; readonly payment: Payment }
  | { readonly kind: 'repeated' }
  | {
      readonly kind: 'refused';
      readonly reason: 'more_than_paid' | 'reversal_id_reused' | 'too_many_reversals';
      readonly message: string;
    };

/**
 * Notes a reversal on its payment. The same reversals in any order, each told any number of times, lead to the same
 * payment. Of several reversals together more may be told than was paid; one alone that is larger is a mistake.
 */
export function takeBack(payment: Payment, reversal: Reversal): TakenBack {
  if (isGivenAgain(payment, reversal)) return { kind: 'repeated' };
  const known = payment.reversals?.find((one) => one.reversalId === reversal.reversalId);
  if (known === undefined && isFull(payment)) return refuse('too_many_reversals', tooManyAdvice);
  if (reversal.counts === 'reinstated') return { kind: 'changed', payment: giveAgain(payment, reversal) };
  if (reversal.amount > payment.amount)
    return refuse('more_than_paid', `amount: the payment was ${payment.amount}; write no more than that`);
  return takeMore(payment, known, reversal);
}

function isGivenAgain({ reinstated = [] }: Payment, { reversalId }: Reversal): boolean {
  return reinstated.includes(reversalId);
}

function isFull({ reversals = [], reinstated = [] }: Payment): boolean {
  return reversals.length + reinstated.length >= reversalsMax;
}

/** @param known this reversal as it was told before. */
function takeMore(
  payment: Payment,
  known: { readonly amount: number } | undefined,
  reversal: Reversal,
): TakenBack {
  const isTotal = reversal.counts === 'total';
  if (known === undefined || (isTotal && reversal.amount > known.amount))
    return { kind: 'changed', payment: noteReversal(payment, reversal) };
  const isKnown = isTotal || reversal.amount === known.amount;
  return isKnown ? { kind: 'repeated' } : refuse('reversal_id_reused', reusedAdvice);
}

function noteReversal(payment: Payment, { reversalId, amount, at, why }: Reversal): Payment {
  const others = (payment.reversals ?? []).filter((one) => one.reversalId !== reversalId);
  return { ...payment, reversals: [...others, { reversalId, amount, at, why }].sort(byId) };
}

function giveAgain({ reversals = [], ...payment }: Payment, { reversalId }: Reversal): Payment {
  const others = reversals.filter((one) => one.reversalId !== reversalId);
  const reinstated = [...(payment.reinstated ?? []), reversalId].sort();
  return { ...payment, ...(others.length > 0 && { reversals: others }), reinstated };
}

const tooManyAdvice = `reversalId: a payment takes ${reversalsMax} reversals at most; tell the account by the feed`;
const reusedAdvice = 'reversalId: another reversal of this payment has this id; give every reversal its own';

function refuse(reason: Extract<TakenBack, { kind: 'refused' }>['reason'], message: string): TakenBack {
  return { kind: 'refused', reason, message };
}

function byId(a: { readonly reversalId: string }, b: { readonly reversalId: string }): number {
  return a.reversalId < b.reversalId ? -1 : 1;
}
