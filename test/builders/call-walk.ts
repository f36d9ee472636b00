import { createTwilioHttp } from '#functions/_adapters/twilio/twilio-http.ts';
import { twilioCallPlacer } from '#functions/_adapters/twilio/twilio-call-placer.ts';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import { startTwilioEmulator } from '#infra/local/twilio/emulator.ts';
import { magicPeople, type CallOutcome, type GatherAnswer } from '#infra/local/twilio/people.ts';
import type { CallRecord } from '#infra/local/twilio/records.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { hourMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeAddressNotes } from '#test/fakes/fake-address-notes.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '#test/functions/events.ts';
import { manualClock } from '#test/infra/local/manual-clock.ts';
import { startWebhookCatcher } from '#test/infra/local/webhook-catcher.ts';
import { evidenceFor } from './evidence.ts';
import { account, debtor } from './person.ts';
import { entry } from './stored.ts';

const accountSid = `AC${'0'.repeat(31)}1`;
const token = 'token-of-the-test';

export interface CallWalkOptions {
  readonly rules: DecisionRules;
  readonly now: Instant;
  readonly debtor?: Partial<Debtor>;
  readonly account?: Partial<Account>;
  readonly entry?: Partial<LedgerEntry>;
}

/** One answer of the debtor after the other; keys end with # where they are free in number. */
export const keys = (...pressed: readonly string[]): GatherAnswer[] => pressed.map((digits) => ({ digits }));
export const says = (speech: string): GatherAnswer => ({ speech });

/** What could be heard on a call, what was played as TwiML, and the person afterwards. */
export interface WalkedCall {
  readonly call: CallRecord;
  readonly heard: readonly string[];
  readonly documents: readonly string[];
  readonly person: Person;
  readonly problems: readonly string[];
}

/** A world in which a call of ours to P1 is permitted and written down, Twilio is the emulator, and our webhook the handler. */
export async function callWalk(options: CallWalkOptions) {
  const clock = manualClock(options.now);
  const store = createFakeDebtorStore({ shards: 2 });
  const who = debtor(options.debtor);
  await store.saveFeeds([
    { debtorId: 'P1', debtor: who, accounts: [account(options.account)], stops: false },
  ]);
  const load = async (): Promise<Person> => (await store.load('P1'))!;
  const catcher = await startWebhookCatcher();
  const documents: string[] = [];
  const telemetry = createFakeTelemetry();
  const handle = createHandler({
    store,
    addresses: store,
    notes: createFakeAddressNotes(),
    clock: { now: () => toInstant(clock.now()) },
    rules: { current: () => Promise.resolve(options.rules) },
    authToken: () => Promise.resolve(token),
    publicUrl: catcher.url,
    telemetry,
  });
  catcher.answer = async (request) => {
    const { pathname, search } = new URL(request.url);
    const answer = await handle(
      httpRequest({
        routeKey: `POST ${pathname}`,
        rawPath: pathname,
        rawQueryString: search.slice(1),
        headers: { 'x-twilio-signature': request.signature },
        body: request.form.toString(),
      }),
    );
    if (answer.body !== undefined) documents.push(answer.body);
    return answer.body ?? answer.statusCode ?? 200;
  };

  /** Rings, and lets the person do one thing after the other. */
  const ring = async (outcome: CallOutcome, contactId = 'c-1'): Promise<WalkedCall> => {
    documents.length = 0;
    catcher.caught.length = 0;
    const emulator = await startTwilioEmulator({
      accountSid,
      authToken: token,
      clock,
      seed: contactId,
      people: { ...magicPeople, call: () => outcome },
    });
    const reserved = entry({
      channel: 'call',
      template: 'overdue-notice',
      purpose: 'collection',
      destination: who.phone!,
      locale: who.locale,
      contactId,
      reservedAt: clock.now(),
      stateAt: clock.now(),
      ...options.entry,
    });
    const { version } = await load();
    await store.reserve(version, { entry: reserved, next: null, evidence: evidenceFor(reserved) });
    const placer = twilioCallPlacer({
      http: createTwilioHttp({
        baseUrl: emulator.url,
        accountSid,
        authToken: () => Promise.resolve(token),
        clock: { now: () => toInstant(clock.now()) },
        timeoutMs: 2_000,
      }),
      publicUrl: catcher.url,
      onUnrecognised: ({ field, value }) => {
        throw new Error(`unrecognised ${field}: ${value}`);
      },
    });
    await placer.send({
      contact: { contactId, debtorId: 'P1' },
      to: who.phone!,
      from: '+12025550102',
      script: 'reminder',
    });
    await clock.advanceBy(hourMs);
    const [call] = emulator.calls();
    const problems = [...emulator.problems];
    await emulator.stop();
    return {
      call: call!,
      heard: call!.transcript.map(({ who: speaker, text }) => `${speaker}: ${text}`),
      documents: [...documents],
      person: await load(),
      problems,
    };
  };

  return {
    ring,
    /** A person picks up and answers. */
    answer: (
      gathers: GatherAnswer[],
      more: { dialled?: 'completed' | 'busy' | 'no-answer'; contactId?: string } = {},
    ) => {
      const { contactId, ...rest } = more;
      return ring({ kind: 'human', ringMs: 4_000, gathers, ...rest }, contactId);
    },
    store,
    load,
    handle,
    caught: catcher.caught,
    clock,
    telemetry,
    stop: () => catcher.stop(),
  };
}
