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

/** Characters of a secret that is made here: letters and digits, and a whole number of base64 groups. */
const generatedLength = 64;

/** All that must survive a new version of the service: persons, dropped files, the provider's secret, and their key. */
export class StateStack extends Stack {
  readonly key: Key;
  readonly debtors: DebtorsTable;
  readonly dropBucket: Bucket;
  /** Mails as they came; only where the stage takes mail in. */
  readonly mailBucket: Bucket | undefined;
  readonly twilioToken: Secret;
  readonly linkSecret: Secret;
  readonly callbackSecret: Secret;
  readonly stripeSecret: Secret;

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

    this.dropBucket = this.addBucket('Drop', {
      keptDays: settings.dropRetentionDays,
      removalPolicy,
      unlogged: 'Files are taken in by one function and expire',
    });
    sendEventsToEventBridge(this.dropBucket);
    this.mailBucket =
      settings.inboundMail &&
      this.addBucket('Mails', {
        keptDays: settings.inboundMail.keptDays,
        removalPolicy,
        unlogged: 'Mails are written by SES, read by one function and expire',
      });

    this.twilioToken = this.addSecret('TwilioToken', {
      description:
        'Auth token of the Twilio account; replace the generated value after the first deployment.',
      removalPolicy,
      rotation:
        "Twilio's token is made and promoted in Twilio's console: rotation is a step of docs/deployment.md.",
    });
    this.linkSecret = this.addSecret('LinkSecret', {
      description:
        'By which the addresses of personal links and the sessions behind them are made; ours alone.',
      removalPolicy,
      rotation: 'A new value closes every link that was sent: rotation is a step of docs/deployment.md.',
    });
    this.callbackSecret = this.addSecret('CallbackSecret', {
      description:
        "By which the creditor's own systems sign what they tell (Standard Webhooks); give it to them, base64.",
      removalPolicy,
      rotation: "The creditor's systems have to change with it: rotation is a step of docs/deployment.md.",
    });
    this.stripeSecret = this.addSecret('StripeSecret', {
      description:
        'Keys of the Stripe account as JSON: {"apiKey": …, "webhookSecret": …}; replace the generated value.',
      removalPolicy,
      rotation: "Stripe's keys are made in Stripe's dashboard: rotation is a step of docs/deployment.md.",
    });
  }

  /** A bucket for personal data on their way, which expires. */
  private addBucket(
    id: string,
    {
      keptDays,
      removalPolicy,
      unlogged,
    }: { keptDays: number; removalPolicy: RemovalPolicy; unlogged: string },
  ): Bucket {
    const bucket = new Bucket(this, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(keptDays) }],
      removalPolicy,
    });
    const reason = `${unlogged}; CloudTrail data events record access where a deployment needs it.`;
    acceptFinding(bucket, { rule: 'S1', reason });
    return bucket;
  }

  private addSecret(
    id: string,
    {
      description,
      removalPolicy,
      rotation,
    }: { description: string; removalPolicy: RemovalPolicy; rotation: string },
  ): Secret {
    const secret = new Secret(this, id, {
      description,
      encryptionKey: this.key,
      removalPolicy,
      generateSecretString: { excludePunctuation: true, passwordLength: generatedLength },
    });
    acceptFinding(secret, { rule: 'SMG4', reason: rotation });
    return secret;
  }

  /** Lets a role read a secret. CDK's own grant also writes into the key's policy, which would tie this stack to the role's. */
  grantSecret(role: IRole, secret: Secret): void {
    this.grant(role, ['secretsmanager:GetSecretValue'], secret.secretArn);
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

  /** Lets SES write mails of this account to one folder. */
  admitMails(bucket: Bucket, folder: string): void {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${folder}*`)],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
  }

  /** Lets a role read mails of one folder. */
  grantMails(role: IRole, bucket: Bucket, folder: string): void {
    this.grant(role, ['s3:GetObject'], bucket.arnForObjects(`${folder}*`));
    this.grant(role, ['kms:Decrypt'], this.key.keyArn);
    acceptWildcard(role, {
      arn: bucket.bucketArn,
      owner: this,
      suffix: `/${folder}*`,
      reason: 'SES chooses the names of the mails; the folder bounds what may be read.',
    });
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
