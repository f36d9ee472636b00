import {
  attributesMax,
  PortfolioRowSchema,
  type PortfolioRow,
  type RowError,
} from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { explainIssue } from './explain-issue.ts';
import { relationErrors } from './row-relations.ts';

/** A row's values by column, as text, without blanks around them and without the empty ones. */
export interface RowValues {
  readonly fields: Readonly<Record<string, string>>;
  /** `x_…` columns. */
  readonly attributes: Readonly<Record<string, string>>;
}

export type CheckedRow =
  | { readonly kind: 'row'; readonly row: PortfolioRow }
  | { readonly kind: 'refused'; readonly errors: readonly RowError[] };

/** Checks one row: it is taken as a whole, or refused with every reason that can be told at once. */
export function checkRow(values: RowValues, today: LocalDate): CheckedRow {
  const { fields, attributes } = values;
  const parsed = PortfolioRowSchema.safeParse({ ...fields, attributes });
  const errors = relationErrors(fields, today);
  if (parsed.success && errors.length === 0 && Object.keys(attributes).length <= attributesMax) {
    return { kind: 'row', row: parsed.data };
  }
  return { kind: 'refused', errors: [...schemaErrors(parsed.error?.issues ?? [], values), ...errors] };
}

function schemaErrors(issues: readonly Parameters<typeof explainIssue>[0][], values: RowValues): RowError[] {
  const all = { ...values.attributes, ...values.fields };
  const errors = issues.map((issue) => explainIssue(issue, all));
  if (Object.keys(values.attributes).length > attributesMax) {
    const message = `the row fills more than ${attributesMax} x_ columns: leave out those that no strategy tests`;
    errors.push({ problem: 'too_many_attributes', column: null, message });
  }
  return errors;
}
