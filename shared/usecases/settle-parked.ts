import type { Payment } from '#shared/contracts/account.ts';
import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { moneyRefusal } from '#shared/core/payments/money-refusal.ts';
import { parkedIdOf, paymentIdOf } from '#shared/core/payments/parked-id.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';
import type { PaymentParts } from './payment-parts.ts';
import { recordPayment, type PaymentOutcome } from './record-payment.ts';

export interface SettleParts extends PaymentParts {
  readonly log: Pick<EvidenceLog, 'findAccount'>;
}

/** `refused`: nothing was changed; the sentence says what to do. */
export type Settled =
  | { readonly kind: 'assigned'; readonly debtorId: string; readonly outcome: PaymentOutcome }
  | { readonly kind: 'returned' }
  | { readonly kind: 'refused'; readonly problem: string; readonly message: string };

/**
 * Books a parked payment on an account that a person names. It is noted as theirs first, so that of two who assign it at
 * the same moment one is turned away; when the booking breaks off, the same command again goes on with it.
 */
export async function assignParked(
  parkedId: string,
  { accountId, by }: { readonly accountId: string; readonly by: string },
  parts: SettleParts,
): Promise<Settled> {
  const found = await findParked(parkedId, parts);
  if (found === null) return refuse('unknown_payment', unknownAdvice(parkedId));
  if (found.reversal !== undefined) return refuse('is_reversal', reversalAdvice);
  const debtorId = await parts.log.findAccount(accountId);
  if (debtorId === null) return refuse('unknown_account', noAccountAdvice(accountId));
  return bookOn(found, { accountId, debtorId }, { by, parts });
}

async function bookOn(
  parked: ParkedPayment,
  place: Place,
  { by, parts }: { readonly by: string; readonly parts: SettleParts },
): Promise<Settled> {
  const refusal = await refusalOn(parked, place, parts);
  if (refusal !== null) return refusal;
  const parkedId = parkedIdOf(parked);
  const settled = { at: parts.clock.now(), by, how: 'assigned', ...place } as const;
  const claimed = await parts.parked.settle(parkedId, settled);
  if (claimed === 'conflict' && !isSettledSo(parked, place.accountId)) return alreadySettled(parkedId, parts);
  const outcome = await recordPayment(paymentOf(parked, place), parts);
  return { kind: 'assigned', debtorId: place.debtorId, outcome };
}

/** Notes that the money of a parked payment went back to where it came from, or that a parked reversal is done with. */
export async function returnParked(
  parkedId: string,
  by: string,
  parts: Pick<SettleParts, 'parked' | 'clock'>,
): Promise<Settled> {
  const found = await findParked(parkedId, parts);
  if (found === null) return refuse('unknown_payment', unknownAdvice(parkedId));
  const settled = { at: parts.clock.now(), by, how: 'returned' } as const;
  const noted = await parts.parked.settle(parkedId, settled);
  return noted === 'done' || found.settled?.how === 'returned'
    ? { kind: 'returned' }
    : alreadySettled(parkedId, parts);
}

async function findParked(
  parkedId: string,
  { parked }: Pick<SettleParts, 'parked'>,
): Promise<ParkedPayment | null> {
  const about = await parked.about(paymentIdOf(parkedId));
  return about.find((one) => parkedIdOf(one) === parkedId) ?? null;
}

interface Place {
  readonly accountId: string;
  readonly debtorId: string;
}

/** Why the payment cannot be booked there; looked at before anything is noted. */
async function refusalOn(
  parked: ParkedPayment,
  { accountId, debtorId }: Place,
  { store }: SettleParts,
): Promise<Settled | null> {
  const account = (await store.load(debtorId))?.accounts.find((one) => one.accountId === accountId);
  if (account === undefined) return refuse('unknown_account', noAccountAdvice(accountId));
  const refusal = moneyRefusal(parked, account.currency);
  return refusal === null ? null : refuse(refusal.reason, `${refusal.message}; or give it back: --returned`);
}

function isSettledSo({ settled }: ParkedPayment, accountId: string): boolean {
  return settled?.how === 'assigned' && settled.accountId === accountId;
}

async function alreadySettled(parkedId: string, parts: Pick<SettleParts, 'parked'>): Promise<Settled> {
  const settled = (await findParked(parkedId, parts))?.settled;
  const where = settled?.accountId === undefined ? '' : ` to ${settled.accountId}`;
  return refuse(
    'settled',
    `${parkedId} was ${settled?.how ?? 'settled'}${where} by ${settled?.by ?? 'somebody'} before`,
  );
}

function paymentOf({ paymentId, amount, currency, bookedAt, source }: ParkedPayment, place: Place): Payment {
  return { paymentId, ...place, amount, currency, bookedAt, source };
}

const unknownAdvice = (parkedId: string) =>
  `nothing of the id ${parkedId} is parked; \`dunwell payments parked\` lists what is`;
const noAccountAdvice = (accountId: string) =>
  `nobody has an account ${accountId}; after an import it may take a moment`;
const reversalAdvice =
  'this is not a payment but money that was taken back of one: it is booked by itself when that payment is; or end it: --returned';

function refuse(problem: string, message: string): Settled {
  return { kind: 'refused', problem, message };
}
