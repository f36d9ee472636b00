import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LayerVersion,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '#shared/contracts/environment.ts';
import { assetHash } from '../build/asset-hash.ts';
import { assetFiles } from '../build/build-paths.ts';
import { memoryMb, timeoutSeconds } from '../service-limits.ts';

export interface WorkerFunctionProps {
  readonly name: FunctionName;
  /** `dunwell-<stage>`. */
  readonly prefix: string;
  /** Folder with one built folder per function. */
  readonly assetsDir: string;
  readonly logRetention: RetentionDays;
  readonly environment: Readonly<Record<string, string>>;
  readonly layerArns?: readonly string[];
}

/** One function of `functions/`, from its built asset, with a role of its own that may only write its own log. */
export class WorkerFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly functionName: FunctionName;

  constructor(scope: Construct, id: string, props: WorkerFunctionProps) {
    super(scope, id);
    this.functionName = props.name;
    const asset = join(props.assetsDir, props.name);
    if (!existsSync(join(asset, assetFiles.entry))) {
      throw new Error(`${asset} has no ${assetFiles.entry}: run \`npm run build\` first.`);
    }
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/dunwell/${props.prefix}/${props.name}`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: `${props.prefix}-${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(asset, { assetHashType: AssetHashType.CUSTOM, assetHash: assetHash(asset) }),
      role: this.role,
      logGroup,
      timeout: Duration.seconds(timeoutSeconds[props.name]),
      memorySize: memoryMb[props.name],
      environment: { ...props.environment },
      layers: (props.layerArns ?? []).map((arn, index) =>
        LayerVersion.fromLayerVersionArn(this, `Layer${String(index)}`, arn),
      ),
    });
  }
}
