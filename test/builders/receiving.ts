import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Template } from '#shared/contracts/template.ts';
import type { ReceivedMessage } from '#shared/core/inbound/received-message.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { answerContexts, strangerTexts } from '#shared/core/decision/own-texts.ts';
import { receiveMessage } from '#shared/usecases/receive-message.ts';
import { createFakeAddressNotes } from '#test/fakes/fake-address-notes.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { account, at, debtor } from './person.ts';
import { shippedReplyRules } from './replies.ts';
import { bundle, rules } from './rules.ts';

/** Our number, and two telephones. */
export const ours = '+12025550101';
export const sharedPhone = '+8613900000001';
export const otherPhone = '+8613900000002';

/** Tuesday, 10 March 2026, noon in Shanghai. */
export const received = at('2026-03-10T04:00:00Z');

const texts = [
  ...Object.entries(answerContexts),
  ...strangerTexts.map((name) => [name, 'stranger'] as const),
].map(([name, context]): Template => {
  return { name, context, locale: 'en', channel: 'sms', elements: [], body: `${name} of {{creditorName}}` };
});

/** The shipped words of replies, with plain texts to answer by. */
export async function replyingRules(): Promise<DecisionRules> {
  const plain = rules({ templates: [...bundle().templates, ...texts] });
  return { ...plain, replies: await shippedReplyRules() };
}

/** People by id, each with one account that ends in their id. */
export async function receiving(inForce: DecisionRules, people: Readonly<Record<string, Partial<Debtor>>>) {
  const store = createFakeDebtorStore({ shards: 1 });
  const notes = createFakeAddressNotes();
  await store.saveFeeds(
    Object.entries(people).map(([debtorId, changes]) => ({
      debtorId,
      debtor: debtor({ debtorId, ...changes }),
      accounts: [account({ debtorId, accountId: `LN-${debtorId}` })],
      stops: false,
    })),
  );
  const parts = { store, notes, addresses: store, rules: fixedRules(inForce) };
  let count = 0;
  const writes = (text: string, changes: Partial<ReceivedMessage> = {}) => {
    count += 1;
    const message = {
      inboundId: `sms:${String(count)}`,
      channel: 'sms',
      from: sharedPhone,
      to: ours,
    } as const;
    return receiveMessage({ ...message, text, at: received, sender: 'proven', ...changes }, parts);
  };
  const load = async (debtorId: string) => (await store.load(debtorId))!;
  const stored = async () => JSON.stringify(await Promise.all(Object.keys(people).map(load)));
  return { store, parts, writes, load, stored };
}
