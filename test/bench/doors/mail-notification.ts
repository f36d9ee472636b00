import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createSnsVerifier, type SnsVerdict } from '#functions/_adapters/sns/verify-sns.ts';
import { createHandler } from '#functions/receive-mail/handler.ts';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { receivedNotice } from '#infra/local/ses/received-notice.ts';
import { rawMail, WrittenMailSchema } from '#infra/local/ses/write-mail.ts';
import { listen } from '#infra/local/twilio/listen.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { spoiltBodies, type Door, type DoorParts, type Mutant } from './door.ts';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:mails';
const place = { bucket: 'mails', prefix: 'incoming/', topicArn };
const certificatePath = '/certificate.pem';
type Fields = Readonly<Record<string, string>>;

/** The fields that SNS signs, each on two lines, and then the signature itself. */
function meaningOf(body: string): string {
  try {
    const fields = JSON.parse(body) as Fields;
    const signature = Buffer.from(fields['Signature'] ?? '', 'base64').toString('hex');
    return JSON.stringify([signedText(fields), signature, fields['SignatureVersion'], addressOf(fields)]);
  } catch {
    return body;
  }
}

/** `http:/host` is the same address as `http://host`. */
function addressOf({ SigningCertURL: address = '' }: Fields): string | undefined {
  return URL.parse(address)?.href;
}

function signedText(fields: Fields): string {
  return ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .filter((name) => typeof fields[name] === 'string')
    .map((name) => `${name}\n${fields[name] ?? ''}\n`)
    .join('');
}

/** SES's notification of a mail, signed by SNS; the queue's message stands for the request. */
export async function mailNotificationDoor(parts: DoorParts): Promise<Door> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = own.publicKey.export({ type: 'spki', format: 'pem' });
  const server = createServer(({ url }, response) =>
    response.writeHead(url === certificatePath ? 200 : 404).end(pem),
  );
  const endpoint = await listen(server);
  // The bench ends when its work does, whether or not a certificate could still be asked for.
  server.unref();

  const signed = (fields: Fields, by = own): string => {
    const { Signature: _, ...content } = fields;
    const signature = createSign('RSA-SHA256').update(signedText(content)).sign(by.privateKey, 'base64');
    return JSON.stringify({ ...content, Signature: signature });
  };
  const mailOf = (key: string): Uint8Array => {
    const mail = WrittenMailSchema.parse({ to: 'care@reply.example.com', text: `A word of ${key}.` });
    return Buffer.from(rawMail('mei.lin@example.com', { ...mail, messageId: `<${key}@mail.example.com>` }));
  };
  const fieldsOf = (number: number): Fields => {
    const mail = WrittenMailSchema.parse({ to: 'care@reply.example.com' });
    const sesId = `mail-${String(number)}`;
    const from = 'mei.lin@example.com';
    const about = { mail, from, envelopeFrom: from, messageId: `<${sesId}@mail.example.com>` };
    return {
      Type: 'Notification',
      MessageId: `n-${String(number)}`,
      TopicArn: topicArn,
      Message: receivedNotice({ ...about, sesId, at: parts.clock.now(), place }),
      Timestamp: '2026-03-10T04:00:00.000Z',
      SignatureVersion: '2',
      SigningCertURL: `${endpoint}${certificatePath}`,
    };
  };
  const request = (body: string): HttpRequest => ({
    ...{ routeKey: 'SQS', rawPath: '', rawQueryString: '', headers: {}, isBase64Encoded: false },
    body,
  });
  const handlerWith = (verify: (envelope: unknown) => Promise<SnsVerdict>): Door['handle'] => {
    const telemetry = createFakeTelemetry();
    const receive = createHandler({
      ...parts,
      ...{ links: parts.store, addresses: parts.store, domain: 'reply.example.com' },
      ...{ bucket: place.bucket, mails: { read: (key) => Promise.resolve(mailOf(key)) } },
      ...{ verify, telemetry },
    });
    const letIn = (): number =>
      (telemetry.counts['mail_taken'] ?? 0) + (telemetry.counts['mail_repeated'] ?? 0);
    return async ({ body = '' }) => {
      const before = letIn();
      await receive({ Records: [{ messageId: 'm-1', body }] } as unknown as Parameters<typeof receive>[0]);
      return { statusCode: letIn() > before ? 200 : 403 };
    };
  };
  const trusting = handlerWith((envelope) =>
    Promise.resolve({ kind: 'genuine', messageId: 'n', message: (envelope as Fields)['Message'] ?? '' }),
  );

  return {
    name: 'mail notification',
    valid: (number) => Promise.resolve(request(signed(fieldsOf(number)))),
    mutants: (valid, random) => {
      const body = valid.body ?? '';
      const fields = JSON.parse(body) as Fields;
      const changed = (how: string, changes: Fields): Mutant => ({
        how,
        request: request(JSON.stringify({ ...fields, ...changes })),
      });
      const at = random.whole(0, (fields['Message'] ?? '').length - 1);
      const message = `${(fields['Message'] ?? '').slice(0, at)}\u0000${(fields['Message'] ?? '').slice(at)}`;
      return Promise.resolve([
        ...spoiltBodies(valid, random).filter(
          ({ request: one }) => meaningOf(one.body ?? '') !== meaningOf(body),
        ),
        changed('other message', { Message: message }),
        changed('another time', { Timestamp: '2026-03-10T04:00:01.000Z' }),
        changed('a subject', { Subject: 'stop' }),
        changed('other version', { SignatureVersion: '1' }),
        changed('certificate from elsewhere', {
          SigningCertURL: `https://sns.example.com${certificatePath}`,
        }),
        changed('no signature', { Signature: '' }),
        { how: 'foreign key', request: request(signed(fields, other)) },
        { how: 'other topic', request: request(signed({ ...fields, TopicArn: `${topicArn}-2` })) },
        { how: 'other kind', request: request(signed({ ...fields, Type: 'SubscriptionConfirmation' })) },
      ]);
    },
    handle: handlerWith(createSnsVerifier({ topicArn, endpoint })),
    isRefused: ({ statusCode }) => statusCode === 403,
    bare: trusting,
  };
}
