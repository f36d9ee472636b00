import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A Debtors table that can be reached, and into how many shards its due index is split. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly shards: number;
}

/** Tries of one request by the SDK itself: throttling, 5xx and lost connections, with its own backoff. */
const sdkAttemptsMax = 5;
const connectTimeoutMs = 1_000;
const requestTimeoutMs = 5_000;

/**
 * A client with explicit limits. Region, credentials and endpoint come from the standard AWS variables unless given.
 */
export function createDocumentClient(
  options: Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'> = {},
): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...options,
    maxAttempts: sdkAttemptsMax,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
