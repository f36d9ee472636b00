import * as z from 'zod';
import {
  ChannelSchema,
  CountrySchema,
  EmailSchema,
  IdSchema,
  InstantMsSchema,
  LocaleSchema,
  PhoneSchema,
  textLengthMax,
} from './primitives.ts';

/** What a person has said about one channel. `optout` ends the channel; a `number` narrows it to that destination. */
export const ConsentSchema = z.strictObject({
  channel: ChannelSchema,
  level: z.enum(['none', 'express', 'written', 'optout']),
  at: InstantMsSchema,
  number: z.string().max(254).optional(),
  outsideHours: z.literal(true).optional(),
});
export type Consent = z.infer<typeof ConsentSchema>;

/** A person who owes: who they are, where they live (for zone and law) and how they left word to be reached. */
export const DebtorSchema = z.strictObject({
  debtorId: IdSchema,
  givenName: z.string().max(textLengthMax),
  familyName: z.string().max(textLengthMax),
  locale: LocaleSchema,
  language: LocaleSchema.optional(),
  country: CountrySchema,
  region: z.string().max(3).optional(),
  postalCode: z.string().max(16).optional(),
  timeZone: z.string().max(64).optional(),
  phone: PhoneSchema.optional(),
  phoneKind: z.enum(['mobile', 'landline', 'work']).optional(),
  email: EmailSchema.optional(),
  consents: z.array(ConsentSchema).max(20),
});
export type Debtor = z.infer<typeof DebtorSchema>;

/** An address that is over: a hard bounce, a complaint, a dead number. Nothing goes to it again. */
export const EndedDestinationSchema = z.strictObject({
  channel: ChannelSchema,
  value: z.string().max(254),
  reason: z.enum(['hard_bounce', 'complaint', 'dead_number', 'opted_out_at_provider', 'wrong_party']),
  at: InstantMsSchema,
});
export type EndedDestination = z.infer<typeof EndedDestinationSchema>;
