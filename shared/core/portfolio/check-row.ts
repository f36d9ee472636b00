import { PortfolioRowSchema, type PortfolioRow, type RowError } from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { explainIssue } from './explain-issue.ts';
import { relationErrors } from './row-relations.ts';
import type { RowValues } from './row-values.ts';

export type CheckedRow =
  | { readonly kind: 'row'; readonly row: PortfolioRow }
  | { readonly kind: 'refused'; readonly errors: readonly RowError[] };

/** Checks one row: it is taken as a whole, or refused with every reason that can be told at once. */
export function checkRow(values: RowValues, today: LocalDate): CheckedRow {
  const parsed = PortfolioRowSchema.safeParse(values);
  const errors = relationErrors(values, today);
  if (parsed.success && errors.length === 0) return { kind: 'row', row: parsed.data };
  const issues = parsed.error?.issues ?? [];
  return { kind: 'refused', errors: [...issues.map((issue) => explainIssue(issue, values)), ...errors] };
}
