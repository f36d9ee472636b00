import type { PaymentPlan } from '#shared/contracts/agreement.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { StandingPlan } from '#shared/core/agreements/plan-standing.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';

/** A plan as it was agreed; null for one of a single instalment, which is no plan to the one who reads it. */
export function planAsAgreed({ instalments, currency }: PaymentPlan): MessageFacts<'plan'>['plan'] | null {
  const [first, second] = instalments;
  const last = instalments.at(-1);
  if (first === undefined || second === undefined || last === undefined) return null;
  const digits = countedDigits(currency);
  const totalMinor = instalments.reduce((sum, { amount }) => sum + toMinor(amount, digits), 0);
  return {
    instalments: instalments.length,
    total: fromMinor(totalMinor, digits),
    firstAmount: first.amount,
    amount: (instalments.length > 2 ? second : first).amount,
    lastAmount: last.amount,
    currency,
    firstDate: first.dueDate,
    lastDate: last.dueDate,
  };
}

/**
 * The part of a plan that a message asks for: the instalment of a date, with all that is open of those before it, since
 * money pays the oldest first. Null when there is no such instalment, or nothing of it is open.
 */
export function promisedPart(
  { plan, paid }: Pick<StandingPlan, 'plan' | 'paid'>,
  dueDate: LocalDate | undefined,
): MessageFacts<'promise'>['promise'] | null {
  const { instalments, currency } = plan;
  const index = instalments.findIndex((one) => one.dueDate === dueDate);
  const instalment = instalments[index];
  if (instalment === undefined) return null;
  const digits = countedDigits(currency);
  const dueMinor = instalments
    .slice(0, index + 1)
    .reduce((sum, { amount }) => sum + toMinor(amount, digits), 0);
  const openMinor = dueMinor - toMinor(paid, digits);
  if (openMinor <= 0) return null;
  const amountMinor = Math.max(openMinor, toMinor(instalment.amount, digits));
  return {
    amount: fromMinor(amountMinor, digits),
    paidAmount: fromMinor(amountMinor - openMinor, digits),
    currency,
    dueDate: instalment.dueDate,
  };
}
