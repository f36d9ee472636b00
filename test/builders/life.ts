import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { AttemptState } from '#shared/contracts/ledger.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { dayMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { MessageSender } from '#shared/ports/message-sender.ts';
import { callChannel, emailChannel, smsChannel } from '#shared/usecases/contact-channel.ts';
import { planPerson } from '#shared/usecases/plan-person.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

export interface LifeOptions {
  readonly store: DebtorStore;
  readonly rules: DecisionRules;
  readonly start: Instant;
  readonly days: number;
  readonly debtor: Debtor;
  readonly accounts: readonly Account[];
  /** What becomes of each contact, in turn. */
  readonly outcomes: readonly AttemptState[];
  /** By how much each wake-up comes late, in turn, in minutes. */
  readonly lateMinutes: readonly number[];
  /** Outcomes are known and planned for at the moment of the contact; otherwise two minutes later, at the next wake-up. */
  readonly isPrompt?: boolean;
}

/** More wake-ups than any such life has: reaching it means that something turns in circles. */
const wakeUpsMax = 500;

/** Lives through some days of a person's collection with the main job's own use cases; each wake-up is delivered twice. */
export async function liveThrough(options: LifeOptions): Promise<void> {
  const { store, rules, debtor, accounts, outcomes, lateMinutes } = options;
  const clock = createFakeClock(options.start);
  const parts = { store, clock, rules: fixedRules(rules) };
  const { debtorId } = debtor;
  await store.saveFeeds([{ debtorId, debtor, accounts, stops: false }]);
  await planPerson(debtorId, parts);
  const channels = {
    sms: (message: Wake) => sendContact(message, { ...parts, channel: smsChannel(taking('sms'), testLinks) }),
    email: (message: Wake) =>
      sendContact(message, { ...parts, channel: emailChannel(taking('email'), testLinks) }),
    call: (message: Wake) => sendContact(message, { ...parts, channel: callChannel(taking('call')) }),
    look: () => planPerson(debtorId, parts),
  };
  for (let count = 0; count < wakeUpsMax; count += 1) {
    const { wakeUp } = (await store.load(debtorId))!;
    if (wakeUp === undefined || wakeUp.at > options.start + options.days * dayMs) return;
    const late = (lateMinutes[count % lateMinutes.length] ?? 0) * minuteMs;
    clock.set(toInstant(Math.max(clock.now(), wakeUp.at) + late));
    const message = { version: 1 as const, debtorId, wakeAt: wakeUp.at, wakeFor: wakeUp.for };
    for (let delivery = 0; delivery < 2; delivery += 1) {
      await channels[wakeUp.for](message);
      if (options.isPrompt === true) {
        // Before the second delivery: what becomes of a contact may decide what follows it.
        await tellOutcomes(store, debtorId, { outcomes, at: clock.now() });
        await planPerson(debtorId, parts);
      } else clock.advance(minuteMs);
    }
    await tellOutcomes(store, debtorId, { outcomes, at: clock.now() });
  }
  throw new Error(`${debtorId} was woken ${wakeUpsMax} times`);
}

type Wake = Parameters<typeof sendContact>[0];

/** A provider that takes everything. */
function taking<M>(channel: MessageSender<M>['channel']): MessageSender<M> {
  return {
    channel,
    send: () => Promise.resolve({ kind: 'accepted', providerId: `${channel}-1` }),
    findSent: () => Promise.resolve({ kind: 'not_found' }),
  };
}

async function tellOutcomes(
  store: DebtorStore,
  debtorId: string,
  { outcomes, at }: { readonly outcomes: readonly AttemptState[]; readonly at: Instant },
): Promise<void> {
  const { attempts } = (await store.load(debtorId))!;
  for (const [index, { contactId, state }] of attempts.entries()) {
    const outcome = outcomes[index % outcomes.length];
    if (state === 'accepted' && outcome !== undefined)
      await store.recordAttempt(debtorId, contactId, { state: outcome, at });
  }
}
