import assert from 'node:assert/strict';
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnStage,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { apiThrottle } from '../service-limits.ts';
import { acceptFinding } from './accepted-finding.ts';

export interface PublicApiProps {
  readonly prefix: string;
  readonly logRetention: RetentionDays;
  /** Own domain in front of the API. */
  readonly publicUrl?: string | undefined;
}

/** One way in: what is asked, who answers, and who may ask. */
export interface ApiRoute {
  readonly method: HttpMethod;
  readonly path: string;
  readonly worker: IFunction;
  /**
   * `iam`: callers sign as an AWS principal. `signed_by_sender`: the function itself checks the signature of whoever calls.
   * `open_page`: anybody may look; the page asks who is there before it tells anything.
   */
  readonly access: 'iam' | 'signed_by_sender' | 'open_page';
}

const openReasons = {
  signed_by_sender:
    "Providers cannot sign as AWS principals; the function refuses what does not carry its sender's signature.",
  open_page:
    'People open these pages from a message; they tell nothing before the person has answered a question only they can.',
} as const;

/** No path, query or address: they can name a person. */
const accessLogFields = {
  at: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  error: '$context.error.message',
  workerError: '$context.integrationErrorMessage',
};

/** The one public door: feeds by signed AWS callers, webhooks by providers. */
export class PublicApi extends Construct {
  /** Origin that providers are told to call back and that their signatures cover. */
  readonly publicUrl: string;
  readonly api: HttpApi;
  private readonly iam: IHttpRouteAuthorizer = new HttpIamAuthorizer();
  private readonly none: IHttpRouteAuthorizer = new HttpNoneAuthorizer();

  constructor(scope: Construct, id: string, props: PublicApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: props.prefix });
    this.publicUrl = props.publicUrl ?? this.api.apiEndpoint;
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/dunwell/${props.prefix}/access`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = this.api.defaultStage?.node.defaultChild;
    assert(stage instanceof CfnStage);
    stage.accessLogSettings = { destinationArn: log.logGroupArn, format: JSON.stringify(accessLogFields) };
    stage.defaultRouteSettings = {
      throttlingRateLimit: apiThrottle.ratePerSecond,
      throttlingBurstLimit: apiThrottle.burst,
    };
  }

  /** Opens a route. */
  route({ method, path, worker, access }: ApiRoute): void {
    const routes = this.api.addRoutes({
      path,
      methods: [method],
      integration: new HttpLambdaIntegration(`${worker.node.path}-${method}`, worker),
      authorizer: access === 'iam' ? this.iam : this.none,
    });
    if (access === 'iam') return;
    for (const route of routes) {
      acceptFinding(route, {
        rule: 'APIG4',
        reason: openReasons[access],
      });
    }
  }
}
