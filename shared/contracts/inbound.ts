import * as z from 'zod';
import { AmountSchema, ChannelSchema, IdSchema, InstantMsSchema, LocalDateSchema } from './primitives.ts';
import { ReplyIntentSchema, replyIntentsMax } from './replies.ts';

/** Longest text of a message that is kept, in UTF-16 units: as many characters as are read, 1,600 of at most two units each. */
export const inboundTextMax = 3_200;

/** Texts by which the machine answers what a person wrote or said; each is sent at most once for one message. */
export const answerTexts = [
  'reply-stopped',
  'reply-started',
  'reply-help',
  'reply-noted',
  'reply-thanks',
  'reply-link',
  'reply-paid',
  'reply-which-day',
  'reply-not-understood',
  'reply-confirm',
  'promise-confirmation',
] as const;
export const AnswerTextSchema = z.enum(answerTexts);
export type AnswerText = z.infer<typeof AnswerTextSchema>;

/** What we answer, and by which channel. The contact itself is planned, permitted and written down like any other. */
export const AnswerSchema = z.strictObject({
  text: AnswerTextSchema,
  channel: ChannelSchema,
  purpose: z.enum(['reply_to_debtor', 'optout_confirmation']),
  /** The promise that a `promise-confirmation` confirms. */
  agreement: IdSchema.optional(),
});

/** A promise that we ask the person to confirm, since something of it was left open: a later "yes" makes it. */
export const ProposalSchema = z.strictObject({
  accountId: IdSchema,
  amount: AmountSchema.positive(),
  date: LocalDateSchema,
});
export type Proposal = z.infer<typeof ProposalSchema>;

/**
 * Something that a person wrote or said to us, as it was read, with the answer that it gets. Written together with all that
 * it changed, so that a message that is delivered twice does nothing the second time. Its words are data and never instruct.
 */
export const InboundSchema = z.strictObject({
  /** From the provider's own id of the message, so that the same message is known again. */
  inboundId: IdSchema,
  debtorId: IdSchema,
  channel: ChannelSchema,
  /** Number or address from which it came. */
  from: z.string().max(254),
  at: InstantMsSchema,
  /** The contact during which it was said: a call of ours. Absent: it came by itself. */
  during: IdSchema.optional(),
  text: z.string().max(inboundTextMax),
  intents: z.array(ReplyIntentSchema).max(replyIntentsMax),
  /** Whether a person has to look at it. */
  needsHuman: z.boolean(),
  /** The account that it was taken to be about. */
  accountId: IdSchema.optional(),
  answer: AnswerSchema.optional(),
  proposal: ProposalSchema.optional(),
});
export type Inbound = z.infer<typeof InboundSchema>;
