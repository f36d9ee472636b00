import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

/** Secrets Manager over HTTP, which answers in order what it is told and counts how often it was asked. */
function secretsManager(): { server: Server; answers: (string | undefined)[]; asked: string[] } {
  const answers: (string | undefined)[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push((JSON.parse(body) as { SecretId: string }).SecretId);
      const answer = answers.shift();
      response.statusCode = answer === undefined ? 400 : 200;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify(
          answer === undefined ? { __type: 'ResourceNotFoundException' } : { SecretString: answer },
        ),
      );
    });
  });
  return { server, answers, asked };
}

describe('createSecretReader', () => {
  const local = secretsManager();
  let client: SecretsManagerClient;
  beforeEach(async () => {
    await new Promise<void>((resolve) => local.server.listen(0, '127.0.0.1', resolve));
    const { port } = local.server.address() as AddressInfo;
    client = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${String(port)}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  });
  afterEach(() => {
    local.answers.length = 0;
    local.asked.length = 0;
    client.destroy();
    local.server.close();
    local.server.closeAllConnections();
  });

  it('asks once for simultaneous callers and keeps the answer for five minutes', async () => {
    local.answers.push('first', 'second');
    const clock = createFakeClock(at('2026-03-02T09:00:00Z'));
    const read = createSecretReader({ secretId: 'twilio', clock, client });
    expect(await Promise.all([read(), read()])).toEqual(['first', 'first']);
    clock.advance(5 * minuteMs - 1);
    expect(await read()).toBe('first');
    clock.advance(1);
    expect(await read()).toBe('second');
    expect(local.asked).toEqual(['twilio', 'twilio']);
  });

  it('does not keep a failure', async () => {
    local.answers.push(undefined, 'there now');
    const read = createSecretReader({
      secretId: 'twilio',
      clock: createFakeClock(at('2026-03-02T09:00:00Z')),
      client,
    });
    await expect(read()).rejects.toThrow();
    expect(await read()).toBe('there now');
  });

  it('names a secret that is still empty', async () => {
    local.answers.push('');
    const read = createSecretReader({
      secretId: 'twilio',
      clock: createFakeClock(at('2026-03-02T09:00:00Z')),
      client,
    });
    await expect(read()).rejects.toThrow('secret twilio has no text');
  });
});
