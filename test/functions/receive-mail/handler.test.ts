import { describe, expect, it } from 'vitest';
import type { WrittenMail } from '#infra/local/ses/write-mail.ts';
import { answerAddress, mailWorld, mei, noon, type Way } from '#test/builders/mail-world.ts';
import { queueEvent } from '../events.ts';

const forged = { dmarc: 'FAIL' } as const;
const toBank = { to: 'care@reply.example.com' } as const;

describe('an answer to an e-mail of ours', () => {
  it.each(['please stop emailing me', 'basta de correos', '不要再发邮件'])(
    'ends e-mails: %s',
    async (text) => {
      const world = await mailWorld();
      expect(await world.write({ text })).toEqual(['mail_taken']);
      const { consents, inbound } = await world.load();
      expect(consents).toMatchObject([{ channel: 'email', level: 'optout', at: noon }]);
      expect(inbound).toMatchObject([
        { channel: 'email', from: mei, answer: { text: 'reply-stopped', channel: 'email' } },
      ]);
      expect(inbound[0]?.inboundId).toMatch(/^email:[0-9a-f]{64}$/);
    },
  );

  it('is heard in full when it surely comes from where that e-mail went', async () => {
    const world = await mailWorld();
    await world.write({ text: '我周五还50', subject: '回复：还款提醒' });
    const { promises, inbound } = await world.load();
    expect(promises).toMatchObject([{ amount: 50, dueDate: '2026-03-13' }]);
    expect(inbound).toMatchObject([{ answer: { text: 'promise-confirmation', channel: 'email' } }]);
  });

  it.each<[string, Partial<WrittenMail>, Way]>([
    ['fails its checks', { verdicts: forged }, {}],
    ['comes from another address', {}, { from: 'other@example.com' }],
    ['is spam', { verdicts: { spam: 'FAIL' } }, {}],
    ['has two senders', {}, { from: `${mei}, other@example.com` }],
    ['nobody can vouch for', { verdicts: { dmarc: 'GRAY', spf: 'FAIL', dkim: 'FAIL' } }, {}],
    [
      'is signed by somebody else, too',
      {
        verdicts: { dmarc: 'GRAY', spf: 'FAIL' },
        headers: { 'DKIM-Signature': 'v=1; d=example.com, v=1; d=other.example' },
      },
      {},
    ],
  ])('that %s promises nothing and gets no answer, but people look at it', async (_, changes, way) => {
    const world = await mailWorld();
    await world.write({ text: 'I will pay 50 on Friday', ...changes }, way);
    const { promises, inbound, cases } = await world.load();
    expect(promises).toEqual([]);
    expect(inbound).toMatchObject([{ from: mei, text: 'I will pay 50 on Friday' }]);
    expect(inbound[0]?.answer).toBeUndefined();
    expect(cases).toMatchObject([{ reason: 'reply', state: 'open' }]);
  });

  it('that nobody can vouch for still ends contact', async () => {
    const world = await mailWorld();
    await world.write({ text: 'stop', verdicts: forged }, { from: 'other@example.com' });
    const { consents, inbound } = await world.load();
    expect(consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
    expect(inbound[0]?.answer).toBeUndefined();
  });

  it.each<[string, Partial<WrittenMail>]>([
    ['SPF of the very domain', { verdicts: { dmarc: 'GRAY', dkim: 'FAIL' } }],
    [
      'the one signature of the very domain',
      { verdicts: { dmarc: 'GRAY', spf: 'FAIL' }, headers: { 'DKIM-Signature': 'v=1; d=example.com; b=x' } },
    ],
  ])('is vouched for without DMARC by %s', async (_, changes) => {
    const world = await mailWorld();
    await world.write({ text: 'I will pay 50 on Friday', ...changes });
    expect((await world.load()).promises).toHaveLength(1);
  });

  it('that comes twice does nothing the second time, also when it is kept twice', async () => {
    const world = await mailWorld();
    const messageId = '<same@mail.example.com>';
    await world.write({ text: 'I will pay 50 on Friday', messageId });
    const before = await world.load();
    expect(await world.write({ text: 'I will pay 50 on Friday', messageId })).toEqual(['mail_repeated']);
    expect(await world.load()).toEqual(before);
    expect(await world.write({ text: 'stop', messageId })).toEqual(['mail_taken']);
  });

  it('is without what it quotes', async () => {
    const world = await mailWorld();
    await world.write({
      text: 'Thank you\n\nOn Tue, Mar 10, 2026 at 9:00 AM Demo Bank <\ncare@example.com> wrote:\n> STOP',
    });
    const { consents, inbound } = await world.load();
    expect([consents, inbound[0]?.text]).toEqual([[], 'Thank you']);
  });
});

describe('the mail that a mail program writes to end e-mails', () => {
  it('ends them, whoever sends it and whatever it says, without an answer', async () => {
    const world = await mailWorld();
    const machine = { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' };
    const written = {
      subject: 'unsubscribe',
      text: 'This message was written by a program.',
      headers: machine,
    };
    expect(await world.write({ ...written, verdicts: forged })).toEqual(['mail_unsubscribed']);
    const { consents, inbound } = await world.load();
    expect([consents, inbound]).toMatchObject([[{ channel: 'email', level: 'optout' }], []]);
    const before = await world.load();
    await world.write(written);
    expect(await world.load()).toEqual(before);
  });

  it('is heard by its subject alone when it names no contact', async () => {
    const world = await mailWorld();
    await world.write({ ...toBank, subject: 'Unsubscribe' });
    expect((await world.load()).consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
  });
});

describe('a mail that answers none of ours', () => {
  it("is the one person's whose address it comes from", async () => {
    const world = await mailWorld();
    await world.write(
      { ...toBank, text: 'I will pay 50 on Friday' },
      { from: 'Mei Lin <MEI.LIN@example.com>' },
    );
    expect((await world.load()).promises).toHaveLength(1);
  });

  it("is nobody's when several people are at that address: it can end contact there, and people look", async () => {
    const world = await mailWorld([{}, {}]);
    await world.write({ ...toBank, text: 'I will pay 50 on Friday' });
    for (const one of ['P1', 'P2']) {
      const { promises, cases, inbound } = await world.load(one);
      expect([promises, cases.length, inbound[0]?.answer]).toEqual([[], 1, undefined]);
    }
    await world.write({ ...toBank, text: 'stop' });
    for (const one of ['P1', 'P2'])
      expect((await world.load(one)).consents).toMatchObject([{ level: 'optout', number: mei }]);
  });

  it('of a stranger is counted, and nothing else', async () => {
    const world = await mailWorld();
    const before = await world.load();
    const stranger = { from: 'stranger@example.com' };
    expect(await world.write({ ...toBank, text: 'stop' }, stranger)).toEqual(['mail_unknown_sender']);
    expect(await world.load()).toEqual(before);
  });
});

describe('a mail that changes nothing', () => {
  it.each<[string, Partial<WrittenMail>, Way, string]>([
    [
      'a holiday notice',
      { text: 'I am away, call me on Friday', headers: { 'Auto-Submitted': 'auto-replied' } },
      {},
      'mail_automatic',
    ],
    ['a failure to deliver', { text: 'stop' }, { envelopeFrom: '' }, 'mail_automatic'],
    ['a failure of a server', { text: 'stop' }, { from: 'MAILER-DAEMON@example.com' }, 'mail_automatic'],
    ['mail of our own', { text: 'stop' }, { from: 'care@example.com' }, 'mail_automatic'],
    ['mail of our own domain', { text: 'stop' }, { from: answerAddress }, 'mail_automatic'],
    ['nothing but what it quotes', { text: '> stop', subject: 'Re: stop' }, {}, 'mail_empty'],
    ['what carries a virus', { text: 'stop', verdicts: { virus: 'FAIL' } }, {}, 'mail_virus'],
    ['what lies in another bucket', { text: 'stop' }, { bucket: 'others' }, 'mail_elsewhere'],
    ['a notification without our signature', { text: 'stop' }, { signed: false }, 'signature_refused'],
  ])('is %s', async (_, written, way, counted) => {
    const world = await mailWorld();
    const before = await world.load();
    expect(await world.write(written, way)).toEqual([counted]);
    expect(await world.load()).toEqual(before);
  });

  it('is one that is not there any more', async () => {
    const world = await mailWorld();
    const gone = world.notice({ text: 'stop' });
    world.kept.clear();
    expect(await world.handle(queueEvent(gone))).toEqual({ batchItemFailures: [] });
    expect(world.telemetry.counts).toEqual({ mail_gone: 1 });
  });

  it('is the greeting with which SES begins', async () => {
    const world = await mailWorld();
    const Message = 'Successfully validated SNS topic for Amazon SES event publishing.';
    expect(await world.handle(queueEvent({ signed: true, Message }))).toEqual({ batchItemFailures: [] });
  });

  it('is given back alone when its notification cannot be read', async () => {
    const world = await mailWorld();
    const answer = await world.handle(
      queueEvent({ signed: true, Message: '{}' }, world.notice({ text: 'stop' })),
    );
    expect(answer.batchItemFailures).toHaveLength(1);
    expect((await world.load()).consents).toHaveLength(1);
  });
});
