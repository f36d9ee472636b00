import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { mimeMessage } from '#functions/_adapters/ses/mime-message.ts';
import { startLocalSes, type LocalSes, type LocalSesOptions } from '#infra/local/ses/local-ses.ts';
import { email } from '#test/builders/email.ts';
import { manualClock, type ManualClock } from '#test/infra/local/manual-clock.ts';

interface Event {
  readonly eventType: string;
  readonly mail: { readonly messageId: string };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
let ses: LocalSes;
afterEach(() => ses.stop());

async function start(
  options: Partial<LocalSesOptions> = {},
): Promise<{ clock: ManualClock; events: Event[] }> {
  const clock = manualClock();
  const events: Event[] = [];
  ses = await startLocalSes({
    clock,
    publish: ({ message, type, configurationSet }) => {
      const event = JSON.parse(message) as Event;
      expect([event.eventType, configurationSet]).toEqual([type, 'reminders']);
      events.push(event);
      return Promise.resolve();
    },
    ...options,
  });
  return { clock, events };
}

async function send(extra: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(ses.url, {
    method: 'POST',
    body: new URLSearchParams({
      Action: 'SendRawEmail',
      Source: 'notice@bank.example.com',
      'Destinations.member.1': 'wei.zhang@example.com',
      'RawMessage.Data': base64(mimeMessage(email())),
      ConfigurationSetName: 'reminders',
      'Tags.member.1.Name': 'contactId',
      'Tags.member.1.Value': 'Yy0x',
      ...extra,
    }),
  });
  return { status: response.status, text: await response.text() };
}

/** The names of all fields, as paths. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value)
    ? value.map((item: unknown) => ['[]', item] as const)
    : Object.entries(value);
  return [...new Set(entries.flatMap(([name, item]) => fieldsOf(item, `${path}.${name}`)))];
}

describe('the local SES', () => {
  it('publishes nothing for a mail that names no configuration set', async () => {
    const { clock, events } = await start();
    await send({ ConfigurationSetName: '' });
    await clock.advanceBy(3_600_000);
    expect([ses.mails().length, events]).toEqual([1, []]);
  });

  it('publishes events with the fields of the documented ones', async () => {
    const { clock, events } = await start();
    await send();
    await send({ 'Destinations.member.1': 'bounce@simulator.amazonses.com' });
    await send({ 'Destinations.member.1': 'complaint@simulator.amazonses.com' });
    await clock.advanceBy(3_600_000);
    expect(events.map(({ eventType }) => eventType).sort()).toEqual([
      'Bounce',
      'Complaint',
      'Delivery',
      'Delivery',
      'Send',
      'Send',
      'Send',
    ]);
    const samples = JSON.parse(
      readFileSync(new URL('../../../golden/ses-events.json', import.meta.url), 'utf8'),
    ) as { event: Event }[];
    const notSimulated = /\.tags\.(debtorId|ses:source-ip|ses:caller-identity)/;
    for (const event of events) {
      const documented = samples.find((sample) => sample.event.eventType === event.eventType)!.event;
      expect(fieldsOf(event).sort()).toEqual(
        fieldsOf(documented)
          .filter((field) => !notSimulated.test(field))
          .sort(),
      );
    }
  });

  it.each([
    ['an address that is none', { 'Destinations.member.1': 'nobody' }, 'InvalidParameterValue'],
    [
      'a message without a sender',
      { 'RawMessage.Data': base64('To: a@example.com\r\n\r\ntext') },
      'InvalidParameterValue',
    ],
    [
      'a header twice',
      { 'RawMessage.Data': base64(`Subject: s\r\n${mimeMessage(email())}`) },
      'InvalidParameterValue',
    ],
    [
      'a line that is too long',
      { 'RawMessage.Data': base64(`${mimeMessage(email())}${'x'.repeat(999)}`) },
      'InvalidParameterValue',
    ],
    [
      'a second recipient, which is not played',
      { 'Destinations.member.2': 'b@example.com' },
      'InvalidParameterValue',
    ],
    ['what SES would put together itself, which is not played', { Action: 'SendEmail' }, 'InvalidAction'],
    ['what SES will not carry', { 'Destinations.member.1': 'rejected@example.com' }, 'MessageRejected'],
  ])('refuses %s', async (_, extra, code) => {
    await start();
    const { status, text } = await send(extra);
    expect([status, /<Code>(\w+)</.exec(text)?.[1], ses.mails()]).toEqual([400, code, []]);
  });

  it('remembers its mails across a restart and repeats no event that was published', async () => {
    const journalPath = join(mkdtempSync(join(tmpdir(), 'dunwell-ses-')), 'ses.ndjson');
    const first = await start({ journalPath });
    await send();
    await first.clock.advanceBy(1_000);
    await ses.stop();
    const second = await start({ journalPath });
    await second.clock.advanceBy(3_600_000);
    await send();
    expect(first.events.map(({ eventType }) => eventType)).toEqual(['Send']);
    expect(second.events.map(({ eventType }) => eventType)).toEqual(['Delivery']);
    expect(new Set(ses.mails().map(({ messageId }) => messageId)).size).toBe(2);
  });
});
