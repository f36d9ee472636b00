import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { WakeMessage } from '#shared/contracts/queue-message.ts';
import type { StopScope } from '#shared/contracts/stop.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { stopForContact } from '#shared/core/stops/stop-for-contact.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import { minuteMs, secondMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { CallPlacer, EmailSender, MessageSender, SmsSender } from '#shared/ports/message-sender.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { callChannel, emailChannel, smsChannel } from '#shared/usecases/contact-channel.ts';
import { planPerson } from '#shared/usecases/plan-person.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { tick } from '#shared/usecases/tick.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { createFakeWakeQueue } from '#test/fakes/fake-wake-queue.ts';
import { account, debtor } from './person.ts';
import { stopOf } from './stops.ts';

export interface DayOptions {
  readonly start: Instant;
  readonly rules: DecisionRules;
  /** Creditor of each person's account; there is one person each. */
  readonly creditors: readonly string[];
  /** How the functions know what is stopped; the real way when not given. */
  readonly source?: (real: RulesSource, rules: DecisionRules, clock: Clock) => RulesSource;
}

/** A contact that left, and when. */
export interface Sent {
  readonly debtorId: string;
  readonly contactId: string;
  readonly channel: LedgerEntry['channel'];
  readonly at: Instant;
}

const shards = 2;

/**
 * The main job from planning to sending on the fakes, with the messages of the queue waiting out their delays. Each message
 * is delivered twice, as SQS may. A test moves the time and stops and resumes as it likes.
 */
export async function queuedDay({ start, rules, creditors, source }: DayOptions) {
  const store = createFakeDebtorStore({ shards });
  const stops = createFakeStopStore();
  const clock = createFakeClock(start);
  const queue = createFakeWakeQueue();
  const sent: Sent[] = [];
  const whileStopped: Sent[] = [];
  const real = rulesInForce({ config: { current: () => Promise.resolve(rules) }, stops, clock });
  const parts = { store, clock, rules: source?.(real, rules, clock) ?? real };

  const provider = <M extends { readonly contact: Pick<Sent, 'debtorId' | 'contactId'> }>(
    channel: Sent['channel'],
  ): MessageSender<M> => ({
    channel,
    send: async ({ contact }) => {
      const one = { ...contact, channel, at: clock.now() };
      sent.push(one);
      const person = (await store.load(contact.debtorId))!;
      const entry = person.attempts.find(({ contactId }) => contactId === contact.contactId)!;
      const surely = (await stops.inForce()).filter(({ at }) => at + stopsTooOldMs <= clock.now());
      if (stopForContact(surely, entry, person) !== undefined) whileStopped.push(one);
      return { kind: 'accepted', providerId: `${channel}-${String(sent.length)}` };
    },
    findSent: () => Promise.resolve({ kind: 'not_found' }),
  });
  const sms: SmsSender = provider('sms');
  const email: EmailSender = provider('email');
  const call: CallPlacer = provider('call');
  const work = (message: WakeMessage) => {
    switch (message.wakeFor) {
      case 'sms':
        return sendContact(message, { ...parts, channel: smsChannel(sms, testLinks) });
      case 'email':
        return sendContact(message, { ...parts, channel: emailChannel(email, testLinks) });
      case 'call':
        return sendContact(message, { ...parts, channel: callChannel(call) });
      case 'look':
        return planPerson(message.debtorId, parts);
    }
  };

  let waiting: { readonly message: WakeMessage; readonly dueAt: number }[] = [];
  let taken = 0;
  const handOn = async () => {
    await tick({ ...parts, queue, shards });
    const fresh = queue.sent.slice(taken);
    taken = queue.sent.length;
    waiting.push(
      ...fresh.map(({ message, delaySeconds }) => ({
        message,
        dueAt: clock.now() + delaySeconds * secondMs,
      })),
    );
  };
  const deliver = async (until: Instant) => {
    const due = waiting.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt);
    waiting = waiting.filter((one) => !due.includes(one));
    for (const { message, dueAt } of due) {
      clock.set(toInstant(Math.max(clock.now(), dueAt)));
      await work(message);
      await work(message);
    }
    clock.set(until);
  };

  for (const [index, creditor] of creditors.entries()) {
    const debtorId = `P${index}`;
    const accounts = [account({ debtorId, accountId: `A${index}`, creditor })];
    await store.saveFeeds([{ debtorId, debtor: debtor({ debtorId }), accounts, stops: false }]);
    await planPerson(debtorId, parts);
  }
  return {
    sent,
    /** What left although a stop that covered it had been in force for longer than any function may overlook it. */
    whileStopped,
    stops,
    clock,
    waiting: () => waiting.length,
    /** Hands on what is due and puts it in the queue, but delivers nothing yet. */
    handOn,
    deliver: (ms: number) => deliver(toInstant(clock.now() + ms)),
    minutes: async (count: number) => {
      for (let minute = 0; minute < count; minute += 1) {
        await handOn();
        await deliver(toInstant(clock.now() + minuteMs));
      }
    },
    stop: (scope: StopScope) => stops.stop(stopOf(scope, { at: clock.now() })),
    resume: (scope: StopScope) =>
      stops.resume(stopIdOf(scope), { by: 'ana', why: 'mended', at: clock.now() }),
    ledger: async () =>
      Promise.all(creditors.map(async (_, index) => (await store.load(`P${index}`))?.attempts ?? [])),
  };
}
