import * as z from 'zod';
import { DaySpecSchema } from './day-spec.ts';
import * as words from './permission-words.ts';

const IdSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][\w.-]*$/, 'use letters, digits and ._- only');
const WordSchema = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, 'use lower-case words joined by _');
const LocalDateSchema = z.iso.date('write an existing date as YYYY-MM-DD');
const CountrySchema = z.string().regex(/^[A-Z]{2}$/, 'use the two capital letters of ISO 3166-1');
const StateSchema = z
  .string()
  .regex(/^[A-Z0-9]{1,3}$/, 'use the part of ISO 3166-2 after the dash, such as FL');
/** A length in days or hours. Ten years are beyond any rule and keep every search short. */
const LengthSchema = z.int().min(1).max(3_660);

const SourceSchema = z.strictObject({
  cite: z.string().min(1).max(200),
  url: z.url().optional(),
  tag: z.enum(words.evidenceTags).optional(),
});

const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1)]);

/** What must hold of a request for a rule to apply. A test on something that the request lacks holds. */
const WhenSchema = z.strictObject({
  party: oneOrMore(z.enum(words.parties)).optional(),
  automation: oneOrMore(z.enum(words.automations)).optional(),
  product: oneOrMore(z.string().min(1)).optional(),
  daysPastDue: z.strictObject({ gte: z.int().optional(), lte: z.int().optional() }).optional(),
  destination: oneOrMore(z.enum(words.destinationKinds)).optional(),
});
export type RuleWhen = z.infer<typeof WhenSchema>;

const commonFields = {
  id: IdSchema,
  force: z.enum(words.forces).default('must'),
  channels: z.array(z.enum(words.contactChannels)).min(1).optional(),
  purposes: z.array(z.enum(words.contactPurposes)).min(1).default(['reminder', 'collection']),
  when: WhenSchema.optional(),
  unless: z.array(z.enum(words.dispensations)).optional(),
  effective: z.strictObject({ from: LocalDateSchema.nullish(), to: LocalDateSchema.nullish() }).optional(),
  /** `unverified` keeps a fact in the file without letting it deny, until a deployment turns it on. */
  status: z.enum(['verified', 'unverified']).optional(),
  source: SourceSchema.optional(),
};

const countFields = {
  scope: z
    .array(z.enum(['debtor', 'debt', 'number']))
    .min(1)
    .optional(),
  exclude: z.array(z.enum(words.countExclusions)).optional(),
};

const WindowRuleSchema = z.strictObject({ ...commonFields, kind: z.literal('window'), allow: DaySpecSchema });

const CapWindowSchema = z.union([
  z.enum(['calendar_day', 'calendar_week', 'calendar_month']),
  z.strictObject({ rolling_days: LengthSchema }),
  z.strictObject({ rolling_hours: LengthSchema.max(87_840) }),
]);

const CapRuleSchema = z.strictObject({
  ...commonFields,
  ...countFields,
  kind: z.literal('cap'),
  count: z.enum(words.countingClasses),
  max: z.int().min(0),
  window: CapWindowSchema,
  count_distinct: z.literal('channel').optional(),
});

const CooldownRuleSchema = z.strictObject({
  ...commonFields,
  ...countFields,
  kind: z.literal('cooldown'),
  after: z.enum(words.countingClasses),
  for: z.union([z.strictObject({ calendar_days: LengthSchema }), z.strictObject({ hours: LengthSchema })]),
});

const PrerequisiteRuleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('prerequisite'),
  require: WordSchema,
  min_age: z.strictObject({ days: z.int().min(0).max(3_660) }).optional(),
});

const ConsentRuleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('consent'),
  level: z.enum(['none', 'express', 'written']),
});

const ContentRuleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('content'),
  require: z.array(z.enum(words.contentElements)).optional(),
  forbid: z.array(z.enum(words.contentElements)).optional(),
});

const RecipientRuleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('recipient'),
  deny_destinations: z.array(z.enum(words.destinationKinds)).min(1),
});

const HoldRuleSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('hold'),
  kinds: z.array(WordSchema).min(1),
  suspend: z.boolean().default(true),
  days: LengthSchema.nullish(),
});

/** One rule of a pack. Every kind denies in its own way; what they share is in the common fields. */
const RuleSchema = z.discriminatedUnion('kind', [
  WindowRuleSchema,
  CapRuleSchema,
  CooldownRuleSchema,
  PrerequisiteRuleSchema,
  ConsentRuleSchema,
  ContentRuleSchema,
  RecipientRuleSchema,
  HoldRuleSchema,
]);
export type Rule = z.infer<typeof RuleSchema>;
export type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { readonly kind: Kind }>;

/** Whom a pack binds: by the institution's licence, the debtor's residence, or the area of the telephone number. */
const AttachSchema = z.strictObject({
  /** One country, or several where one law binds them all. */
  country: z.union([CountrySchema, z.array(CountrySchema).min(1)]),
  by: z.enum(['institution', 'residence', 'number_area']),
  state: StateSchema.nullish(),
  postal: z.array(z.string().min(1).max(16)).min(1).optional(),
});
export type Attach = z.infer<typeof AttachSchema>;

const TimeZoneSchema = z
  .strictObject({
    mode: z.enum(['intersect_all', 'presume_number_area', 'fixed']),
    zone: z.string().optional(),
    unknown: z.literal('deny').default('deny'),
  })
  .refine(
    (tz) => (tz.mode === 'fixed') === (tz.zone !== undefined),
    'has `zone` without mode `fixed`, or that mode without `zone`',
  );

/** Public holidays: those of the country or state, and `dates`, without what `exclude` takes away. */
const CalendarSchema = z.strictObject({
  country: CountrySchema.nullish(),
  state: StateSchema.nullish(),
  dates: z.array(LocalDateSchema).default([]),
  exclude: z.array(LocalDateSchema).default([]),
});
export type PackCalendar = z.infer<typeof CalendarSchema>;

/** config/policies/*.yaml: the contact law of one place or one instrument, as data. */
export const RulePackSchema = z.strictObject({
  pack: IdSchema,
  /** A bare whole number is taken too; a bare fraction is refused, since YAML reads 2026.10 as 2026.1. */
  version: z
    .union([z.string().min(1).max(32), z.int()])
    .describe('Quote it unless it has two dots, such as 2026.11.0.'),
  title: z.string().max(300).optional(),
  attach: AttachSchema.optional(),
  tz: TimeZoneSchema.default({ mode: 'intersect_all', unknown: 'deny' }),
  calendar: CalendarSchema.optional(),
  rules: z.array(RuleSchema),
});
export type RulePack = z.infer<typeof RulePackSchema>;
