import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { PublicApi } from '../constructs/public-api.ts';
import { WorkerQueue } from '../constructs/worker-queue.ts';
import { timeoutSeconds } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** Folder of the drop bucket that files are taken from. */
export const portfolioPrefix = 'portfolio/';
/** Folder beside it that refused rows are written to, under the same name: another one, so that they are not taken in again. */
export const rejectedPrefix = 'rejected/';

/** How accounts and payments come in: one at a time by the API, or as files in the drop bucket. */
export class Intake extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, api: PublicApi) {
    super(scope, id);
    const ingest = addFunction(this, parts, 'ingest', {}).lambda;
    api.route({ method: HttpMethod.PUT, path: '/accounts/{accountId}', worker: ingest, access: 'iam' });
    for (const told of ['payments', 'reversals']) {
      const path = `/accounts/{accountId}/${told}`;
      api.route({ method: HttpMethod.POST, path, worker: ingest, access: 'iam' });
    }
    this.takeFiles(parts);
  }

  private takeFiles(parts: ServiceParts): void {
    const { state } = parts;
    const worker = addFunction(this, parts, 'ingest-file', {});
    state.grantDrop(worker.role, { read: portfolioPrefix, write: rejectedPrefix });
    const queue = new WorkerQueue(this, 'Files', {
      queueName: `${parts.prefix}-files`,
      impact:
        'A portfolio file was not taken in, or only a part of it: new accounts and cures in it are missing.',
      runbook: 'files-dead',
      worker: worker.lambda,
      workerTimeoutSeconds: timeoutSeconds['ingest-file'],
      batchSize: 1,
      concurrencyMax: 2,
      tell: parts.alarms,
    }).queue;
    const pattern: EventPattern = {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [state.dropBucket.bucketName] },
        object: { key: Match.prefix(portfolioPrefix) },
      },
    };
    new Rule(this, 'FileDropped', {
      ruleName: `${parts.prefix}-file-dropped`,
      eventPattern: pattern,
      targets: [new SqsQueue(queue)],
    });
  }
}
