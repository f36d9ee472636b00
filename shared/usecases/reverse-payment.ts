import type { Account, Payment } from '#shared/contracts/account.ts';
import type { ParkedPayment, ParkedReason } from '#shared/contracts/parked-payment.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Reversal } from '#shared/contracts/reversal.ts';
import { moneyRefusal } from '#shared/core/payments/money-refusal.ts';
import { overpaidCases } from '#shared/core/payments/overpaid-cases.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import { reapplyPayments, type Reapplied } from '#shared/core/payments/reapply-payments.ts';
import { takeBack } from '#shared/core/payments/take-back.ts';
import { paymentAttemptsMax, settleParked, type PaymentParts } from './payment-parts.ts';

/** Most payments that one write changes: DynamoDB takes 100 items, and head, account and cases are among them. */
const paymentsMax = 45;

/**
 * What became of a reversal. `repeated`: it was known, nothing changed. `parked`: it waits for its payment, or for a
 * person. `refused`: whoever told it has to correct it. `busy`: tell it once more later.
 */
export type ReversalOutcome =
  | { readonly kind: 'recorded'; readonly pastDue: number; readonly reopened: boolean }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'parked'; readonly reason: ParkedReason }
  | { readonly kind: 'refused'; readonly reason: ParkedReason; readonly message: string }
  | { readonly kind: 'busy' };

/**
 * Takes back money of a payment: a refund, a chargeback, a booking in error; or gives it again. The account is then what
 * it would be without that money, in one write that also stops every contact resting on the older facts. The same
 * reversal again changes nothing. One that comes before its payment waits for it.
 *
 * @throws what the store throws when it does not answer; telling the reversal again is safe.
 */
export async function reversePayment(reversal: Reversal, parts: PaymentParts): Promise<ReversalOutcome> {
  const outcome = await applyReversal(reversal, parts);
  if (outcome.kind !== 'refused' || !isParked(reversal, outcome.reason)) return outcome;
  const parked = parkedReversal(reversal, outcome.reason, parts.clock.now());
  await parts.parked.park(parked);
  // The payment may have been recorded since it was looked for; whoever recorded it before this was parked did not see it.
  const again = await applyReversal(reversal, parts);
  return again.kind === 'refused' ? { kind: 'parked', reason: again.reason } : again;
}

/** A provider's word is about money that has moved; whoever else tells something wrong is asked to correct it. */
function isParked({ source }: Reversal, reason: ParkedReason): boolean {
  return reason === 'unknown_payment' || reason === 'too_many_payments' || source === 'provider_page';
}

/** Applies a reversal to its payment, wherever that was booked, and settles it if it was parked. */
export async function applyReversal(reversal: Reversal, parts: PaymentParts): Promise<ReversalOutcome> {
  for (let attempt = 0; attempt < paymentAttemptsMax; attempt += 1) {
    const found = await findPayment(reversal, parts);
    if (found === null) return refuse('unknown_payment', unknownAdvice);
    const effect = effectOf(reversal, found, parts);
    if (effect.kind === 'refused') return effect;
    if (effect.kind === 'repeated' || (await write(effect, found, parts)) === 'done') {
      await settleAlike(reversal, found, parts);
      return effect.kind === 'repeated' ? effect : recorded(found.account, effect.account);
    }
  }
  return { kind: 'busy' };
}

function recorded(before: Account, { pastDue }: Account): ReversalOutcome {
  return { kind: 'recorded', pastDue, reopened: before.pastDue === 0 && pastDue > 0 };
}

interface Found {
  readonly person: Person;
  readonly payment: Payment;
  readonly account: Account;
}

/** The payment that is meant: the told person's, or where a person has booked it who settled it when it was parked. */
async function findPayment(
  { debtorId, paymentId }: Reversal,
  { store, parked }: PaymentParts,
): Promise<Found | null> {
  const told = foundIn(await store.load(debtorId), paymentId);
  if (told !== null) return told;
  const itself = (await parked.about(paymentId)).find((one) => one.reversal === undefined);
  const bookedFor = itself?.settled?.debtorId;
  return bookedFor === undefined ? null : foundIn(await store.load(bookedFor), paymentId);
}

function foundIn(person: Person | null, paymentId: string): Found | null {
  const payment = person?.payments.find((one) => one.paymentId === paymentId);
  const account = person?.accounts.find((one) => one.accountId === payment?.accountId);
  if (person === null || payment === undefined || account === undefined) return null;
  return { person, payment, account };
}

type Effect =
  | Extract<ReversalOutcome, { readonly kind: 'repeated' | 'refused' }>
  | (Reapplied & { readonly kind: 'changed' });

function effectOf(reversal: Reversal, { person, payment, account }: Found, { clock }: PaymentParts): Effect {
  const refusal = moneyRefusal(reversal, payment.currency);
  if (refusal !== null) return { kind: 'refused', ...refusal };
  const taken = takeBack(payment, reversal);
  if (taken.kind !== 'changed') return taken;
  const after = reapplyPayments(account, person.payments, { changed: taken.payment, at: clock.now() });
  return after.payments.length > paymentsMax
    ? refuse('too_many_payments', tooManyAdvice)
    : { kind: 'changed', ...after };
}

async function write(
  { account, payments }: Reapplied,
  { person }: Found,
  { store, clock, queue }: PaymentParts,
): Promise<'done' | 'conflict'> {
  const { cases, debtorId, version } = person;
  const isOverpaid = payments.some(({ overpaid = 0 }) => overpaid > 0);
  const setting = { account, cases, queue: isOverpaid ? await queue() : '', now: clock.now() };
  const change = { accounts: [account], payments, cases: overpaidCases(payments, setting) };
  return store.change(debtorId, version, change);
}

/** Settles this reversal where it was parked: it has found its payment. */
async function settleAlike(reversal: Reversal, { payment }: Found, parts: PaymentParts): Promise<void> {
  const parkedId = parkedIdOf(parkedReversal(reversal, 'unknown_payment', reversal.at));
  for (const one of await parts.parked.about(reversal.paymentId)) {
    if (one.settled === undefined && parkedIdOf(one) === parkedId) await settleParked(one, payment, parts);
  }
}

function parkedReversal(reversal: Reversal, reason: ParkedReason, now: number): ParkedPayment {
  const { reversalId, why, counts, at, ...told } = reversal;
  return { ...told, bookedAt: at, reason, reversal: { reversalId, why, counts }, parkedAt: now };
}

const unknownAdvice = 'paymentId: no payment of this id is known; it waits until the payment comes';
const tooManyAdvice =
  'paymentId: too many payments since the last feed would change; tell the account by the feed';

function refuse(reason: ParkedReason, message: string) {
  return { kind: 'refused', reason, message } as const;
}
