import * as z from 'zod';

/** How a new configuration reaches the functions: to a growing share of them, or to all at the same time. */
export const RolloutSchema = z.enum(['gradual', 'at-once']);
export type Rollout = z.infer<typeof RolloutSchema>;

/** Approvers that may be named, and characters of a name: an ARN fits. */
const approversMax = 100;
const nameLengthMax = 300;

/**
 * config/publishing.yaml: how a change of the configuration is put in force. It is part of the configuration itself: the
 * rules by which a change is approved are those of the version in force, so nobody can lift them in the change they guard.
 */
export const PublishingSchema = z.strictObject({
  approvers: z
    .strictObject({
      required: z
        .boolean()
        .describe(
          'Whether somebody other than its publisher has to approve a version before it is rolled out.',
        ),
      among: z
        .array(z.string().min(1).max(nameLengthMax))
        .min(1)
        .max(approversMax)
        .optional()
        .describe(
          'Who may approve: the ARNs that `aws sts get-caller-identity` prints. Absent: everybody but the publisher.',
        ),
    })
    .describe('The second pair of eyes.'),
  rollout: RolloutSchema.describe(
    'How `dunwell config publish` rolls out when nothing else is said: `gradual` (a growing share of the containers, ' +
      'then a time of watching; an alarm rolls back) or `at-once`.',
  ),
});
export type Publishing = z.infer<typeof PublishingSchema>;

/** What holds where config/ has no publishing.yaml. */
export const publishingDefault: Publishing = { approvers: { required: false }, rollout: 'gradual' };
