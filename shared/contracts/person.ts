import * as z from 'zod';
import { ActSchema } from './act.ts';
import { AccountSchema, PaymentSchema } from './account.ts';
import { PlanSchema, PromiseSchema } from './agreement.ts';
import { ConsentSchema, DebtorSchema, EndedDestinationSchema } from './debtor.ts';
import { HoldSchema } from './hold.ts';
import { InboundSchema } from './inbound.ts';
import { CaseSchema, LedgerEntrySchema, PlacementSchema } from './ledger.ts';
import { PreferencesSchema } from './preferences.ts';
import { InstantMsSchema } from './primitives.ts';
import { WakeForSchema } from './queue-message.ts';

/** The one scheduled moment of a person: when to look next, and for what. */
export const WakeUpSchema = z.strictObject({ at: InstantMsSchema, for: WakeForSchema });
export type WakeUp = z.infer<typeof WakeUpSchema>;

/**
 * Everything known about one person, as one read of their partition gives it. `version` counts the changes that could
 * alter a decision (reservations, stop events, wake-ups); a write that rests on these facts names the version it read.
 */
export const PersonSchema = z.strictObject({
  debtorId: z.string(),
  /** 0 while nothing but feed data has been written. */
  version: z.int().nonnegative(),
  debtor: DebtorSchema.optional(),
  accounts: z.array(AccountSchema),
  attempts: z.array(LedgerEntrySchema),
  /** What the person said since the feed (replies, provider opt-outs), in addition to `debtor.consents`. */
  consents: z.array(ConsentSchema),
  endedDestinations: z.array(EndedDestinationSchema),
  payments: z.array(PaymentSchema),
  cases: z.array(CaseSchema),
  placements: z.array(PlacementSchema),
  promises: z.array(PromiseSchema),
  plans: z.array(PlanSchema),
  holds: z.array(HoldSchema),
  acts: z.array(ActSchema),
  /** What they wrote or said to us. */
  inbound: z.array(InboundSchema),
  preferences: PreferencesSchema.optional(),
  wakeUp: WakeUpSchema.optional(),
});
export type Person = z.infer<typeof PersonSchema>;
