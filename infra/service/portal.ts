import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import { stripeUrl } from './payments.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** What anybody may look at: it asks who is there before it tells anything, or tells nothing. */
const shown = ['/a/{code}', '/p/{code}', '/s/{code}', '/a/{code}/{page}', '/real', '/u/{code}'];

/** The pages that personal links open, and the door by which the creditor's own apps and telephone menus tell promises. */
export class Portal extends Construct {
  constructor(
    scope: Construct,
    id: string,
    parts: ServiceParts,
    { api, portalUrl }: { readonly api: PublicApi; readonly portalUrl: string },
  ) {
    super(scope, id);
    const { state } = parts;
    const worker = addFunction(this, parts, 'portal', {
      PORTAL_URL: portalUrl,
      LINK_SECRET_ID: state.linkSecret.secretArn,
      CALLBACK_SECRET_ID: state.callbackSecret.secretArn,
      STRIPE_SECRET_ID: state.stripeSecret.secretArn,
      STRIPE_BASE_URL: stripeUrl,
    });
    for (const secret of [state.linkSecret, state.callbackSecret, state.stripeSecret])
      state.grantSecret(worker.role, secret);
    const pages = { worker: worker.lambda, access: 'open_page' } as const;
    for (const path of shown) api.route({ ...pages, method: HttpMethod.GET, path });
    for (const path of ['/a/{code}/{page}', '/u/{code}'])
      api.route({ ...pages, method: HttpMethod.POST, path });
    api.route({
      worker: worker.lambda,
      access: 'signed_by_sender',
      method: HttpMethod.POST,
      path: '/callbacks/promises',
    });
    new OperatorAlarm(this, 'Failing', {
      alarmName: `${parts.prefix}-portal-failing`,
      impact:
        'People who open a link from a message see an error: they cannot pay, agree on anything or object.',
      runbook: 'portal-failing',
      metric: worker.lambda.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      tell: parts.alarms,
    });
  }
}
