import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { partitionOf, profileKey } from '#functions/_adapters/dynamodb/keys.ts';

/** What the functions' first calls reach: a cloud that answers everything and knows nobody. */
export interface StubCloud {
  readonly url: string;
  /** The published configuration. */
  readonly config: string;
  /** Signs as SNS does, by a key whose certificate this server gives out. */
  readonly signSns: (message: string) => object;
  stop(): void;
}

export const topicArn = 'arn:aws:sns:us-east-1:000000000000:receipts';
export const mailBucket = 'mails-of-the-build';
export const twilioToken = 'token-of-the-build';
/** The one person whom this cloud knows, and who owes nothing. */
export const knownDebtor = { debtorId: 'P1' };
/** A file that is refused at its header: the first call need not write anything. */
const portfolio = 'accountId,debtorId\n';

const mail =
  'From: somebody@example.com\r\nTo: service@reply.example.com\r\nSubject: Hello\r\n\r\nplease stop\r\n';

/** Where it has its published configuration. */
export const configPath = '/applications/build/environments/build/configurations/build';

/** Starts it on a free port of this machine, with a configuration that is published. */
export async function startStubCloud(config: string): Promise<StubCloud> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target'] ?? '');
      if (request.url === '/certificate.pem') response.end(publicKey.export({ type: 'spki', format: 'pem' }));
      else if (request.url === configPath) answerConfig(response, config);
      else if (request.url?.startsWith(`/${mailBucket}/`) === true) response.end(mail);
      else if (target === '') answerFile(response);
      else answerJson(target, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  const url = `http://127.0.0.1:${String(address.port)}`;
  return {
    url,
    config,
    signSns: (message) => {
      const fields = {
        Message: message,
        MessageId: 'n-1',
        Timestamp: '2026-03-02T09:00:00Z',
        TopicArn: topicArn,
        Type: 'Notification',
      };
      const text = Object.entries(fields)
        .map(([name, value]) => `${name}\n${value}\n`)
        .join('');
      const signature = sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');
      return {
        ...fields,
        SignatureVersion: '2',
        Signature: signature,
        SigningCertURL: `${url}/certificate.pem`,
      };
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answerConfig(response: ServerResponse, config: string): void {
  response.setHeader('configuration-version', '1');
  response.end(config);
}

function answerFile(response: ServerResponse): void {
  response.setHeader('content-type', 'text/csv');
  response.end(portfolio);
}

function answerJson(target: string, body: string, response: ServerResponse): void {
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.end(JSON.stringify(answerTo(target, body)));
}

function answerTo(target: string, body: string): object {
  if (target.endsWith('GetSecretValue')) return { SecretString: twilioToken };
  // Whoever reads the whole of a person decides about them: a first call then goes as far as usual ones do.
  const asksForPerson = target.endsWith('.Query') && body.includes(`"${partitionOf(knownDebtor.debtorId)}"`);
  return asksForPerson && !body.includes('begins_with')
    ? { Items: [profileItem], Count: 1 }
    : { Items: [], Count: 0 };
}

const text = (S: string): object => ({ S });
const profileItem = {
  PK: text(partitionOf(knownDebtor.debtorId)),
  SK: text(profileKey),
  layout: { N: '1' },
  debtorId: text(knownDebtor.debtorId),
  givenName: text('Lin'),
  familyName: text('Wei'),
  locale: text('zh-CN'),
  country: text('CN'),
  consents: { L: [] },
};
