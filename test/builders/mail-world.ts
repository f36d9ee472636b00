import { createHandler } from '#functions/receive-mail/handler.ts';
import { receivedNotice } from '#infra/local/ses/received-notice.ts';
import { rawMail, WrittenMailSchema, type WrittenMail } from '#infra/local/ses/write-mail.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Person } from '#shared/contracts/person.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { replyAddress } from '#shared/core/links/reply-address.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { verifyByItsWord } from '#test/fakes/fake-topic-verifier.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { queueEvent } from '#test/functions/events.ts';
import { evidenceFor } from './evidence.ts';
import { account, at, debtor } from './person.ts';
import { shippedReplyRules } from './replies.ts';
import { rules } from './rules.ts';
import { entry } from './stored.ts';

export const noon = at('2026-03-10T04:00:00Z');
export const code = 'Abc123Def4';
export const domain = 'reply.example.com';
export const answerAddress = replyAddress({ from: 'care@example.com', code, domain });
export const mei = 'mei.lin@example.com';
const bucket = 'mails';

const replies = await shippedReplyRules();

/** How a mail comes in: who sends it, and what is not as usual about the way. */
export interface Way {
  readonly from?: string;
  readonly envelopeFrom?: string;
  /** Under which it is kept; absent: a new key. */
  readonly key?: string;
  readonly bucket?: string;
  readonly signed?: boolean;
}

/** A person to whom a mail of ours went, and the real handler of mails on fakes. */
export async function mailWorld(people: readonly Partial<Debtor>[] = [{}]) {
  const store = createFakeDebtorStore({ shards: 2 });
  const telemetry = createFakeTelemetry();
  const clock = createFakeClock(noon);
  const kept = new Map<string, Uint8Array>();
  for (const [index, changes] of people.entries()) {
    const debtorId = `P${String(index + 1)}`;
    const accounts = [account({ debtorId, accountId: `A${String(index + 1)}` })];
    await store.saveFeeds([{ debtorId, debtor: debtor({ debtorId, ...changes }), accounts, stops: false }]);
  }
  const sent = entry({
    channel: 'email',
    destination: mei,
    reservedAt: noon - dayMs,
    stateAt: noon - dayMs,
    evidence: `P1~${String(noon - dayMs)}~0000000000000001`,
  });
  const link = {
    ...{ codeHash: codeHashOf(code), debtorId: 'P1', contactId: sent.contactId, channel: 'email' as const },
    ...{
      destination: mei,
      creditor: 'demo-bank',
      locale: 'en',
      madeAt: noon - dayMs,
      expiresAt: noon + dayMs,
    },
  } as const;
  await store.reserve((await store.load('P1'))!.version, {
    entry: sent,
    next: null,
    evidence: evidenceFor(sent),
    link,
  });
  const handle = createHandler({
    ...{ store, clock, telemetry, verify: verifyByItsWord, bucket, domain },
    ...{ links: store, addresses: store },
    rules: fixedRules({ ...rules(), replies }),
    mails: { read: (key, max) => Promise.resolve(kept.get(key)?.subarray(0, max)) },
  });
  let count = 0;

  /** The notification of a mail that has come in. */
  function notice(written: Partial<WrittenMail>, way: Way = {}): object {
    count += 1;
    const { from = mei, envelopeFrom = from, signed = true } = way;
    const mail = WrittenMailSchema.parse({ to: answerAddress, ...written });
    const sesId = way.key ?? `mail-${String(count)}`;
    const messageId = mail.messageId ?? `<${sesId}@mail.example.com>`;
    kept.set(`incoming/${sesId}`, Buffer.from(rawMail(from, { ...mail, messageId })));
    const place = { bucket: way.bucket ?? bucket, prefix: 'incoming/', topicArn: 'topic' };
    const Message = receivedNotice({ mail, envelopeFrom, from, messageId, sesId, at: clock.now(), place });
    return { signed, Message };
  }

  return {
    ...{ store, clock, telemetry, handle, kept, notice },
    /** Sends a mail to us; its outcome is what was counted. */
    write: async (written: Partial<WrittenMail>, way: Way = {}): Promise<string[]> => {
      const before = { ...telemetry.counts };
      const { batchItemFailures } = await handle(queueEvent(notice(written, way)));
      const counted = Object.keys(telemetry.counts).filter((name) => telemetry.counts[name] !== before[name]);
      return batchItemFailures.length > 0 ? ['failed', ...counted] : counted;
    },
    load: async (debtorId = 'P1'): Promise<Person> => (await store.load(debtorId))!,
  };
}
