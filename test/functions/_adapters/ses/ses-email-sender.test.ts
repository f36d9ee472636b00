import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSesEvent } from '#functions/_adapters/ses/read-ses-event.ts';
import { mimeMessage } from '#functions/_adapters/ses/mime-message.ts';
import { createSesClient, sesEmailSender } from '#functions/_adapters/ses/ses-email-sender.ts';
import { startLocalSes, type LocalSes } from '#infra/local/ses/local-ses.ts';
import type { Fault } from '#infra/local/twilio/fault.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { EmailSender } from '#shared/ports/message-sender.ts';
import { email } from '#test/builders/email.ts';
import type { Trouble } from '#test/fakes/fake-telephony.ts';
import { deadUrl } from '#test/infra/local/dead-url.ts';
import { manualClock } from '#test/infra/local/manual-clock.ts';
import { mailerSuite, type MailerUnderTest } from '#test/suites/mailer.suite.ts';

const faultOf: Readonly<Record<Exclude<Trouble, 'unreachable'>, Fault>> = {
  throttled: { kind: 'refuse', status: 429 },
  server_error: { kind: 'refuse', status: 500 },
  answer_lost: { kind: 'no_answer' },
  connection_cut: { kind: 'cut' },
};

const stops: (() => Promise<void>)[] = [];
const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0)) await stop();
};

function unrecognised(word: { field: string; value: string }): never {
  throw new Error(`unrecognised ${word.field}: ${word.value}`);
}

function senderAt(endpoint: string): EmailSender {
  return sesEmailSender({
    client: createSesClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    configurationSet: 'reminders',
    timeoutMs: 500,
    onUnrecognised: unrecognised,
  });
}

async function createMailer(): Promise<MailerUnderTest> {
  const manual = manualClock();
  const receipts: Receipt[] = [];
  const ses = await startLocalSes({
    clock: manual,
    publish: ({ message }) => {
      const receipt = readSesEvent(message, toInstant(manual.now()), unrecognised);
      if (receipt !== undefined) receipts.push(receipt);
      return Promise.resolve();
    },
  });
  stops.push(() => ses.stop());
  const up = senderAt(ses.url);
  const down = senderAt(await deadUrl());
  let current = up;
  return {
    sender: {
      channel: 'email',
      send: (email) => current.send(email),
      findSent: (lookup) => current.findSent(lookup),
    },
    pass: (durationMs) => manual.advanceBy(durationMs),
    taken: () =>
      ses.mails().map(({ headers, contactId, to, subject, text, replyTo }) => ({
        ...{ contactId, to, subject, text, replyTo },
        unsubscribe: /<(https[^>]+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1],
      })),
    receipts: () => receipts,
    trouble(kind) {
      current = kind === 'unreachable' ? down : up;
      ses.setFaults(kind === undefined || kind === 'unreachable' ? undefined : () => faultOf[kind]);
      return Promise.resolve();
    },
  };
}

mailerSuite('SES, by the local one', () => Promise.resolve({ createMailer, stop: stopAll }));

describe('a mail in the local SES', () => {
  let ses: LocalSes;
  beforeAll(async () => {
    ses = await startLocalSes({ clock: manualClock(), publish: () => Promise.resolve() });
  });
  afterAll(() => ses.stop());

  it('stands in the inbox with its text and its HTML part', async () => {
    const mail = email({ subject: '还款提醒', text: 'as text 您好\n', html: '<p>as HTML</p>' });
    await senderAt(ses.url).send(mail);
    const store = (await (await fetch(`${ses.inboxUrl}/store`)).json()) as { emails: unknown[] };
    expect(store.emails).toMatchObject([
      {
        subject: '还款提醒',
        body: { text: 'as text 您好\n', html: '<p>as HTML</p>' },
        destination: { to: ['wei.zhang@example.com'] },
      },
    ]);
  });

  it('is refused when a tag holds what SES does not allow', async () => {
    const body = new URLSearchParams({
      Action: 'SendRawEmail',
      Source: 'a@example.com',
      'Destinations.member.1': 'b@example.com',
      'RawMessage.Data': Buffer.from(mimeMessage(email())).toString('base64'),
      'Tags.member.1.Name': 'contactId',
      'Tags.member.1.Value': 'c:1',
    });
    const response = await fetch(ses.url, { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidParameterValue</Code>'),
    ]);
  });

  it('is refused for good, without a call, when an address is none that a header can have', async () => {
    const to = 'wei zhang@example.com, other@example.com';
    expect(await senderAt(ses.url).send(email({ to }))).toEqual({
      kind: 'rejected',
      reason: 'address_unusable',
      retry: { kind: 'never' },
    });
  });
});
