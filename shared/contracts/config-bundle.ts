import * as z from 'zod';
import { AccountDecisionsSchema } from './account-decisions.ts';
import { AgreementRulesSchema } from './agreement-rules.ts';
import { CallRulesSchema } from './call-flow.ts';
import { CreditorSchema } from './creditor.ts';
import { ExperimentSchema } from './experiment.ts';
import { HoldRulesSchema } from './hold-rules.ts';
import { LimitsSchema } from './limits.ts';
import { PricesSchema } from './prices.ts';
import { PrioritySettingsSchema } from './priority.ts';
import { PublishingSchema } from './publishing.ts';
import { AgencySchema, QueueSchema } from './queue.ts';
import { ReplyRulesSchema } from './reply-words.ts';
import { RiskModelSchema } from './risk-model.ts';
import { RuleDecisionsSchema } from './rule-decisions.ts';
import { RulePackSchema } from './rule-pack.ts';
import { SegmentsSchema } from './segments.ts';
import { StrategySchema } from './strategy.ts';
import { TemplateSchema } from './template.ts';

/** Public holidays by `COUNTRY` or `COUNTRY-SUBDIVISION`, as local dates; made when the configuration is built. */
export const HolidayTableSchema = z.record(z.string(), z.array(z.iso.date()));

/** All of config/, read and checked as one: what the functions load. `version` is its content hash. */
export const ConfigBundleSchema = z.strictObject({
  version: z.string(),
  limits: LimitsSchema,
  creditors: z.array(CreditorSchema).min(1),
  strategies: z.array(StrategySchema).min(1),
  accounts: AccountDecisionsSchema.shape.accounts,
  queues: z.array(QueueSchema).min(1),
  agencies: z.array(AgencySchema),
  templates: z.array(TemplateSchema).min(1),
  policies: z.array(RulePackSchema).min(1),
  rules: RuleDecisionsSchema,
  holidays: HolidayTableSchema,
  /** Absent in a bundle that was made before there were experiments. */
  experiments: z.array(ExperimentSchema).optional(),
  /** Absent: nobody's risk is known but by the feed's own score. */
  riskModel: RiskModelSchema.optional(),
  /** Absent: all accounts are `ordinary`. */
  segments: SegmentsSchema.optional(),
  priority: PrioritySettingsSchema.optional(),
  publishing: PublishingSchema,
  /** Absent where the deployment has not told its prices. */
  prices: PricesSchema.optional(),
  /** What people may agree on by themselves. */
  agreements: AgreementRulesSchema,
  holds: HoldRulesSchema.shape.holds,
  /** By which words replies are understood, and how they are answered. */
  replies: ReplyRulesSchema,
  /** How calls go on. Absent in a bundle that was made before: whoever picks up hears the limited message. */
  calls: CallRulesSchema.optional(),
});
export type ConfigBundle = z.infer<typeof ConfigBundleSchema>;
