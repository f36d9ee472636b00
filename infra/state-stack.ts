import assert from 'node:assert/strict';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acceptFinding, acceptWildcard } from './constructs/accepted-finding.ts';
import { DebtorsTable } from './constructs/debtors-table.ts';
import type { StageSettings } from './stage-settings.ts';

export interface StateStackProps extends StackProps {
  readonly settings: StageSettings;
}

/** All that must survive a new version of the service: persons, dropped files, the provider's secret, and their key. */
export class StateStack extends Stack {
  readonly key: Key;
  readonly debtors: DebtorsTable;
  readonly dropBucket: Bucket;
  readonly twilioToken: Secret;

  constructor(scope: Construct, id: string, props: StateStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const removalPolicy = settings.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy });
    // Alarms and SES publish to topics that are encrypted with this key.
    for (const publisher of ['cloudwatch', 'ses']) {
      this.key.grantEncryptDecrypt(new ServicePrincipal(`${publisher}.amazonaws.com`));
    }

    this.debtors = new DebtorsTable(this, 'Debtors', { key: this.key, keepsState: settings.keepsState });

    this.dropBucket = new Bucket(this, 'Drop', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(settings.dropRetentionDays) }],
      removalPolicy,
    });
    sendEventsToEventBridge(this.dropBucket);
    acceptFinding(this.dropBucket, {
      rule: 'S1',
      reason:
        'Files are taken in by one function and expire; CloudTrail data events record access where a deployment needs it.',
    });

    this.twilioToken = new Secret(this, 'TwilioToken', {
      description:
        'Auth token of the Twilio account; replace the generated value after the first deployment.',
      encryptionKey: this.key,
      removalPolicy,
    });
    acceptFinding(this.twilioToken, {
      rule: 'SMG4',
      reason:
        "Twilio's token is made and promoted in Twilio's console: rotation is a step of docs/deployment.md.",
    });
  }

  /** Lets a role read Twilio's token. CDK's own grant also writes into the key's policy, which would tie this stack to the role's. */
  grantTwilioToken(role: IRole): void {
    this.grant(role, ['secretsmanager:GetSecretValue'], this.twilioToken.secretArn);
    this.grant(role, ['kms:Decrypt'], this.key.keyArn);
  }

  /** Lets a role take dropped files from one folder and write refused rows to another. */
  grantDrop(role: IRole, folders: { readonly read: string; readonly write: string }): void {
    this.grant(role, ['s3:GetObject'], this.dropBucket.arnForObjects(`${folders.read}*`));
    this.grant(role, ['s3:PutObject'], this.dropBucket.arnForObjects(`${folders.write}*`));
    this.grant(role, ['kms:Decrypt', 'kms:GenerateDataKey'], this.key.keyArn);
    for (const folder of [folders.read, folders.write]) {
      acceptWildcard(role, {
        arn: this.dropBucket.bucketArn,
        owner: this,
        suffix: `/${folder}*`,
        reason: 'Creditors choose the names of their files; the folder bounds what may be touched.',
      });
    }
  }

  private grant(role: IRole, actions: string[], resource: string): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}

/** CDK's own switch deploys a helper function with wide rights for it; the plain property does the same. */
function sendEventsToEventBridge(bucket: Bucket): void {
  const resource = bucket.node.defaultChild;
  assert(resource instanceof CfnBucket);
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
