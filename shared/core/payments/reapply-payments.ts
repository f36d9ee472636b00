import { isDeepStrictEqual } from 'node:util';
import type { Account, Instalment, Payment } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { payOldestFirst } from '#shared/core/ageing/pay-oldest-first.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { noteTaken } from './apply-payment.ts';
import { keptMinor } from './kept-minor.ts';

/** The account after a payment has changed, and all payments that now lower something else than before. */
export interface Reapplied {
  readonly account: Account;
  readonly payments: readonly Payment[];
}

/**
 * The account as it would be if `changed` had always been what it is now: everything that payments have lowered since the
 * present feed row, and everything that `changed` ever lowered, is put back, and what counts of these payments is paid in
 * again in the order in which they became known. So the result does not hang on the order in which payments and reversals
 * were told. A payment of an older feed row belongs to the present one from then on.
 *
 * Where the due date moves, or a cured account is open again, `agedSince` is now: steps that would have fallen due while
 * the money was there are not poured out at once.
 *
 * @param known the payments of the person as stored, `changed` as it was among them.
 */
export function reapplyPayments(
  account: Account,
  known: readonly Payment[],
  { changed, at }: { readonly changed: Payment; readonly at: Instant },
): Reapplied {
  const isMeant = ({ paymentId, accountId, applied }: Payment): boolean =>
    paymentId === changed.paymentId ||
    (accountId === account.accountId && applied?.feedHash === account.feedHash);
  const stored = known.filter(isMeant).sort(asTold);
  const payments: Payment[] = [];
  let present = unpaid(account, stored);
  for (const before of stored) {
    const payment = before.paymentId === changed.paymentId ? changed : before;
    const { account: paid, ...took } = payOldestFirst(present, keptMinor(payment));
    const after = noteTaken(payment, account, took);
    if (!isDeepStrictEqual(after, before)) payments.push(after);
    present = paid;
  }
  const isOpenAgain = account.pastDue === 0 && present.pastDue > 0;
  const isMoved = present.dueDate !== account.dueDate;
  return { account: isMoved || isOpenAgain ? { ...present, agedSince: at } : present, payments };
}

function asTold(a: Payment, b: Payment): number {
  const apart = (a.toldAt ?? a.bookedAt) - (b.toldAt ?? b.bookedAt);
  return apart === 0 ? (a.paymentId < b.paymentId ? -1 : 1) : apart;
}

/** The account with everything put back that these payments have lowered. */
function unpaid(account: Account, payments: readonly Payment[]): Account {
  const digits = countedDigits(account.currency);
  const taken = payments.map(takenOf);
  const instalments = addUp([account.instalments, ...taken.map((one) => one.instalments)].flat(), digits);
  const minors = [account.balance, ...taken.map(({ balance }) => balance)].map((one) => toMinor(one, digits));
  return {
    ...account,
    balance: fromMinor(sum(minors), digits),
    pastDue: fromMinor(sum(instalments.map(({ amount }) => toMinor(amount, digits))), digits),
    dueDate: instalments[0]?.dueDate ?? account.dueDate,
    instalments,
  };
}

/**
 * What a payment lowered. One of before it was kept is taken for one that paid nothing past due: nobody is reminded of
 * what may not be due, and the creditor's next feed tells it.
 */
function takenOf({
  applied,
  amount,
}: Payment): Pick<NonNullable<Payment['applied']>, 'instalments' | 'balance'> {
  return applied ?? { instalments: [], balance: amount };
}

/** One instalment for each due date, oldest first. */
function addUp(instalments: readonly Instalment[], digits: number): Instalment[] {
  const minorByDate = new Map<LocalDate, number>();
  for (const { dueDate, amount } of instalments) {
    minorByDate.set(dueDate, (minorByDate.get(dueDate) ?? 0) + toMinor(amount, digits));
  }
  return [...minorByDate]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dueDate, minor]) => ({ dueDate, amount: fromMinor(minor, digits) }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
