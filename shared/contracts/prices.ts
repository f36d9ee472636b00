import * as z from 'zod';
import { CountrySchema, CurrencySchema } from './primitives.ts';

/** Most that one unit may cost, in millionths of the currency: a thousand; more is a mistake in the unit. */
const microsMax = 1_000_000_000;
const MicrosSchema = z.int().min(0).max(microsMax);

const byCountryMicros = z
  .record(CountrySchema, MicrosSchema)
  .default({})
  .describe('Other prices by the country of the number called or written to, ISO 3166-1.');

/** config/prices.yaml: what the deployment pays its providers, in millionths of one currency (8300 is 0.0083). */
export const PricesSchema = z.strictObject({
  currency: CurrencySchema.describe('Currency of all prices, ISO 4217.'),
  sms: z
    .strictObject({
      perSegmentMicros: MicrosSchema.describe('Price of a billed segment, where `byCountryMicros` has none.'),
      byCountryMicros,
    })
    .describe('Text messages.'),
  email: z
    .strictObject({ perMessageMicros: MicrosSchema.describe('Price of an e-mail.') })
    .describe('E-mails.'),
  call: z
    .strictObject({
      perStartedMinuteMicros: MicrosSchema.describe(
        'Price of each minute that a call begins, where `byCountryMicros` has none.',
      ),
      byCountryMicros,
    })
    .describe('Calls.'),
});
export type Prices = z.infer<typeof PricesSchema>;
