import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** Tries of one request by the SDK itself: throttling, 5xx and lost connections, with its own backoff. */
const sdkAttemptsMax = 4;
const connectTimeoutMs = 1_000;
const requestTimeoutMs = 5_000;

/** A client with explicit limits. Region, credentials and endpoint come from the standard AWS variables unless given. */
export function createQueueClient(
  options: Pick<SQSClientConfig, 'endpoint' | 'region' | 'credentials'> = {},
): SQSClient {
  return new SQSClient({
    ...options,
    maxAttempts: sdkAttemptsMax,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
