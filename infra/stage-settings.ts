import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

/** What differs between the stages: one entry each under `stages` in cdk.json. */
export const StageSettingsSchema = z.strictObject({
  keepsState: z
    .boolean()
    .describe('Deletion protection, and the table, key, bucket and secret survive the stack.'),
  dueShards: z
    .int()
    .min(1)
    .max(1_024)
    .describe(
      'Shards of the due index (docs/decisions/0001-due-index.md). It may grow, never shrink: wake-ups stay in their shard.',
    ),
  logRetentionDays: z
    .enum(RetentionDays)
    .describe('Days that log lines are kept: one of the periods that CloudWatch offers.'),
  dropRetentionDays: z
    .int()
    .min(1)
    .max(365)
    .describe('Portfolio files hold personal data and go after this many days.'),
  twilioAccountSid: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, "write the account's SID: AC and 32 hexadecimal digits"),
  senderDomains: z
    .array(z.hostname())
    .min(1)
    .describe(
      'Domains verified in SES that e-mails may come from; the `emailFrom` of each creditor must be in one.',
    ),
  inboundMail: z
    .strictObject({
      domain: z
        .hostname()
        .describe(
          'Domain whose mail SES receives (its MX record leads there); answers to e-mails go to addresses in it.',
        ),
      keptDays: z
        .int()
        .min(1)
        .max(90)
        .describe('Days that mails are kept as they came; they are personal data, and go then.'),
    })
    .optional()
    .describe(
      "Mail that people write to us; absent: none is taken in, answers go to the creditor's own mailbox.",
    ),
  publicUrl: z
    .url({ protocol: /^https$/ })
    .refine(
      (url) => new URL(url).origin === url,
      'write https:// and the host, without a path or a slash at the end',
    )
    .optional()
    .describe('Own domain in front of the API; absent: the address that AWS gives it.'),
  portalUrl: z
    .url({ protocol: /^https$/ })
    .refine(
      (url) => new URL(url).origin === url,
      'write https:// and the host, without a path or a slash at the end',
    )
    .optional()
    .describe(
      'Where the pages of personal links are; a short host keeps text messages short. Absent: like `publicUrl`.',
    ),
  configRollout: z
    .strictObject({
      minutes: z.int().min(1).max(1_440).describe('Time until all containers have the new configuration.'),
      growthPercent: z.int().min(1).max(100).describe('Share that is added at each step.'),
      bakeMinutes: z.int().min(1).max(1_440).describe('Time of watching afterwards; an alarm rolls back.'),
    })
    .describe(
      'The gradual roll-out of a configuration. A message that cannot be handled reaches its dead-letter queue, and so an ' +
        'alarm, after about a quarter of an hour: both times together should be longer.',
    ),
  appConfigLayerArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$/,
      "write the layer's ARN with its version",
    )
    .optional()
    .describe(
      'Another release of the AppConfig extension for arm64 than the one that the CDK knows for the region. AWS lists them ' +
        'in the AppConfig User Guide, "Available versions of the AWS AppConfig Agent Lambda extension".',
    ),
  alarmEmail: z
    .email()
    .optional()
    .describe('Who is told of alarms; absent: nobody, they show in CloudWatch only.'),
});
export type StageSettings = z.infer<typeof StageSettingsSchema>;

export const stages = ['dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

/**
 * Reads one stage from the CDK context.
 * @throws Error that names the stage or the setting, what is wrong with it, and where to write it.
 */
export function readStageSettings(
  stage: unknown,
  context: unknown,
): { stage: Stage; settings: StageSettings } {
  const name = z.enum(stages).safeParse(stage);
  if (!name.success) {
    throw new Error(
      `Stage ${JSON.stringify(stage)} is not one of ${stages.join(', ')}: pass -c stage=dev or -c stage=prod.`,
    );
  }
  const settings = z.object({ [name.data]: StageSettingsSchema }).safeParse(context);
  const found = settings.data?.[name.data];
  if (found === undefined) {
    const problems = settings.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
    throw new Error(`cdk.json, context.stages: ${problems.join('; ')}`);
  }
  return { stage: name.data, settings: found };
}
