import {
  attributesMax,
  type RowColumn,
  type RowError,
  type RowProblem,
} from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { zoneNamed } from '#shared/core/time/zone.ts';
import { currencyDigits, toMinor } from '#shared/kernel/currency.ts';
import { parseLocalDate } from '#shared/kernel/local-date.ts';
import type { RowValues } from './row-values.ts';

/** The date is not the same everywhere: what is today for the person may be yesterday or tomorrow here. */
export const todayToleranceDays = 1;

const amountColumns = ['balance', 'pastDue', 'minimumDue'] as const satisfies readonly RowColumn[];

/**
 * What a row's values must be to one another and to the world: a real currency with no more decimals than it has, a zone
 * that exists, a name to call the person by, a due date that has come when something is past due, and `daysPastDue`
 * (when given) by that date. Values that cannot be read on their own are left to the row schema.
 */
export function relationErrors(values: RowValues, today: LocalDate): RowError[] {
  const errors = [...currencyErrors(values), ...dateErrors(values, today), ...attributeErrors(values)];
  if (values.givenName === undefined && values.familyName === undefined) {
    errors.push(
      refuse('missing_value', 'familyName', 'is empty and so is givenName: give at least one of them'),
    );
  }
  const { timeZone } = values;
  if (timeZone !== undefined && /^[A-Za-z]/.test(timeZone) && zoneNamed(timeZone) === undefined) {
    const message = 'is no time zone of the IANA data: write one such as America/New_York, or leave it empty';
    errors.push(refuse('bad_time_zone', 'timeZone', message));
  }
  return errors;
}

function currencyErrors(values: RowValues): RowError[] {
  const { currency = '' } = values;
  if (!/^[A-Z]{3}$/.test(currency)) return [];
  const digits = currencyDigits(currency);
  if (digits === null) {
    return [
      refuse('bad_currency', 'currency', 'is no currency of ISO 4217: write a code in use, such as USD'),
    ];
  }
  return amountColumns.flatMap((column) => precisionErrors(column, values[column] ?? '', digits));
}

function precisionErrors(column: RowColumn, value: string, digits: number): RowError[] {
  const [, whole, decimals = ''] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(value) ?? [];
  if (whole === undefined) return [];
  if (decimals.length > digits) {
    const message = `has ${decimals.length} decimals, but its currency has ${digits}: round it`;
    return [refuse('too_many_decimals', column, message)];
  }
  return Number.isSafeInteger(toMinor(Number(value), digits))
    ? []
    : [refuse('amount_too_large', column, 'is too large to be calculated exactly: check the unit')];
}

function dateErrors(values: RowValues, today: LocalDate): RowError[] {
  const { dueDate = '', daysPastDue: stated } = values;
  const pastDue = Number(values.pastDue);
  if (parseLocalDate(dueDate) === undefined || Number.isNaN(pastDue)) return [];
  const days = daysPastDue({ dueDate }, today);
  if (pastDue > 0 && days < -todayToleranceDays) {
    const message = `lies after today (${today}) although something is past due: give the due date of the oldest unpaid instalment`;
    return [refuse('due_date_in_future', 'dueDate', message)];
  }
  return stated === undefined || agrees(stated, days, pastDue) ? [] : [disagreement(stated, days, today)];
}

function disagreement(stated: string, days: number, today: LocalDate): RowError {
  const message = `says ${stated}, but by dueDate it is ${days} today (${today}): correct one of them`;
  return refuse('days_past_due_mismatch', 'daysPastDue', message);
}

function attributeErrors({ attributes }: RowValues): RowError[] {
  if (Object.keys(attributes).length <= attributesMax) return [];
  const message = `the row fills more than ${attributesMax} x_ columns: leave out those that no strategy tests`;
  return [{ problem: 'too_many_attributes', column: null, message }];
}

/** Of an account in good standing a feed may say 0 as well as the (negative) days until its next due date. */
function agrees(stated: string, days: number, pastDue: number): boolean {
  const told = Number(stated);
  // What is no number is refused by the row schema.
  return Number.isNaN(told) || Math.abs(told - days) <= todayToleranceDays || (pastDue === 0 && told === 0);
}

function refuse(problem: RowProblem, column: RowColumn, message: string): RowError {
  return { problem, column, message: `${column} ${message}` };
}
