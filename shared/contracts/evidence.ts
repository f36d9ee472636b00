import * as z from 'zod';
import { SubjectSchema, subjectsMax } from './ledger.ts';
import { PermitDecisionSchema, PermitErrorSchema, PermitRequestSchema } from './permission.ts';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/**
 * One stored decision on one contact that a sender was woken for, whether it was made or not: what the permission engine was
 * asked, what it answered, and which step asked. Written once and never changed, so that the question can be put again
 * at any time and must give the same bytes.
 *
 * - `contact`: the decision by which a contact was reserved, written in the very transaction that reserved it.
 * - `withheld`: a rule denied the contact that a sender had been woken for.
 */
export const EvidenceSchema = z.strictObject({
  /** Where it is kept and what it is about; see core/identity/decision-id.ts. */
  decisionId: z.string().max(200),
  debtorId: IdSchema,
  /** The account whose debt the engine was asked about; the first of `about`. */
  accountId: IdSchema,
  /** When it was decided; the request's own instant. */
  at: InstantMsSchema,
  kind: z.enum(['contact', 'withheld']),
  /** The contact in the ledger; a withheld one is none. */
  contactId: IdSchema.optional(),
  channel: ChannelSchema,
  /** The accounts that the message speaks of, each with strategy, stage and step. */
  about: z.array(SubjectSchema).min(1).max(subjectsMax),
  /** Version of the configuration as a whole. */
  config: z.string(),
  /** What was asked, with its packs by name and as much history as their rules look back on. */
  request: PermitRequestSchema,
  /** What was answered, with the versions of the packs and the hash of the facts. */
  decision: z.union([PermitDecisionSchema, PermitErrorSchema]),
});
export type Evidence = z.infer<typeof EvidenceSchema>;
