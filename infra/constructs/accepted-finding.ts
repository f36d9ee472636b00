import assert from 'node:assert/strict';
import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** A rule of cdk-nag's AwsSolutions pack that we knowingly do not follow here, and why. */
export interface AcceptedFinding {
  /** Such as `SQS3`. */
  readonly rule: string;
  readonly reason: string;
}

const ImportSchema = z.object({ 'Fn::ImportValue': z.string() });

/** Accepts one finding on a construct and what is under it. */
export function acceptFinding(scope: IConstruct, { rule, reason }: AcceptedFinding): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** A resource of the state stack, all of whose sub-resources with a prefix a role of the service stack may use. */
export interface AcceptedWildcard {
  /** ARN without the wildcard, as a token of the state stack. */
  readonly arn: string;
  readonly owner: Stack;
  /** What follows the ARN, such as `/portfolio/*`. */
  readonly suffix: string;
  readonly reason: string;
}

/** Accepts exactly one wildcard in the policy of a role. cdk-nag names it by the export through which the ARN comes. */
export function acceptWildcard(role: IConstruct, { arn, owner, suffix, reason }: AcceptedWildcard): void {
  assert(Stack.of(role) !== owner, 'an ARN of the same stack has no export name');
  const imported = ImportSchema.parse(owner.resolve(owner.exportValue(arn)));
  acceptFinding(role, { rule: `IAM5[Resource::${imported['Fn::ImportValue']}${suffix}]`, reason });
}
