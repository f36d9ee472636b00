import * as z from 'zod';
import { DaySpecSchema } from './day-spec.ts';
import { contactChannels } from './permission-words.ts';

/** Longest list of channels: a bound for memory and time, far above what there are. */
const channelsMax = 10_000;

/** Most windows that one person may ask for. */
export const personalWindowsMax = 10;

/** Times that the debtor asked for (`allow`) or asked to be left alone in (`block`), by the debtor's own clock. */
export const PersonalWindowSchema = z
  .strictObject({
    allow: DaySpecSchema.optional(),
    block: DaySpecSchema.optional(),
    channels: z.array(z.enum(contactChannels)).max(channelsMax).optional(),
  })
  .refine(
    (window) => window.allow !== undefined || window.block !== undefined,
    'has neither `allow` nor `block` with windows by day',
  );
export type PersonalWindow = z.infer<typeof PersonalWindowSchema>;
