import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import { applyPayment } from '#shared/core/ageing/apply-payment.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { currencyDigits, isExactMinor } from '#shared/kernel/currency.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** Tries against others who change the same person at the same moment. */
const attemptsMax = 8;

/**
 * What became of a payment. `repeated`: this payment id was recorded before, nothing changed. `refused`: the creditor has
 * to correct it. `busy`: the person changed again and again meanwhile; tell the payment once more later.
 */
export type PaymentOutcome =
  | { readonly kind: 'recorded'; readonly pastDue: number; readonly cured: boolean }
  | { readonly kind: 'repeated' }
  | {
      readonly kind: 'refused';
      readonly reason: 'unknown_account' | 'wrong_currency' | 'too_many_decimals' | 'payment_id_reused';
      readonly message: string;
    }
  | { readonly kind: 'busy' };

type RefusalReason = Extract<PaymentOutcome, { readonly kind: 'refused' }>['reason'];

/**
 * Records a payment that the creditor booked and lowers the account by it, oldest instalment first, in one write that
 * also stops every contact resting on the older facts. The same payment id again changes nothing.
 *
 * @throws what the store throws when it does not answer; telling the payment again is safe.
 */
export async function recordPayment(
  payment: Payment,
  { store, clock }: { readonly store: Pick<DebtorStore, 'load' | 'change'>; readonly clock: Clock },
): Promise<PaymentOutcome> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const person = await store.load(payment.debtorId);
    const effect = effectOf(payment, person, clock.now());
    if (effect.kind !== 'paid') return effect;
    const { version, before, after } = effect;
    const change = { payments: [payment], accounts: [after] };
    if ((await store.change(payment.debtorId, version, change)) === 'done') {
      return { kind: 'recorded', pastDue: after.pastDue, cured: before.pastDue > 0 && after.pastDue === 0 };
    }
  }
  return { kind: 'busy' };
}

type Effect =
  | Exclude<PaymentOutcome, { readonly kind: 'recorded' | 'busy' }>
  | { readonly kind: 'paid'; readonly version: number; readonly before: Account; readonly after: Account };

function effectOf(payment: Payment, person: Person | null, now: Instant): Effect {
  const known = person?.payments.find((one) => one.paymentId === payment.paymentId);
  if (known !== undefined) {
    return isSamePayment(known, payment) ? { kind: 'repeated' } : refuse('payment_id_reused', reusedAdvice);
  }
  const account = person?.accounts.find((one) => one.accountId === payment.accountId);
  if (person === null || account === undefined) return refuse('unknown_account', unknownAdvice);
  return (
    moneyRefusal(payment, account.currency) ?? {
      kind: 'paid',
      version: person.version,
      before: account,
      after: applyPayment(account, payment, now),
    }
  );
}

function moneyRefusal({ amount, currency }: Payment, kept: string): Effect | null {
  if (currency !== kept) {
    const message = `currency: the account is kept in ${kept}, the payment in ${currency}; tell it in ${kept}`;
    return refuse('wrong_currency', message);
  }
  const digits = currencyDigits(currency) ?? 2;
  return isExactMinor(amount, digits)
    ? null
    : refuse('too_many_decimals', `amount: ${currency} has ${digits} decimals; round it`);
}

const unknownAdvice =
  'accountId: this person has no such account; import the account first, or correct debtorId and accountId';
const reusedAdvice = 'paymentId: another payment has this id; give every payment its own';

function refuse(reason: RefusalReason, message: string): Effect {
  return { kind: 'refused', reason, message };
}

function isSamePayment(a: Payment, b: Payment): boolean {
  return a.accountId === b.accountId && a.amount === b.amount && a.currency === b.currency;
}
