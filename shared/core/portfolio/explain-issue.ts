import type { RowColumn, RowError, RowProblem } from '#shared/contracts/portfolio-row.ts';
import { isRowColumn } from './column-names.ts';
import type { RowValues } from './row-values.ts';

/** What zod tells of a value that does not fit its column. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly maximum?: number | bigint;
}

interface Advice {
  readonly problem: RowProblem;
  /** What is wrong with the value, and how to write it: the sentence after the column's name. */
  readonly message: string;
}

const id: Advice = {
  problem: 'bad_id',
  message: 'is no identifier: use letters, digits and ._:- only, starting with a letter or digit',
};
const amount: Advice = {
  problem: 'bad_number',
  message: 'is no amount: write digits with a decimal point and no thousands separator, such as 1234.50',
};
const missing: Advice = { problem: 'missing_value', message: 'is empty: every row must have it' };
const negative: Advice = { problem: 'negative_amount', message: 'is negative: write 0 or more' };
const name: Advice = {
  problem: 'control_character',
  message: 'holds a control character or line break: take it out',
};
const locale: Advice = {
  problem: 'bad_locale',
  message: 'is no language tag: write one such as en or zh-CN',
};

const adviceByColumn: Readonly<Record<RowColumn, Advice>> = {
  accountId: id,
  debtorId: id,
  givenName: name,
  familyName: name,
  locale,
  currency: {
    problem: 'bad_currency',
    message: 'is no currency code: write the three capital letters of ISO 4217, such as USD',
  },
  balance: amount,
  pastDue: amount,
  minimumDue: amount,
  dueDate: { problem: 'bad_date', message: 'is no calendar date: write YYYY-MM-DD, such as 2026-03-31' },
  product: id,
  country: {
    problem: 'bad_country',
    message: 'is no country code: write the two capital letters of ISO 3166-1, such as US',
  },
  region: {
    problem: 'bad_region',
    message: 'is no subdivision code: write the part of the ISO 3166-2 code after the country, such as NY',
  },
  postalCode: {
    problem: 'bad_postal_code',
    message: 'is no postal code: use letters, digits, blanks and hyphens',
  },
  timeZone: {
    problem: 'bad_time_zone',
    message: 'is no IANA time zone: write one such as America/New_York, or leave it empty',
  },
  phone: {
    problem: 'bad_phone',
    message: 'is no E.164 number: write + and 7 to 15 digits with the country code',
  },
  phoneKind: {
    problem: 'bad_choice',
    message: 'is unknown: write mobile, landline or work, or leave it empty',
  },
  email: {
    problem: 'bad_email',
    message: 'is no e-mail address: write one such as name@example.com, or leave it empty',
  },
  language: locale,
  consents: {
    problem: 'bad_consents',
    message:
      'cannot be read: write channel:level pairs such as sms:express;call:none, each channel (sms, email, call) once, ' +
      'with the level none, express, written or optout',
  },
  riskScore: {
    problem: 'bad_number',
    message: 'is no probability: write a number from 0 to 1, such as 0.35',
  },
  creditor: id,
  daysPastDue: {
    problem: 'bad_number',
    message: 'is no number of days: write a whole number, or leave it empty',
  },
};

const attribute: Advice = {
  problem: 'control_character',
  message: 'holds a control character: take it out',
};

/** Puts an issue of the row schema into words: the column, what is wrong with its value, and how to put it right. */
export function explainIssue(issue: Issue, values: RowValues): RowError {
  const column = String(issue.path[0] === 'attributes' ? issue.path[1] : issue.path[0]);
  const value = isRowColumn(column) ? values[column] : values.attributes[column];
  const { problem, message } = value === undefined ? missing : explainValue(issue, column, value);
  return { problem, column, message: `${column} ${message}` };
}

function explainValue(issue: Issue, column: string, value: string): Advice {
  if (issue.code === 'too_big' && column !== 'riskScore') {
    const message = `has ${value.length} characters, more than ${String(issue.maximum)}: shorten it`;
    return { problem: 'too_long', message };
  }
  const advice = isRowColumn(column) ? adviceByColumn[column] : attribute;
  return advice === amount && value.startsWith('-') ? negative : advice;
}
