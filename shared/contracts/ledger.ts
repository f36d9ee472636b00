import * as z from 'zod';
import { ChannelSchema, IdSchema, InstantMsSchema, LocalDateSchema, textLengthMax } from './primitives.ts';
import { priorityMax } from './priority.ts';

/**
 * How far a contact has come, weakest first. A receipt moves an entry only forward in this order, so receipts may come
 * early, late, twice and in any order and lead to the same state.
 *
 * `failed` means that the provider certainly did not send; `unknown` means that nobody can say, and is never sent again.
 */
export const attemptStates = [
  'reserved',
  'unknown',
  'accepted',
  'sent',
  'failed',
  'not_in_service',
  'undelivered',
  'no_answer',
  'busy',
  'voicemail',
  'delivered',
  'answered',
  'conversation',
] as const;
export const AttemptStateSchema = z.enum(attemptStates);
export type AttemptState = z.infer<typeof AttemptStateSchema>;

/** Most accounts that one message may speak of. */
export const subjectsMax = 20;

/** Which step of which strategy asked to contact the debtor about an account, and for which ageing of it. */
export const SubjectSchema = z.strictObject({
  accountId: IdSchema,
  /** `name@version`. */
  strategy: z.string(),
  stage: z.string(),
  step: z.string(),
  /** Due date of the oldest unpaid instalment at the time: a step is done once per ageing. */
  dueDate: LocalDateSchema,
  /** The promise, plan or payment that the contact is about, when no step of a strategy asked for it. */
  agreement: IdSchema.optional(),
  /** Arm of the experiment by which this strategy was in force; absent: no experiment. */
  arm: z.strictObject({ experiment: IdSchema, arm: IdSchema }).optional(),
});
export type Subject = z.infer<typeof SubjectSchema>;

/** What the law takes a contact for; `reply_to_debtor` answers something that the person did, `optout_confirmation` that they want no more. */
export const ContactPurposeSchema = z.enum([
  'reminder',
  'collection',
  'reply_to_debtor',
  'optout_confirmation',
]);

/** One contact in the person's ledger, of any channel; written before the provider is called. */
export const LedgerEntrySchema = z.strictObject({
  contactId: IdSchema,
  debtorId: IdSchema,
  /** The accounts that the message speaks of, each with the step it fulfils; the first is the leading one. */
  about: z.array(SubjectSchema).min(1).max(subjectsMax),
  channel: ChannelSchema,
  purpose: ContactPurposeSchema,
  destination: z.string().max(254),
  template: z.string(),
  locale: z.string(),
  /** Nth try of this step on this channel, from 0: a new one only after a failure that surely sent nothing. */
  attempt: z.int().nonnegative(),
  state: AttemptStateSchema,
  reservedAt: InstantMsSchema,
  stateAt: InstantMsSchema,
  providerId: z.string().max(128).optional(),
  /** Provider-neutral reason of a failure. */
  reason: z.string().max(200).optional(),
  /** Set on a failure that may be tried again from this instant. */
  retryAt: InstantMsSchema.optional(),
  /** Id of the decision by which it was reserved; its record can be replayed. */
  evidence: z.string().max(200),
});
export type LedgerEntry = z.infer<typeof LedgerEntrySchema>;

/** What a sender, a receipt or the provider's answer says of a contact. */
export const AttemptChangeSchema = z.strictObject({
  state: AttemptStateSchema,
  at: InstantMsSchema,
  providerId: z.string().max(128).optional(),
  reason: z.string().max(200).optional(),
  retryAt: InstantMsSchema.optional(),
});
export type AttemptChange = z.infer<typeof AttemptChangeSchema>;

/** Why an account leaves the automation. */
export const HandOverReasonSchema = z.enum([
  'steps_used_up',
  'unreachable',
  'not_permitted',
  'no_strategy',
  'stop_condition',
  'hold',
  'hold_ended',
  'request',
  'call_me',
  'reply',
  'overpaid',
]);
export type HandOverReason = z.infer<typeof HandOverReasonSchema>;

/** Work that the machine leaves to people. Its processing is not built yet. */
export const CaseSchema = z.strictObject({
  caseId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  queue: IdSchema,
  reason: HandOverReasonSchema,
  /** Rule ids or facts behind the reason, for the person who takes it. */
  because: z.array(z.string()).max(50),
  /** What the person wrote or asked, for whoever takes it. */
  note: z.string().max(textLengthMax).optional(),
  /** When the person wants to be called. */
  callAt: InstantMsSchema.optional(),
  /** Place in the work list when it was opened, higher first; cases of before there were priorities come last. */
  priority: z.int().nonnegative().max(priorityMax).default(0),
  openedAt: InstantMsSchema,
  dueDate: LocalDateSchema,
  state: z.enum(['open', 'closed']),
});
export type Case = z.infer<typeof CaseSchema>;

/** An account that an agency has to take. It owns the account while it is open; its processing is not built yet. */
export const PlacementSchema = z.strictObject({
  placementId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  queue: IdSchema,
  agency: IdSchema,
  reason: HandOverReasonSchema,
  /** Rule ids or facts behind the reason. */
  because: z.array(z.string()).max(50),
  madeAt: InstantMsSchema,
  dueDate: LocalDateSchema,
  state: z.enum(['open', 'recalled']),
});
export type Placement = z.infer<typeof PlacementSchema>;
