import type { Account, Payment } from '#shared/contracts/account.ts';
import type { ParkedPayment, ParkedReason } from '#shared/contracts/parked-payment.ts';
import type { Person } from '#shared/contracts/person.ts';
import { applyPayment } from '#shared/core/payments/apply-payment.ts';
import { moneyRefusal } from '#shared/core/payments/money-refusal.ts';
import { overpaidCases } from '#shared/core/payments/overpaid-cases.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { foundItsPlace, paymentAttemptsMax, settleParked, type PaymentParts } from './payment-parts.ts';
import { applyReversal } from './reverse-payment.ts';

/**
 * What became of a payment. `repeated`: this payment id was recorded before, nothing changed. `parked`: it waits for a
 * person. `refused`: whoever told it has to correct it. `busy`: the person changed again and again meanwhile; tell the
 * payment once more later.
 */
export type PaymentOutcome =
  | {
      readonly kind: 'recorded';
      readonly pastDue: number;
      readonly cured: boolean;
      /** What was more than the account's balance: the person's money, which people look at. */
      readonly overpaid: number;
    }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'parked'; readonly reason: ParkedReason }
  | { readonly kind: 'refused'; readonly reason: ParkedReason; readonly message: string }
  | { readonly kind: 'busy' };

/**
 * Records a payment that was booked and lowers the account by it, oldest instalment first, in one write that also stops
 * every contact resting on the older facts. The same payment id again changes nothing. What was taken back of it before it
 * was told is taken off at once.
 *
 * A payment on an account that nobody knows is parked for a person; so is one that a provider has really taken and that
 * cannot be booked for another reason. Others are told what to correct.
 *
 * @throws what the store throws when it does not answer; telling the payment again is safe.
 */
export async function recordPayment(payment: Payment, parts: PaymentParts): Promise<PaymentOutcome> {
  const told = { ...payment, toldAt: payment.toldAt ?? parts.clock.now() };
  const outcome = await bookPayment(told, parts);
  if (outcome.kind !== 'refused' || !isParked(payment, outcome.reason)) return outcome;
  await parts.parked.park(parkedPayment(payment, outcome.reason, parts.clock.now()));
  // The account may have come since it was looked for, and the payment with it, told by somebody else.
  const again = await bookPayment(told, parts);
  return again.kind === 'refused' ? { kind: 'parked', reason: again.reason } : again;
}

function isParked({ source }: Payment, reason: ParkedReason): boolean {
  return reason === 'unknown_account' || source === 'provider_page';
}

/** Books a payment and parks nothing; what was parked about it is settled. */
async function bookPayment(payment: Payment, parts: PaymentParts): Promise<PaymentOutcome> {
  for (let attempt = 0; attempt < paymentAttemptsMax; attempt += 1) {
    const person = await parts.store.load(payment.debtorId);
    const effect = effectOf(payment, person, parts.clock.now());
    if (effect.kind === 'refused') return effect;
    if (effect.kind === 'paid' && !(await isOursToBook(payment, parts))) return { kind: 'repeated' };
    if (effect.kind === 'repeated' || (await write(effect, parts)) === 'done') {
      return afterwards(effect.kind === 'paid' ? outcomeOf(effect) : effect, payment, parts);
    }
  }
  return { kind: 'busy' };
}

/**
 * Whether nobody has settled this payment otherwise while it was parked. Where it is parked still, that is settled now:
 * of two who book it on different accounts at the same moment one is turned away.
 */
async function isOursToBook(payment: Payment, parts: PaymentParts): Promise<boolean> {
  const itself = await parkedItself(payment, parts);
  if (itself === undefined) return true;
  if (itself.settled === undefined) await settleParked(itself, payment, parts);
  const settled = itself.settled ?? (await parkedItself(payment, parts))?.settled;
  return settled?.how === 'assigned' && settled.accountId === payment.accountId;
}

async function parkedItself(
  { paymentId }: Payment,
  { parked }: PaymentParts,
): Promise<ParkedPayment | undefined> {
  return (await parked.about(paymentId)).find((one) => parkedIdOf(one) === paymentId);
}

/** Once it is booked: takes off what was taken back before, and settles what is parked still. */
async function afterwards(
  outcome: PaymentOutcome,
  payment: Payment,
  parts: PaymentParts,
): Promise<PaymentOutcome> {
  let latest = outcome;
  for (const one of await parts.parked.about(payment.paymentId)) {
    if (one.settled !== undefined) continue;
    if (one.reversal === undefined) await settleParked(one, payment, parts);
    else latest = afterReversal(latest, await applyReversal(earlyReversal(one, payment), parts));
  }
  return latest;
}

function earlyReversal({ reversal, bookedAt, ...told }: ParkedPayment, { debtorId, paymentId }: Payment) {
  const { amount, currency, source } = told;
  const kept = reversal ?? { reversalId: paymentId, why: foundItsPlace, counts: 'once' as const };
  return { ...kept, paymentId, debtorId, amount, currency, source, at: bookedAt };
}

function afterReversal(
  outcome: PaymentOutcome,
  reversed: Awaited<ReturnType<typeof applyReversal>>,
): PaymentOutcome {
  if (reversed.kind === 'busy') return reversed;
  if (outcome.kind !== 'recorded' || reversed.kind !== 'recorded') return outcome;
  const { pastDue } = reversed;
  return { ...outcome, pastDue, cured: outcome.cured && pastDue === 0 };
}

type Effect =
  | Extract<PaymentOutcome, { readonly kind: 'repeated' | 'refused' }>
  | {
      readonly kind: 'paid';
      readonly person: Person;
      readonly before: Account;
      readonly account: Account;
      readonly payment: Payment;
    };

function effectOf(payment: Payment, person: Person | null, now: Instant): Effect {
  const known = person?.payments.find((one) => one.paymentId === payment.paymentId);
  if (known !== undefined) {
    return isSamePayment(known, payment) ? { kind: 'repeated' } : refuse('payment_id_reused', reusedAdvice);
  }
  const before = person?.accounts.find((one) => one.accountId === payment.accountId);
  if (person === null || before === undefined) return refuse('unknown_account', unknownAdvice);
  const refusal = moneyRefusal(payment, before.currency);
  if (refusal !== null) return refuse(refusal.reason, refusal.message);
  return { kind: 'paid', person, before, ...applyPayment(before, payment, now) };
}

async function write(
  { person, account, payment }: Extract<Effect, { kind: 'paid' }>,
  { store, clock, queue }: PaymentParts,
): Promise<'done' | 'conflict'> {
  const { cases, debtorId, version } = person;
  const isOverpaid = payment.overpaid !== undefined;
  const setting = { account, cases, queue: isOverpaid ? await queue() : '', now: clock.now() };
  const opened = overpaidCases([payment], setting);
  return store.change(debtorId, version, { payments: [payment], accounts: [account], cases: opened });
}

function outcomeOf({ before, account, payment }: Extract<Effect, { kind: 'paid' }>): PaymentOutcome {
  const { pastDue } = account;
  return {
    kind: 'recorded',
    pastDue,
    cured: before.pastDue > 0 && pastDue === 0,
    overpaid: payment.overpaid ?? 0,
  };
}

function parkedPayment(payment: Payment, reason: ParkedReason, now: Instant): ParkedPayment {
  const { paymentId, debtorId, accountId, amount, currency, bookedAt, source = 'creditor' } = payment;
  return { paymentId, debtorId, accountId, amount, currency, bookedAt, source, reason, parkedAt: now };
}

const unknownAdvice =
  'accountId: this person has no such account; import the account first, or correct debtorId and accountId';
const reusedAdvice = 'paymentId: another payment has this id; give every payment its own';

function refuse(reason: ParkedReason, message: string) {
  return { kind: 'refused', reason, message } as const;
}

function isSamePayment(a: Payment, b: Payment): boolean {
  return a.accountId === b.accountId && a.amount === b.amount && a.currency === b.currency;
}
