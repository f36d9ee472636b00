import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { WakeMessage } from '#shared/contracts/queue-message.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { MessageSender, SendResult, Sms } from '#shared/ports/message-sender.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeAddressNotes } from '#test/fakes/fake-address-notes.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { account, debtor } from './person.ts';
import { rules as testRules } from './rules.ts';

/** A provider in memory: keeps what it took and answers as it is told. */
export function scriptedSmsSender() {
  const sent: Sms[] = [];
  const answers: (() => SendResult)[] = [];
  const sender: MessageSender<Sms> = {
    channel: 'sms',
    send: (message) => {
      const answer = answers.shift();
      if (answer !== undefined) {
        const result = answer();
        if (result.kind !== 'rejected') sent.push(message);
        return Promise.resolve(result);
      }
      sent.push(message);
      return Promise.resolve({ kind: 'accepted', providerId: `SM${String(sent.length)}` });
    },
    findSent: ({ contact }) => {
      const index = sent.findIndex((message) => message.contact.contactId === contact.contactId);
      return Promise.resolve(
        index === -1 ? { kind: 'not_found' } : { kind: 'found', providerId: `SM${String(index + 1)}` },
      );
    },
  };
  return { sender, sent, next: (...results: (() => SendResult)[]) => answers.push(...results) };
}

/** The main job's parts in memory, with one person in the table. */
export async function world(options: {
  readonly now: Instant;
  readonly debtor?: Partial<Debtor>;
  readonly accounts?: readonly Partial<Account>[];
  readonly rules?: DecisionRules;
}) {
  const store = createFakeDebtorStore({ shards: 2 });
  const notes = createFakeAddressNotes();
  const clock = createFakeClock(options.now);
  const sms = scriptedSmsSender();
  const rules = options.rules ?? testRules();
  let inForce = rules;
  const source: RulesSource = { current: () => Promise.resolve(inForce) };
  await store.saveFeeds([
    {
      debtorId: 'P1',
      debtor: debtor(options.debtor),
      accounts: (options.accounts ?? [{}]).map((changes) => account(changes)),
      stops: false,
    },
  ]);
  const load = async (): Promise<Person> => (await store.load('P1'))!;
  return {
    store,
    clock,
    rules,
    sms,
    parts: { store, clock, rules: source, addresses: store, notes },
    sendParts: { store, clock, rules: source, channel: smsChannel(sms.sender, testLinks) },
    /** Puts other rules in force, as a published configuration or a stop does. */
    apply: (changed: DecisionRules): void => {
      inForce = changed;
    },
    load,
    wake: (): WakeMessage => ({ version: 1, debtorId: 'P1', wakeAt: clock.now(), wakeFor: 'sms' }),
    ledger: async (): Promise<LedgerEntry[]> => (await load()).attempts,
  };
}
