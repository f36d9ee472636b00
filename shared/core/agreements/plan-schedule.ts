import type { LocalDate } from '#shared/contracts/primitives.ts';
import { addMonths } from '#shared/core/ageing/add-months.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';

/** How a sum is to be paid in instalments. */
export interface WantedPlan {
  readonly total: number;
  readonly currency: string;
  readonly instalments: number;
  readonly firstDate: LocalDate;
  /** Absent: as much as the others. */
  readonly firstAmount?: number | undefined;
  readonly every: 'week' | 'two_weeks' | 'month';
}

export interface ScheduledInstalment {
  readonly dueDate: LocalDate;
  readonly amount: number;
}

/**
 * The instalments of a plan: all alike but a first one that was chosen, and the last, which takes what rounding leaves.
 * They add up to the total exactly. Months count from the first date, so that 31 January is followed by 28 February and
 * 31 March.
 *
 * @example 100 in 3 → 33.33, 33.33, 33.34
 */
export function planSchedule(plan: WantedPlan): ScheduledInstalment[] {
  const { total, currency, instalments, firstDate, firstAmount, every } = plan;
  const digits = countedDigits(currency);
  const totalMinor = toMinor(total, digits);
  const firstMinor = firstAmount === undefined ? null : toMinor(firstAmount, digits);
  const shared = instalments - (firstMinor === null ? 0 : 1);
  const shareMinor = Math.floor((totalMinor - (firstMinor ?? 0)) / shared);
  let leftMinor = totalMinor;
  return Array.from({ length: instalments }, (_, index) => {
    const wantedMinor = index === 0 && firstMinor !== null ? firstMinor : shareMinor;
    const amountMinor = index === instalments - 1 ? leftMinor : wantedMinor;
    leftMinor -= amountMinor;
    return { dueDate: dateOf(firstDate, every, index), amount: fromMinor(amountMinor, digits) };
  });
}

const daysOf = { week: 7, two_weeks: 14 } as const;

function dateOf(first: LocalDate, every: WantedPlan['every'], index: number): LocalDate {
  return every === 'month' ? addMonths(first, index) : addDays(first, index * daysOf[every]);
}
