import { S3Client } from '@aws-sdk/client-s3';
import type { LocalRun } from '#infra/local/local-run.ts';

/** The local run's S3 as its operator sees it. Whoever opens it destroys it. */
export function operatorS3({ operatorEnvironment: environment }: LocalRun): S3Client {
  return new S3Client({
    region: environment['AWS_REGION'] ?? '',
    endpoint: environment['AWS_ENDPOINT_URL_S3'] ?? '',
    forcePathStyle: true,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  });
}
