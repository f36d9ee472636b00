import type * as z from 'zod';
import { AccountDecisionsSchema } from '#shared/contracts/account-decisions.ts';
import { AgreementRulesSchema } from '#shared/contracts/agreement-rules.ts';
import { CallPromptsSchema, CallSettingsSchema } from '#shared/contracts/call-flow.ts';
import { CreditorSchema } from '#shared/contracts/creditor.ts';
import { ExperimentSchema } from '#shared/contracts/experiment.ts';
import { HoldRulesSchema } from '#shared/contracts/hold-rules.ts';
import { LimitsSchema } from '#shared/contracts/limits.ts';
import { PricesSchema } from '#shared/contracts/prices.ts';
import { PrioritySettingsSchema } from '#shared/contracts/priority.ts';
import { PublishingSchema } from '#shared/contracts/publishing.ts';
import { AgencySchema, QueueSchema } from '#shared/contracts/queue.ts';
import { ReplySettingsSchema, ReplyTableSchema } from '#shared/contracts/reply-words.ts';
import { RiskModelSchema } from '#shared/contracts/risk-model.ts';
import { RuleDecisionsSchema } from '#shared/contracts/rule-decisions.ts';
import { RulePackSchema } from '#shared/contracts/rule-pack.ts';
import { SegmentsSchema } from '#shared/contracts/segments.ts';
import { StrategySchema } from '#shared/contracts/strategy.ts';
import { TemplateWordsSchema } from '#shared/contracts/template.ts';
import { EmailHeadSchema, PlainEmailHeadSchema, SmsHeadSchema, VoiceFileSchema } from './read-templates.ts';

/** A kind of file in config/: what editors complete it by and what the reference describes. */
export interface ConfigFileKind {
  /** Name of the JSON Schema file, without its ending. */
  readonly name: string;
  /** Where such files stand in the folder. */
  readonly files: string;
  readonly about: string;
  readonly schema: z.ZodType;
}

/** Every kind of file that a configuration consists of, in the order of the reference. */
export const configFileKinds: readonly ConfigFileKind[] = [
  {
    name: 'strategy',
    files: 'strategies/<strategy>.yaml',
    about:
      'Which contacts an account gets while it ages, and when people take over. Of several strategies that match an ' +
      'account the one of the highest priority is in force, else the one with conditions or segments, else the one that ' +
      'names creditors, else the one that names products; two of equal rank must not match the same account. A further ' +
      'version of a strategy is a file `<strategy>@<version>.yaml`. See [strategies](strategies.md).',
    schema: StrategySchema,
  },
  {
    name: 'creditor',
    files: 'creditors/<creditor>.yaml',
    about: 'Who the messages come from. Accounts whose feed names no creditor belong to `demo-bank`.',
    schema: CreditorSchema,
  },
  {
    name: 'queue',
    files: 'queues/<queue>.yaml',
    about:
      'Where accounts go that the machine does not resolve. `human` takes what nothing else was said about.',
    schema: QueueSchema,
  },
  {
    name: 'agency',
    files: 'agencies/<agency>.yaml',
    about: 'Who collects outside of the house. The folder may be missing.',
    schema: AgencySchema,
  },
  {
    name: 'accounts',
    files: 'accounts.yaml',
    about: 'What operations decide about single accounts. The file may be missing.',
    schema: AccountDecisionsSchema,
  },
  {
    name: 'limits',
    files: 'limits.yaml',
    about: 'What bounds the machine as a whole.',
    schema: LimitsSchema,
  },
  {
    name: 'agreements',
    files: 'agreements.yaml',
    about:
      'What a person may agree on by themselves, and what follows from it. See [agreements](agreements.md).',
    schema: AgreementRulesSchema,
  },
  {
    name: 'holds',
    files: 'holds.yaml',
    about:
      'How long each kind of hold lasts, what it covers and who looks at it. What it suspends is for the packs to say. See [holds](holds.md).',
    schema: HoldRulesSchema,
  },
  {
    name: 'prices',
    files: 'prices.yaml',
    about:
      'What messages cost the deployment, in millionths of a currency. Absent: previews tell no cost. Nothing is decided by it.',
    schema: PricesSchema,
  },
  {
    name: 'sms-template',
    files: 'templates/<locale>/<name>.sms.liquid',
    about:
      'Head of a text message, between two lines `---`; the text follows. See [templates](templates.md).',
    schema: SmsHeadSchema,
  },
  {
    name: 'email-template',
    files: 'templates/<locale>/<name>.email.mjml',
    about:
      'Head of an e-mail, between two lines `---`; its HTML part follows as MJML. See [templates](templates.md).',
    schema: EmailHeadSchema,
  },
  {
    name: 'plain-email-template',
    files: 'templates/<locale>/<name>.email.liquid',
    about:
      'Head of an e-mail that is written as text, between two lines `---`; the text follows. See [templates](templates.md#plain-e-mails).',
    schema: PlainEmailHeadSchema,
  },
  {
    name: 'voice-template',
    files: 'templates/<locale>/<name>.voice.yaml',
    about: 'What a call says. See [templates](templates.md).',
    schema: VoiceFileSchema,
  },
  {
    name: 'template-words',
    files: 'templates/<locale>/words.yaml',
    about: 'Words by which the texts of a language are checked. They do not reach the functions.',
    schema: TemplateWordsSchema,
  },
  {
    name: 'calls',
    files: 'calls.yaml',
    about:
      'How a call goes on once somebody has picked up. Absent: whoever picks up hears the limited message. See [calls](calls.md).',
    schema: CallSettingsSchema,
  },
  {
    name: 'call-prompts',
    files: 'templates/<locale>/call-flow.prompts.yaml',
    about: 'What a call says besides the texts of its contact. See [calls](calls.md).',
    schema: CallPromptsSchema,
  },
  {
    name: 'rule-pack',
    files: 'policies/<pack>.yaml',
    about: 'A set of contact rules of one law or code. See [permission](permission.md).',
    schema: RulePackSchema,
  },
  {
    name: 'rules',
    files: 'rules.yaml',
    about:
      'What a deployment decides about single rules of the packs. Absent: nothing is relaxed and nothing turned on.',
    schema: RuleDecisionsSchema,
  },
  {
    name: 'experiment',
    files: 'experiments/<experiment>.yaml',
    about:
      'Which share of the people of a strategy is contacted by another one, or not at all. The folder may be absent. See ' +
      '[experiments](experiments.md).',
    schema: ExperimentSchema,
  },
  {
    name: 'segments',
    files: 'segments.yaml',
    about:
      'Kinds of debtor, known by their behaviour. The file may be missing: every account is `ordinary` then. See ' +
      '[segments](segments.md).',
    schema: SegmentsSchema,
  },
  {
    name: 'risk-model',
    files: 'models/risk.yaml',
    about:
      'The model of who does not cure by itself, written by `dunwell model train`. The file may be missing: only the ' +
      'risk that the feed tells is known then. See [risk model](risk-model.md).',
    schema: RiskModelSchema,
  },
  {
    name: 'priority',
    files: 'priority.yaml',
    about: 'What orders the cases that people work on. The file may be missing.',
    schema: PrioritySettingsSchema,
  },
  {
    name: 'publishing',
    files: 'publishing.yaml',
    about:
      'How a change of the configuration is put in force. Absent: no second approver, gradual. See [configuration](configuration.md).',
    schema: PublishingSchema,
  },
  {
    name: 'reply-settings',
    files: 'replies.yaml',
    about: 'What holds for reading and answering replies in every language. See [replies](replies.md).',
    schema: ReplySettingsSchema,
  },
  {
    name: 'reply-table',
    files: 'replies/<locale>.yaml',
    about: 'The words by which replies in a language are understood. See [replies](replies.md).',
    schema: ReplyTableSchema,
  },
];
