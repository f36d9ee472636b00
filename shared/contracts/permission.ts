import * as z from 'zod';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { PersonalWindowSchema } from './personal-window.ts';
import * as words from './permission-words.ts';

/** Longest list that one request may carry, per field: a bound for memory and time, far above any person's history. */
export const listLengthMax = 10_000;

const TextSchema = z.string().min(1).max(512);
const LocalDateSchema = z.iso.date('write an existing date as YYYY-MM-DD');
/** A moment with its distance from UTC; a time without one names no moment. */
const IsoInstantSchema = z
  .string()
  .refine(
    (text) => parseIsoInstant(text) !== undefined,
    'is no instant of the years 1900 to 2199 with its offset or Z, such as 2026-03-10T21:59:59+08:00',
  );
const PlaceSchema = z
  .string()
  .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, 'write an ISO 3166-1 or 3166-2 code such as CN or US-FL');

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(listLengthMax);

/** Where institution and debtor are, as far as known: it decides which packs apply. */
const JurisdictionSchema = z.strictObject({
  institution: PlaceSchema.optional(),
  residence: PlaceSchema.optional(),
  postalCode: z.string().max(16).optional(),
  numberArea: PlaceSchema.optional(),
});
export type Jurisdiction = z.infer<typeof JurisdictionSchema>;

const ZoneOfDebtorSchema = z.strictObject({ zone: TextSchema, evidence: z.enum(words.zoneEvidences) });

/** What the debtor has agreed to or refused on a channel. */
const ConsentSchema = z.strictObject({
  channel: z.enum(words.contactChannels),
  level: z.enum(words.consentLevels),
  at: IsoInstantSchema,
  number: TextSchema.optional(),
  outsideHours: z.boolean().optional(),
});

/** An earlier contact of any channel, owner and direction. */
const HistoryEventSchema = z.strictObject({
  at: IsoInstantSchema,
  channel: z.enum(words.contactChannels),
  direction: z.enum(['outbound', 'inbound']),
  outcome: z.enum(words.contactOutcomes),
  debts: list(TextSchema).optional(),
  value: TextSchema.optional(),
  by: TextSchema.optional(),
  role: TextSchema.optional(),
  consented: z.boolean().optional(),
});

/** A time without contact. `until` is the last held date; without it the hold is open-ended or has its rule's length. */
const HoldSchema = z.strictObject({
  kind: TextSchema,
  scope: z.enum(['debt', 'debtor']).optional(),
  from: LocalDateSchema,
  until: LocalDateSchema.optional(),
});

/** One contact that somebody wants to make, with everything that decides whether it may happen. */
export const PermitRequestSchema = z.strictObject({
  id: z.string().optional(),
  at: IsoInstantSchema,
  channel: z.enum(words.contactChannels),
  purpose: z.enum(words.contactPurposes).optional(),
  packs: list(TextSchema).min(1, 'name a pack, or leave the field out to have packs resolved').optional(),
  jurisdiction: JurisdictionSchema.optional(),
  party: z.enum(words.parties).optional(),
  automation: z.enum(words.automations).optional(),
  debtor: z.strictObject({
    id: TextSchema,
    zones: list(ZoneOfDebtorSchema).optional(),
    consents: list(ConsentSchema).optional(),
    personalWindows: list(PersonalWindowSchema).optional(),
  }),
  debt: z
    .strictObject({ id: TextSchema, daysPastDue: z.int().optional(), product: TextSchema.optional() })
    .optional(),
  destination: z
    .strictObject({ kind: z.enum(words.destinationKinds), value: TextSchema.optional() })
    .optional(),
  history: list(HistoryEventSchema).optional(),
  holds: list(HoldSchema).optional(),
  facts: list(z.strictObject({ kind: TextSchema, at: IsoInstantSchema })).optional(),
  content: z.strictObject({ elements: list(z.enum(words.contentElements)) }).optional(),
});
export type PermitRequest = z.infer<typeof PermitRequestSchema>;

/** Why a contact may not happen: the rule, how binding it is, and where it stands written. */
const PermitReasonSchema = z.strictObject({
  rule: z.string(),
  kind: z.enum([...words.ruleKinds, 'zone']),
  force: z.enum(words.forces),
  cite: z.string().nullable(),
});
export type PermitReason = z.infer<typeof PermitReasonSchema>;

/** The decision: the same request and packs give the same bytes, and `facts` proves later what was known. */
export const PermitDecisionSchema = z.strictObject({
  id: z.string().nullable(),
  allowed: z.boolean(),
  nextAt: z.string().nullable(),
  reasons: z.array(PermitReasonSchema),
  /** Disclosure elements that the rules in force require of the message. */
  obligations: z.array(z.enum(words.contentElements)),
  /** Rules that deny but that the deployment has relaxed, with its written reason; present only when there are any. */
  relaxed: z.array(z.strictObject({ rule: z.string(), reason: z.string() })).optional(),
  packs: z.record(z.string(), z.string()),
  facts: z.string(),
});
export type PermitDecision = z.infer<typeof PermitDecisionSchema>;

/** A request that cannot be judged, and why. */
export const PermitErrorSchema = z.strictObject({ id: z.string().nullable(), error: z.string() });
export type PermitError = z.infer<typeof PermitErrorSchema>;
