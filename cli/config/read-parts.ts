import { join } from 'node:path';
import { AccountDecisionsSchema } from '#shared/contracts/account-decisions.ts';
import { AgreementRulesSchema } from '#shared/contracts/agreement-rules.ts';
import { CreditorSchema } from '#shared/contracts/creditor.ts';
import { ExperimentSchema } from '#shared/contracts/experiment.ts';
import { HoldRulesSchema } from '#shared/contracts/hold-rules.ts';
import { LimitsSchema } from '#shared/contracts/limits.ts';
import { PricesSchema } from '#shared/contracts/prices.ts';
import { PrioritySettingsSchema } from '#shared/contracts/priority.ts';
import { PublishingSchema } from '#shared/contracts/publishing.ts';
import { AgencySchema, QueueSchema } from '#shared/contracts/queue.ts';
import { RiskModelSchema } from '#shared/contracts/risk-model.ts';
import { RuleDecisionsSchema } from '#shared/contracts/rule-decisions.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { SegmentsSchema } from '#shared/contracts/segments.ts';
import { StrategySchema } from '#shared/contracts/strategy.ts';
import { readPacks } from '../read-packs.ts';
import {
  listFolder,
  readOptional,
  readYamlFile,
  readYamlFolder,
  refused,
  type Reading,
} from './read-files.ts';
import { readCallParts } from './read-calls.ts';
import { readReplyParts } from './read-replies.ts';
import { readTemplates } from './read-templates.ts';

/** Every part of a configuration folder by itself: what was found and what is wrong with it. */
export async function readParts(dir: string) {
  return {
    strategies: await readYamlFolder(join(dir, 'strategies'), StrategySchema, {
      field: 'strategy',
      of: ({ strategy }) => strategy,
      versionOf: ({ version }) => version,
    }),
    creditors: await readYamlFolder(join(dir, 'creditors'), CreditorSchema, {
      field: 'creditor',
      of: ({ creditor }) => creditor,
    }),
    queues: await readYamlFolder(join(dir, 'queues'), QueueSchema, {
      field: 'queue',
      of: ({ queue }) => queue,
    }),
    agencies: await readYamlFolder(join(dir, 'agencies'), AgencySchema, {
      field: 'agency',
      of: ({ agency }) => agency,
      isOptional: true,
    }),
    accounts: await readOptional(dir, 'accounts.yaml', AccountDecisionsSchema),
    segments: await readOptional(dir, 'segments.yaml', SegmentsSchema),
    riskModel: await readOptional(join(dir, 'models'), 'risk.yaml', RiskModelSchema),
    priority: await readOptional(dir, 'priority.yaml', PrioritySettingsSchema),
    prices: await readOptional(dir, 'prices.yaml', PricesSchema),
    publishing: await readOptional(dir, 'publishing.yaml', PublishingSchema),
    experiments: await readYamlFolder(join(dir, 'experiments'), ExperimentSchema, {
      field: 'experiment',
      of: ({ experiment }) => experiment,
      isOptional: true,
    }),
    limits: await readYamlFile(join(dir, 'limits.yaml'), LimitsSchema),
    agreements: await readYamlFile(join(dir, 'agreements.yaml'), AgreementRulesSchema),
    holds: await readYamlFile(join(dir, 'holds.yaml'), HoldRulesSchema),
    rules: await readOptional(dir, 'rules.yaml', RuleDecisionsSchema),
    ...(await readReplyParts(dir)),
    ...(await readCallParts(dir)),
    policies: await readPolicies(join(dir, 'policies')),
    templates: await readTemplates(join(dir, 'templates')),
  };
}

async function readPolicies(dir: string): Promise<Reading<RulePack>> {
  if ((await listFolder(dir)) === null)
    return refused(dir, 'is missing', 'add the folder with at least one rule pack');
  return readPacks(dir);
}
