import * as z from 'zod';
import {
  ChannelSchema,
  CountrySchema,
  CurrencySchema,
  EmailSchema,
  IdSchema,
  LocalDateSchema,
  LocaleSchema,
  PhoneSchema,
  textLengthMax,
} from './primitives.ts';

/** Most characters in one row of a file, quotes and line breaks included: the bound of what is kept in memory. */
export const rowLengthMax = 2_000_000;
/** Most columns in one file. */
export const columnsMax = 200;
/** Most `x_…` columns that one row may fill. */
export const attributesMax = 100;
/** Creditor of a row that names none. */
export const creditorDefault = 'demo-bank';

/** Plain digits with a decimal point in every locale: `1234.50`. */
const amount = z
  .string()
  .regex(/^\d{1,15}(?:\.\d{1,6})?$/)
  .transform(Number);
/** No control characters: a name goes into a subject line, a text message and a log. */
const noControls = /^\P{Cc}*$/u;
const text = z.string().max(textLengthMax).regex(noControls);

/** `sms:express;call:none`, each channel at most once. */
const consents = z
  .string()
  .regex(/^(?:(?:sms|email|call):(?:none|express|written|optout)(?:;(?!$)|$))+$/)
  .transform((value) => value.split(';').map((part) => toConsent(part)))
  .refine((list) => new Set(list.map((consent) => consent.channel)).size === list.length);

const RowConsentSchema = z.strictObject({
  channel: ChannelSchema,
  level: z.enum(['none', 'express', 'written', 'optout']),
});
export type RowConsent = z.infer<typeof RowConsentSchema>;

function toConsent(part: string): RowConsent {
  const [channel, level] = part.split(':');
  return RowConsentSchema.parse({ channel, level });
}

/**
 * One row of a portfolio file: an account, and the person who owes it. Every value comes as text (a number in NDJSON is
 * taken by its text); an empty value is an absent one. `x_…` columns are kept in `attributes`.
 */
export const PortfolioRowSchema = z.strictObject({
  accountId: IdSchema.describe('Account number at the creditor, unique over all persons.'),
  debtorId: IdSchema.describe('The person; several accounts may share one.'),
  givenName: text.default('').describe('May be empty when the family name is there.'),
  familyName: text.default('').describe('May be empty when the given name is there.'),
  locale: LocaleSchema.describe('Language and country of texts, names, amounts and dates, such as `zh-CN`.'),
  currency: CurrencySchema.describe('ISO 4217 code.'),
  balance: amount.describe('All that is owed on the account.'),
  pastDue: amount.describe(
    'Sum of the unpaid instalments whose due date has passed; 0 is an account in good standing.',
  ),
  minimumDue: amount.describe('One monthly instalment.'),
  dueDate: LocalDateSchema.describe(
    'Due date of the oldest unpaid instalment; of the next one when nothing is past due.',
  ),
  product: IdSchema.describe('Kind of account, such as `card`; strategies choose by it.'),
  country: CountrySchema.describe('Where the person lives, ISO 3166-1.'),
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/)
    .optional()
    .describe('ISO 3166-2 subdivision, without the country.'),
  postalCode: z
    .string()
    .max(16)
    .regex(/^[A-Za-z0-9][A-Za-z0-9 -]*$/)
    .optional()
    .describe('As printed on letters.'),
  timeZone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z]/)
    .optional()
    .describe('IANA zone where the person lives.'),
  phone: PhoneSchema.optional().describe('E.164.'),
  phoneKind: z.enum(['mobile', 'landline', 'work']).optional(),
  email: EmailSchema.optional(),
  language: LocaleSchema.optional().describe('Language the person asked for, instead of `locale`.'),
  consents: consents
    .optional()
    .describe('`sms:express;call:none`: channel and level, separated by semicolons.'),
  riskScore: amount
    .pipe(z.number().max(1))
    .optional()
    .describe('Probability of not curing by itself, 0 to 1.'),
  creditor: IdSchema.optional().describe('Id of a file in config/creditors.'),
  daysPastDue: z
    .string()
    .regex(/^-?\d{1,5}$/)
    .transform(Number)
    .optional()
    .describe('Checked against `dueDate`.'),
  attributes: z
    .record(z.string().regex(/^x_[A-Za-z0-9_]{1,62}$/), z.string().max(textLengthMax).regex(noControls))
    .describe('`x_…` columns, for conditions in strategies.'),
});
export type PortfolioRow = z.infer<typeof PortfolioRowSchema>;

/** Columns by name, in the order in which files are written. */
export const rowColumns = PortfolioRowSchema.keyof().exclude(['attributes']).options;
export type RowColumn = (typeof rowColumns)[number];
/** A column that is kept as an attribute: `x_` and then letters, digits or underscores. */
export type AttributeColumn = `x_${string}`;
export type FileColumn = RowColumn | AttributeColumn;

/** Columns that a file must have. `region` and `postalCode` may be empty, for countries that have none. */
export const requiredColumns: readonly RowColumn[] = rowColumns.slice(0, rowColumns.indexOf('timeZone'));

/** Every way in which one row can be refused. */
export const RowProblemSchema = z.enum([
  'missing_value',
  'too_long',
  'control_character',
  'bad_id',
  'bad_locale',
  'bad_currency',
  'bad_number',
  'negative_amount',
  'too_many_decimals',
  'amount_too_large',
  'bad_date',
  'due_date_in_future',
  'days_past_due_mismatch',
  'bad_country',
  'bad_region',
  'bad_postal_code',
  'bad_time_zone',
  'bad_phone',
  'bad_choice',
  'bad_email',
  'bad_consents',
  'unknown_column',
  'too_many_attributes',
  'bad_type',
  'not_utf8',
  'quote_not_closed',
  'stray_quote',
  'text_after_quote',
  'wrong_column_count',
  'row_too_long',
  'bad_json',
  'account_twice',
  'debtor_differs',
]);
export type RowProblem = z.infer<typeof RowProblemSchema>;

/** One reason for which a row is refused. `message` is a whole sentence: the column, what is wrong with its value, and
 * how to put it right; it never repeats the value, which may be personal. */
export interface RowError {
  readonly problem: RowProblem;
  readonly column: string | null;
  readonly message: string;
}

/** Every way in which a file can be refused as a whole. */
export const FileProblemSchema = z.enum([
  'empty_file',
  'not_utf8',
  'not_portfolio',
  'wrong_separator',
  'unreadable_header',
  'unknown_column',
  'missing_column',
  'column_twice',
  'too_many_columns',
]);
export type FileProblem = z.infer<typeof FileProblemSchema>;

/** One reason for which a whole file is refused, before any row of it is taken. */
export interface FileError {
  readonly problem: FileProblem;
  readonly column: string | null;
  readonly message: string;
}

/** One row of a file as it was read: taken, or refused with every reason. `text` is the row as it stands in the file. */
export type PortfolioLine =
  | { readonly line: number; readonly text: string; readonly row: PortfolioRow }
  | {
      readonly line: number;
      readonly text: string;
      readonly accountId: string;
      readonly errors: readonly RowError[];
    };
