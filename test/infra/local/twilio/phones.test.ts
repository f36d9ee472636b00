import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTwilioEmulator, type TwilioEmulator } from '#infra/local/twilio/emulator.ts';
import { manualClock } from '#test/infra/local/manual-clock.ts';
import { startWebhookCatcher, type WebhookCatcher } from '#test/infra/local/webhook-catcher.ts';

const accountSid = `AC${'0'.repeat(31)}1`;
const ours = '+15005550006';
const other = '+15005550007';
const phone = '+12025550142';

let emulator: TwilioEmulator;
let catcher: WebhookCatcher;

beforeEach(async () => {
  catcher = await startWebhookCatcher();
  emulator = await startTwilioEmulator({
    ...{ accountSid, authToken: 'token-of-the-test', clock: manualClock(), seed: 'test' },
    tellsOptOutType: true,
  });
  emulator.connect({ url: `${catcher.url}/sms` });
});
afterEach(async () => {
  await emulator.stop();
  await catcher.stop();
});

async function ask(path: string, body?: unknown) {
  const response = await fetch(`${emulator.url}${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

describe('a telephone of the local run', () => {
  it('writes to one of our numbers and shows what it got', async () => {
    catcher.answer = () => '<Response><Message>Thank you</Message></Response>';
    const written = await ask(`/phones/${phone}/messages`, { to: ours, body: 'I will pay' });
    expect(written).toMatchObject({ status: 201, number: phone });
    expect(catcher.caught.map(({ form }) => form.get('Body'))).toEqual(['I will pay']);
    expect(await ask(`/phones/${encodeURIComponent(phone)}`)).toMatchObject({
      status: 200,
      messages: [
        { wroteTo: ours, body: 'I will pay' },
        { gotFrom: ours, body: 'Thank you' },
      ],
    });
  });

  it('answers whoever wrote to it last', async () => {
    await emulator.receiveSms({ from: ours, to: phone, body: 'hello' });
    await ask(`/phones/${phone}/messages`, { body: 'hi' });
    expect(catcher.caught.at(-1)?.form.get('To')).toBe(ours);
  });

  it.each([
    ['/phones/nobody', undefined, 400, 'no telephone number'],
    [`/phones/${phone}/messages`, { body: 'hi' }, 400, 'name our number in `to`'],
    [`/phones/${phone}/messages`, { to: '12', body: 'hi' }, 400, 'write our number'],
    [`/phones/${phone}/messages`, { to: ours, body: '' }, 400, 'body'],
    [`/phones/${phone}/messages`, 'STOP', 400, 'send JSON such as'],
    [`/phones/${phone}/messages`, { to: ours, body: 'hi', at: 1 }, 400, 'at'],
    [`/phones/${phone}`, {}, 405, 'GET shows a telephone'],
  ])('says what is wrong with %s %j', async (path, body, status, problem) => {
    const answer = await ask(path, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).toContain(problem);
    expect(catcher.caught).toEqual([]);
  });

  it('stops one of our numbers by a keyword, and tells which kind it was', async () => {
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'Revoke' });
    await ask(`/phones/${phone}/messages`, { to: other, body: 'please stop' });
    expect(catcher.caught.map(({ form }) => form.get('OptOutType'))).toEqual(['STOP', null]);
    catcher.answer = () => '<Response><Message>Thank you</Message></Response>';
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'hello?' });
    await ask(`/phones/${phone}/messages`, { to: other, body: 'hello?' });
    const replies = emulator.messages().filter(({ body }) => body === 'Thank you');
    expect(replies.map(({ from }) => from)).toEqual([other]);
  });

  it('takes YES for a keyword only of somebody who has stopped', async () => {
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'yes' });
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'STOP' });
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'yes' });
    expect(catcher.caught.map(({ form }) => form.get('OptOutType'))).toEqual([null, 'STOP', 'START']);
  });

  it('asks the second address when the first does not take a message', async () => {
    emulator.connect({ url: 'http://127.0.0.1:1/nowhere', fallbackUrl: `${catcher.url}/sms` });
    await ask(`/phones/${phone}/messages`, { to: ours, body: 'hello?' });
    expect(catcher.caught).toHaveLength(1);
    expect(emulator.problems).toHaveLength(1);
  });
});
