import { type Instalment, instalmentsMax } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { addMonths } from './add-months.ts';

export interface ArrearsFigures {
  readonly currency: string;
  readonly pastDue: number;
  readonly minimumDue: number;
  readonly dueDate: LocalDate;
}

/**
 * A feed tells one sum that is past due and the due date of the oldest unpaid instalment. Which instalments make up the
 * sum is inferred: one of `minimumDue` each month from that date on, none later than today, as many as the sum needs;
 * whatever is left (an instalment partly paid, fees, older arrears) lies on the oldest. Without a minimum due all of it
 * is one instalment. The amounts always add up to `pastDue`.
 *
 * 250 past due at 100 a month since 15 January, on 20 March: 50 (15 January), 100 (15 February), 100 (15 March).
 */
export function inferInstalments(figures: ArrearsFigures, today: LocalDate): Instalment[] {
  const digits = countedDigits(figures.currency);
  const pastDueMinor = toMinor(figures.pastDue, digits);
  if (pastDueMinor <= 0) {
    return [];
  }
  const minimumMinor = toMinor(figures.minimumDue, digits);
  const wanted = minimumMinor > 0 ? Math.ceil(pastDueMinor / minimumMinor) : 1;
  const dueDates = monthlyDatesUntil(figures.dueDate, today, Math.min(wanted, instalmentsMax));
  const laterMinor = minimumMinor * (dueDates.length - 1);
  return dueDates.map((dueDate, index) => ({
    dueDate,
    amount: fromMinor(index === 0 ? pastDueMinor - laterMinor : minimumMinor, digits),
  }));
}

/** The first date and those a whole number of months later that are not after `until`, at most `datesMax` in all. */
function monthlyDatesUntil(first: LocalDate, until: LocalDate, datesMax: number): LocalDate[] {
  const dates = [first];
  while (dates.length < datesMax) {
    const next = addMonths(first, dates.length);
    if (next > until) {
      break;
    }
    dates.push(next);
  }
  return dates;
}
