import { describe, expect, it } from 'vitest';
import type { RowProblem } from '#shared/contracts/portfolio-row.ts';
import { checkObject } from '#shared/core/portfolio/portfolio-reader.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

const today = '2026-03-10';

/** Reasons for which a sound row with these changes is refused, as `column: problem`. */
function reasons(changes: Readonly<Record<string, unknown>>): string[] {
  const checked = checkObject(portfolioObject(changes), today);
  return checked.kind === 'row'
    ? []
    : checked.errors.map((error) => `${String(error.column)}: ${error.problem}`);
}

function row(changes: Readonly<Record<string, unknown>>) {
  const checked = checkObject(portfolioObject(changes), today);
  if (checked.kind === 'refused') throw new Error(checked.errors.map((error) => error.message).join('; '));
  return checked.row;
}

const refused: [
  name: string,
  changes: Record<string, unknown>,
  column: string | null,
  problem: RowProblem,
][] = [
  ['no account', { accountId: '' }, 'accountId', 'missing_value'],
  ['an account with a blank inside', { accountId: 'A 1' }, 'accountId', 'bad_id'],
  ['an account that is too long', { accountId: 'a'.repeat(129) }, 'accountId', 'too_long'],
  ['neither name', { givenName: '', familyName: ' ' }, 'familyName', 'missing_value'],
  ['a line break in a name', { givenName: 'Mei\nBcc: all' }, 'givenName', 'control_character'],
  ['a NUL in a name', { givenName: 'Mei\u0000' }, 'givenName', 'control_character'],
  ['a cell of one megabyte', { givenName: 'x'.repeat(1_048_576) }, 'givenName', 'too_long'],
  ['a locale of another form', { locale: 'zh_CN' }, 'locale', 'bad_locale'],
  ['a currency in small letters', { currency: 'cny' }, 'currency', 'bad_currency'],
  ['a currency that is no more', { currency: 'DEM' }, 'currency', 'bad_currency'],
  ['a negative amount', { pastDue: '-5.00' }, 'pastDue', 'negative_amount'],
  ['a negative number', { balance: -1 }, 'balance', 'negative_amount'],
  ['a thousands separator', { balance: '1,234.50' }, 'balance', 'bad_number'],
  ['a decimal comma', { balance: '1234,50' }, 'balance', 'bad_number'],
  ['scientific notation', { balance: '1e3' }, 'balance', 'bad_number'],
  ['words for a number', { minimumDue: 'NaN' }, 'minimumDue', 'bad_number'],
  ['more decimals than yuan have', { pastDue: '0.125' }, 'pastDue', 'too_many_decimals'],
  [
    'decimals of yen',
    { currency: 'JPY', pastDue: '10.5', balance: '10', minimumDue: '0' },
    'pastDue',
    'too_many_decimals',
  ],
  ['an amount beyond exact arithmetic', { balance: '99999999999999.99' }, 'balance', 'amount_too_large'],
  ['a month that does not exist', { dueDate: '2026-13-01' }, 'dueDate', 'bad_date'],
  ['a day that does not exist', { dueDate: '2026-02-29' }, 'dueDate', 'bad_date'],
  ['a date the other way round', { dueDate: '01/03/2026' }, 'dueDate', 'bad_date'],
  ['past due before the due date', { dueDate: '2026-03-12' }, 'dueDate', 'due_date_in_future'],
  ['days past due that do not fit', { daysPastDue: '12' }, 'daysPastDue', 'days_past_due_mismatch'],
  [
    'days past due of an account in good standing',
    { pastDue: '0', daysPastDue: '3' },
    'daysPastDue',
    'days_past_due_mismatch',
  ],
  ['days that are no number', { daysPastDue: 'nine' }, 'daysPastDue', 'bad_number'],
  ['a country by its name', { country: 'China' }, 'country', 'bad_country'],
  ['a region with its country', { region: 'CN-SH' }, 'region', 'bad_region'],
  ['a postal code of signs', { postalCode: '<1>' }, 'postalCode', 'bad_postal_code'],
  ['a zone nobody keeps', { timeZone: 'Mars/Olympus' }, 'timeZone', 'bad_time_zone'],
  ['an offset for a zone', { timeZone: '+08:00' }, 'timeZone', 'bad_time_zone'],
  ['a number without its country code', { phone: '02025550100' }, 'phone', 'bad_phone'],
  ['an unknown kind of telephone', { phoneKind: 'fax' }, 'phoneKind', 'bad_choice'],
  ['an address without an at', { email: 'mei.example.com' }, 'email', 'bad_email'],
  ['a language by its name', { language: 'Chinese' }, 'language', 'bad_locale'],
  ['an unknown consent', { consents: 'sms:maybe' }, 'consents', 'bad_consents'],
  ['consents separated by commas', { consents: 'sms:express,call:none' }, 'consents', 'bad_consents'],
  ['two words on one channel', { consents: 'sms:express;sms:none' }, 'consents', 'bad_consents'],
  ['a probability above one', { riskScore: '1.1' }, 'riskScore', 'bad_number'],
  ['an unknown column', { mobile: '1' }, 'mobile', 'unknown_column'],
  ['a list for a text', { givenName: ['Mei'] }, 'givenName', 'bad_type'],
  ['a truth value', { x_vip: true }, 'x_vip', 'bad_type'],
  ['a long attribute', { x_note: 'x'.repeat(501) }, 'x_note', 'too_long'],
];

describe('checkRow', () => {
  it.each(refused)('refuses %s', (_name, changes, column, problem) => {
    expect(reasons(changes)).toContain(`${String(column)}: ${problem}`);
  });

  it.each(refused)('says in a sentence what to do about %s', (_name, changes, column) => {
    const checked = checkObject(portfolioObject(changes), today);
    if (checked.kind === 'row') throw new Error('the row was taken');
    const message = checked.errors.find((error) => error.column === column)?.message ?? '';
    expect(message).toContain(`${String(column)} `);
    expect(message).toContain(': ');
    expect(message).not.toContain('Mei');
  });

  it('tells every reason of a row at once', () => {
    expect(reasons({ accountId: '', currency: 'DEM', dueDate: 'soon', phone: '1', balance: '-1' })).toEqual(
      expect.arrayContaining([
        'accountId: missing_value',
        'currency: bad_currency',
        'dueDate: bad_date',
        'phone: bad_phone',
        'balance: negative_amount',
      ]),
    );
  });

  it('refuses more attributes than a row may have', () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x_${index}`, '1']));
    expect(reasons(many)).toEqual(['null: too_many_attributes']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['the date may be tomorrow where the person lives', { dueDate: '2026-03-11' }],
    ['days past due may be one off', { daysPastDue: '10' }],
    [
      'days past due may be negative before the due date',
      { pastDue: '0', dueDate: '2026-03-15', daysPastDue: '-5' },
    ],
    [
      'an account in good standing may be told with 0 days',
      { pastDue: '0', dueDate: '2026-03-15', daysPastDue: '0' },
    ],
    ['places without subdivisions and postal codes', { country: 'HK', region: '', postalCode: null }],
    ['one name is enough', { givenName: '' }],
    ['a name in any script', { givenName: 'Ødegård', familyName: "O'Brien-नायर" }],
    ['a currency with three decimals', { currency: 'KWD', pastDue: '1.125' }],
  ])('takes a row: %s', (_name, changes) => {
    expect(reasons(changes)).toEqual([]);
  });

  it('takes numbers as numbers and as text, blanks around a value, and null for an absent one', () => {
    const told = { balance: 1234.5, pastDue: ' 100.00 ', accountId: 77, timeZone: null, x_score: 0.5 };
    expect(row(told)).toMatchObject({
      balance: 1234.5,
      pastDue: 100,
      accountId: '77',
      attributes: { x_score: '0.5' },
    });
    expect(row(told).timeZone).toBeUndefined();
  });

  it('reads consents channel by channel', () => {
    expect(row({ consents: 'sms:express;call:optout' }).consents).toEqual([
      { channel: 'sms', level: 'express' },
      { channel: 'call', level: 'optout' },
    ]);
  });

  it('refuses a key that would reach into the prototype', () => {
    const object = JSON.parse('{"__proto__": {"accountId": "A1"}, "constructor": 1}') as Record<
      string,
      unknown
    >;
    const checked = checkObject(object, today);
    expect(checked.kind === 'refused' && checked.errors.slice(0, 2).map((error) => error.problem)).toEqual([
      'unknown_column',
      'unknown_column',
    ]);
  });
});
