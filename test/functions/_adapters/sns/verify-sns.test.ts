import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import fc from 'fast-check';
import SnsPayloadValidator from 'sns-payload-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSnsVerifier } from '#functions/_adapters/sns/verify-sns.ts';
import { close, listen } from '#infra/local/twilio/listen.ts';
import { deadUrl } from '#test/infra/local/dead-url.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:ses-events';
const awsCertificate = `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'0a'.repeat(16)}.pem`;

type Envelope = Record<string, string | null | undefined>;

let url: string;
let fetched = 0;
const server = createServer((request, response) => {
  fetched += 1;
  response.writeHead(request.url === '/SimpleNotificationService.pem' ? 200 : 404).end(publicPem);
});
beforeAll(async () => {
  url = await listen(server);
});
afterAll(() => close(server));

/** The string to sign, written out from the documentation: name and value of each field on lines of their own. */
function sign(envelope: Envelope, version: '1' | '2'): string {
  const text = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .filter((name) => typeof envelope[name] === 'string')
    .map((name) => `${name}\n${envelope[name]!}\n`)
    .join('');
  return createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text)
    .sign(privateKey, 'base64');
}

function signed(changes: Envelope = {}, version: '1' | '2' = '2'): Envelope {
  const envelope: Envelope = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topicArn,
    Message: '{"eventType":"Delivery","text":"您好"}',
    Timestamp: '2026-11-02T15:00:00.000Z',
    SignatureVersion: version,
    SigningCertURL: `${url}/SimpleNotificationService.pem`,
    ...changes,
  };
  return { ...envelope, Signature: sign(envelope, version) };
}

describe('a notification of our topic', () => {
  it.each([
    ['version 1 over HTTP', () => signed({}, '1')],
    ['version 2 over HTTP', () => signed()],
    ['with a subject', () => signed({ Subject: 'Amazon SES Email Event Notification' })],
    [
      'to a Lambda, with a null subject',
      () =>
        signed({
          Subject: null,
          SigningCertURL: undefined,
          SigningCertUrl: `${url}/SimpleNotificationService.pem`,
        }),
    ],
  ])('is genuine: %s', async (_, envelope) => {
    const verify = createSnsVerifier({ topicArn, endpoint: url });
    expect(await verify(envelope())).toEqual({
      kind: 'genuine',
      messageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      message: '{"eventType":"Delivery","text":"您好"}',
    });
  });

  it('costs one fetch of the certificate, not one each', async () => {
    const verify = createSnsVerifier({ topicArn, endpoint: url });
    const before = fetched;
    for (let count = 0; count < 3; count += 1) await verify(signed());
    expect(fetched).toBe(before + 1);
  });

  it('is not judged while its certificate cannot be had', async () => {
    const dead = await deadUrl();
    const verify = createSnsVerifier({ topicArn, endpoint: dead });
    await expect(verify(signed({ SigningCertURL: `${dead}/SimpleNotificationService.pem` }))).rejects.toThrow(
      /could not be fetched.*Try/,
    );
    const missing = createSnsVerifier({ topicArn, endpoint: url });
    await expect(missing(signed({ SigningCertURL: `${url}/nowhere.pem` }))).rejects.toThrow(/status 404/);
  });
});

describe('a forged notification', () => {
  it.each([
    [
      'of a topic of somebody else',
      () => signed({ TopicArn: 'arn:aws:sns:eu-west-1:999999999999:ses-events' }),
      'of another topic',
    ],
    ['with a changed message', () => ({ ...signed(), Message: '{}' }), 'wrong signature'],
    ['with a subject put in later', () => ({ ...signed(), Subject: 'x' }), 'wrong signature'],
    ['without a signature', () => ({ ...signed(), Signature: '' }), 'wrong signature'],
    [
      'of version 1 called version 2',
      () => ({ ...signed({}, '1'), SignatureVersion: '2' }),
      'wrong signature',
    ],
    ['of an unknown version', () => ({ ...signed(), SignatureVersion: '3' }), 'unknown signature version'],
    [
      'with a certificate from elsewhere',
      () => signed({ SigningCertURL: awsCertificate }),
      'certificate from elsewhere',
    ],
    ['with no certificate', () => signed({ SigningCertURL: undefined }), 'certificate from elsewhere'],
    [
      'that only asks for a confirmation',
      () => signed({ Type: 'SubscriptionConfirmation' }),
      'not a notification of SNS',
    ],
    ['that is no object', () => 'hello', 'not a notification of SNS'],
  ])('is refused: %s', async (_, envelope, why) => {
    const verify = createSnsVerifier({ topicArn, endpoint: url });
    expect(await verify(envelope())).toEqual({ kind: 'forged', why });
  });

  it.each([
    ['http', awsCertificate.replace('https', 'http')],
    ['another host', awsCertificate.replace('amazonaws.com', 'amazonaws.com.example.com')],
    [
      'a host in the user name',
      awsCertificate.replace('https://', 'https://sns.eu-west-1.amazonaws.com@example.com/'),
    ],
    ['another service', awsCertificate.replace('sns.', 's3.')],
    ['another region', awsCertificate.replace('eu-west-1', 'us-east-1')],
    ['another file', awsCertificate.replace('.pem', '.txt')],
    ['a query', `${awsCertificate}?x=1`],
    ['a port', awsCertificate.replace('.com/', '.com:444/')],
    ['the local endpoint, which only a local run trusts', 'local'],
  ])('is refused when its certificate has %s', async (_, certificate) => {
    const verify = createSnsVerifier({ topicArn });
    const address = certificate === 'local' ? `${url}/SimpleNotificationService.pem` : certificate;
    expect(await verify(signed({ SigningCertURL: address }))).toEqual({
      kind: 'forged',
      why: 'certificate from elsewhere',
    });
  });

  it('is refused exactly when another implementation refuses it (sns-payload-validator)', async () => {
    const other = new SnsPayloadValidator();
    (other as unknown as { certCache: { set(url: string, pem: unknown): void } }).certCache.set(
      awsCertificate,
      publicPem,
    );
    const verify = createSnsVerifier({ topicArn, endpoint: url });
    const fields = ['Message', 'MessageId', 'Timestamp', 'Signature', 'Subject'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('1' as const, '2' as const),
        fc.constantFrom(...fields),
        fc.string(),
        fc.string(),
        async (version, field, text, changed) => {
          const ours = {
            ...signed({ Subject: text }, version),
            [field]: field === 'Signature' ? signed({ Subject: changed }, version)['Signature'] : changed,
          };
          const theirs = { ...ours, SigningCertURL: awsCertificate };
          const verdict = await verify(ours);
          const accepted = await other.validate(theirs as never).then(
            () => true,
            () => false,
          );
          expect(verdict.kind === 'genuine').toBe(accepted);
        },
      ),
      { numRuns: 100 },
    );
  });
});
