import * as z from 'zod';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/**
 * A personal link that a message carried. The code in its address is kept only as a hash: who reads the table cannot open
 * anybody's page. It says whose page it is and nothing else; the page asks who is there before it tells anything.
 */
export const LinkSchema = z.strictObject({
  /** SHA-256 of the code, hexadecimal. */
  codeHash: z.string().regex(/^[0-9a-f]{64}$/),
  debtorId: IdSchema,
  contactId: IdSchema,
  /** How the message went out: a wrong person ends that address. */
  channel: ChannelSchema,
  destination: z.string().max(254),
  creditor: IdSchema,
  locale: z.string().max(20),
  /** Present: it opens no pages; it is there to end e-mails and to know an answer by. */
  opens: z.literal('unsubscribe').optional(),
  madeAt: InstantMsSchema,
  expiresAt: InstantMsSchema,
});
export type Link = z.infer<typeof LinkSchema>;

/** A link as it stands: tries of the identity check so far, wrong ones. */
export const LinkStandingSchema = z.strictObject({ link: LinkSchema, wrongTries: z.int().nonnegative() });
export type LinkStanding = z.infer<typeof LinkStandingSchema>;
