import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { callbackPath, stripePath } from '#functions/receive-payment/paths.ts';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** Where Stripe's API is. The local run replaces it by an emulator. */
export const stripeUrl = 'https://api.stripe.com';

/** How payments and what is taken back of them come in: from Stripe and from the creditor's own systems, signed by both. */
export class Payments extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, api: PublicApi) {
    super(scope, id);
    const { state } = parts;
    const worker = addFunction(this, parts, 'receive-payment', {
      STRIPE_SECRET_ID: state.stripeSecret.secretArn,
      CALLBACK_SECRET_ID: state.callbackSecret.secretArn,
      STRIPE_BASE_URL: stripeUrl,
    });
    state.grantSecret(worker.role, state.stripeSecret);
    state.grantSecret(worker.role, state.callbackSecret);
    const door = { worker: worker.lambda, access: 'signed_by_sender' } as const;
    for (const path of [stripePath, callbackPath]) api.route({ ...door, method: HttpMethod.POST, path });
    new OperatorAlarm(this, 'Failing', {
      alarmName: `${parts.prefix}-receive-payment-failing`,
      impact: 'Payments are not taken in: people who have paid are reminded until the webhook comes again.',
      runbook: 'receive-payment-failing',
      metric: worker.lambda.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      tell: parts.alarms,
    });
  }
}
