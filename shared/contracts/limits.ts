import * as z from 'zod';

const ChannelPaceSchema = z.strictObject({
  perSecond: z
    .number()
    .positive()
    .max(1_000)
    .describe("Contacts handed to the provider per second; keep it at or below the account's own limit."),
});

/** config/limits.yaml: what bounds the machine as a whole. */
export const LimitsSchema = z.strictObject({
  pace: z
    .strictObject({ sms: ChannelPaceSchema, email: ChannelPaceSchema, call: ChannelPaceSchema })
    .describe('How fast contacts leave, by channel.'),
  smsSegmentsMax: z.int().min(1).max(10).describe('Longest text message, in billed segments.'),
  gapMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .describe('Least minutes between two contacts to one person, whatever the account or channel.'),
  reopenSpreadMinutes: z
    .int()
    .min(0)
    .max(720)
    .describe('When a closed window reopens, contacts are spread over this many minutes.'),
  sendMarginMinutes: z
    .int()
    .min(0)
    .max(60)
    .describe("Minutes before a window's end at which a provider must have dropped what it still holds."),
  attemptsMax: z
    .int()
    .min(1)
    .max(5)
    .describe('Tries of one step on one channel after failures that sent nothing.'),
});
export type Limits = z.infer<typeof LimitsSchema>;
