import * as z from 'zod';

/** Longest identifier that any feed may send, in characters: it becomes part of a DynamoDB key. */
export const idLengthMax = 128;
/** Longest free text that a feed may put in one field, in characters. */
export const textLengthMax = 500;

/** Letters, digits and `._:-`: nothing that could break a key, a log line or a URL. */
export const IdSchema = z
  .string()
  .min(1)
  .max(idLengthMax)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]*$/,
    'use letters, digits and ._:- only, starting with a letter or digit',
  );

/** A calendar date without a zone, `YYYY-MM-DD`. */
export const LocalDateSchema = z.iso.date('write a date that exists as YYYY-MM-DD');
export type LocalDate = z.infer<typeof LocalDateSchema>;

/** A wall-clock time, `HH:MM`, 00:00 to 24:00. */
export const WallTimeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write HH:MM');

/** An amount in the currency's major unit, never negative. Kept to the precision that the feed sent. */
export const AmountSchema = z.number().nonnegative().max(1e15);

/** ISO 4217 alphabetic code. */
export const CurrencySchema = z.string().regex(/^[A-Z]{3}$/, 'use the three capital letters of ISO 4217');

/** ISO 3166-1 alpha-2. */
export const CountrySchema = z.string().regex(/^[A-Z]{2}$/, 'use the two capital letters of ISO 3166-1');

/** BCP 47 tag in the form that template folders use: `en`, `zh-CN`. */
export const LocaleSchema = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/, 'use a language tag such as en or zh-CN');

/** E.164 with a leading plus. */
export const PhoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, 'use E.164: + and 7 to 15 digits');

export const EmailSchema = z.email().max(254);

/** The channels by which the machine itself can contact someone. Letters and visits are for people. */
export const ChannelSchema = z.enum(['sms', 'email', 'call']);
export type Channel = z.infer<typeof ChannelSchema>;

/** Epoch milliseconds, for what only our own code reads. */
export const InstantMsSchema = z.int().nonnegative();
