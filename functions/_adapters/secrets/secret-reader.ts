import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { minuteMs } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** How long a secret is used before it is read again: as long a rotation takes to reach every running function. */
const keptMs = 5 * minuteMs;
const attemptsMax = 3;
const requestTimeoutMs = 2_000;

/** Reads one secret and keeps it for a while; simultaneous callers share one request. */
export type SecretReader = () => Promise<string>;

export interface SecretReaderOptions {
  readonly secretId: string;
  readonly clock: Clock;
  /** Absent: the region, credentials and endpoint of the standard AWS variables. */
  readonly client?: SecretsManagerClient;
}

/**
 * A reader of one secret. A failed request is not kept: the next caller asks again.
 * @throws Error of Secrets Manager, or one that says that the secret has no text.
 */
export function createSecretReader({
  secretId,
  clock,
  client = createClient(),
}: SecretReaderOptions): SecretReader {
  let kept: { readonly value: Promise<string>; readonly until: number } | undefined;
  const read = async (): Promise<string> => {
    const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (value === undefined || value === '')
      throw new Error(`secret ${secretId} has no text: write the token into it`);
    return value;
  };
  return () => {
    const now = clock.now();
    if (kept !== undefined && now < kept.until) return kept.value;
    const value = read();
    const asked = { value, until: now + keptMs };
    kept = asked;
    value.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return value;
  };
}

function createClient(): SecretsManagerClient {
  return new SecretsManagerClient({
    maxAttempts: attemptsMax,
    requestHandler: { requestTimeout: requestTimeoutMs },
  });
}
