import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { portfolioPrefix } from '#infra/service/intake.ts';
import type { LocalRun } from '#infra/local/local-run.ts';
import { operatorS3 } from '#infra/local/operator-s3.ts';

/** Drops a portfolio file into the bucket, as a creditor's nightly job would; the machine takes it from there. */
export async function dropPortfolio(run: LocalRun, file: string): Promise<void> {
  const bucket = run.resources.find(
    ({ type, logicalId }) => type === 'AWS::S3::Bucket' && /drop/iu.test(logicalId),
  );
  if (bucket === undefined) throw new Error('the template has no drop bucket');
  const client = operatorS3(run);
  await client.send(
    new PutObjectCommand({
      Bucket: bucket.name,
      Key: `${portfolioPrefix}${basename(file)}`,
      Body: createReadStream(file),
      ContentLength: statSync(file).size,
    }),
  );
  client.destroy();
}
