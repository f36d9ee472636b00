import { afterEach, describe, expect, it } from 'vitest';
import { startLocalSes, type LocalSes } from '#infra/local/ses/local-ses.ts';
import type { WrittenMail } from '#infra/local/ses/write-mail.ts';
import { manualClock } from '#test/infra/local/manual-clock.ts';

let ses: LocalSes;
afterEach(() => ses.stop());

const mailbox = '/mailboxes/ana%40example.com/messages';

async function start(takes = true) {
  ses = await startLocalSes({ clock: manualClock(), publish: () => Promise.resolve() });
  const received: { from: string; mail: WrittenMail }[] = [];
  ses.connect((from, mail) => {
    received.push({ from, mail });
    return Promise.resolve(takes ? 'mail-1' : undefined);
  });
  const post = (body: unknown, path = mailbox) =>
    fetch(`${ses.url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { received, post };
}

describe('the entrance for mails that people write', () => {
  it('hands a mail on, from the mailbox in its path', async () => {
    const { received, post } = await start();
    const answer = await post({ to: 'service@reply.example.com', subject: 'Hello', text: 'stop' });
    expect([answer.status, await answer.json()]).toEqual([202, { id: 'mail-1' }]);
    expect(received).toMatchObject([
      { from: 'ana@example.com', mail: { text: 'stop', verdicts: { dmarc: 'PASS', virus: 'PASS' } } },
    ]);
  });

  it('says so when no rule takes mail to that address', async () => {
    const { post } = await start(false);
    const answer = await post({ to: 'service@elsewhere.example.com' });
    expect(answer.status).toBe(404);
  });

  it.each<[string, unknown, string | undefined]>([
    ['no JSON', '{', undefined],
    ['no recipient', { text: 'stop' }, undefined],
    [
      'a header that begins another',
      { to: 'a@example.com', headers: { X: 'a\r\nFrom: b@example.com' } },
      undefined,
    ],
    ['a field that it does not know', { to: 'a@example.com', bcc: 'b@example.com' }, undefined],
    ['a mailbox that is none', { to: 'a@example.com' }, '/mailboxes/ana/messages'],
  ])('refuses %s', async (_, body, path) => {
    const { received, post } = await start();
    expect((await post(body, path)).status).toBe(400);
    expect(received).toEqual([]);
  });
});
