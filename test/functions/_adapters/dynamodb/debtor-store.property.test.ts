import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import type { Consent, EndedDestination } from '#shared/contracts/debtor.ts';
import { attemptStates, type AttemptChange } from '#shared/contracts/ledger.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { account, debtor } from '#test/builders/person.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { entry, noon, opened } from '#test/builders/stored.ts';

const runs = 60;
const operationsMin = 10;
const operationsMax = 40;
const shards = 2;

/** One operation, to be done on either store at the person's version less `staleBy`. */
interface Operation {
  readonly name: string;
  readonly debtorId: string;
  readonly staleBy: number;
  readonly run: (store: DebtorStore, version: number) => Promise<unknown>;
}

const people = ['P1', 'P2'];
const instant = fc.integer({ min: 0, max: 5 }).map((step) => toInstant(noon + step * 1_000));
const wakeUp: fc.Arbitrary<WakeUp | null> = fc.oneof(
  fc.record({
    at: instant,
    for: fc.constantFrom('sms' as const, 'email' as const, 'call' as const, 'look' as const),
  }),
  fc.constant(null),
);
const contactId = fc.constantFrom('c-1', 'c-2');
const accountId = fc.constantFrom('A1', 'A2');
const feedHash = fc.constantFrom('feed-1', 'feed-2');
const change: fc.Arbitrary<AttemptChange> = fc.record(
  {
    state: fc.constantFrom(...attemptStates),
    at: instant,
    providerId: fc.constantFrom('SM1', 'SM2'),
    reason: fc.constantFrom('carrier', 'expired'),
    retryAt: instant,
  },
  { requiredKeys: ['state', 'at'] },
);
const consent: fc.Arbitrary<Consent> = fc.record(
  {
    channel: fc.constantFrom('sms' as const, 'call' as const),
    level: fc.constantFrom('express' as const, 'optout' as const),
    at: instant,
    number: fc.constant('+12025550101'),
  },
  { requiredKeys: ['channel', 'level', 'at'] },
);
const ended: fc.Arbitrary<EndedDestination> = fc.record({
  channel: fc.constantFrom('sms' as const, 'email' as const),
  value: fc.constantFrom('+12025550101', 'mei@example.com'),
  reason: fc.constantFrom('hard_bounce' as const, 'dead_number' as const),
  at: instant,
});

type Step = Pick<Operation, 'name' | 'run'>;

const savingFeeds = (debtorId: string): fc.Arbitrary<Step> =>
  fc
    .record({ accountId, pastDue: fc.nat(300), feedHash, stops: fc.boolean(), withProfile: fc.boolean() })
    .map(({ stops, withProfile, ...told }) => ({
      name: `saveFeeds ${JSON.stringify(told)} stops=${stops} profile=${withProfile}`,
      run: (store) =>
        store.saveFeeds([
          {
            debtorId,
            ...(withProfile ? { debtor: debtor({ debtorId }) } : {}),
            accounts: [account({ debtorId, ...told })],
            stops,
          },
        ]),
    }));

const settingWakeUp = (debtorId: string): fc.Arbitrary<Step> =>
  wakeUp.map((next) => ({
    name: `setWakeUp ${JSON.stringify(next)}`,
    run: (store, version) => store.setWakeUp(debtorId, version, next),
  }));

const reserving = (debtorId: string): fc.Arbitrary<Step> =>
  fc.tuple(contactId, instant, wakeUp).map(([id, reservedAt, next]) => ({
    name: `reserve ${id}`,
    run: (store, version) => {
      const reserved = entry({ debtorId, contactId: id, reservedAt, stateAt: reservedAt });
      return store.reserve(version, { entry: reserved, next, evidence: evidenceFor(reserved) });
    },
  }));

const recordingAttempt = (debtorId: string): fc.Arbitrary<Step> =>
  fc.tuple(contactId, change).map(([id, told]) => ({
    name: `recordAttempt ${id} ${JSON.stringify(told)}`,
    run: (store) => store.recordAttempt(debtorId, id, told),
  }));

const endingDestination = (debtorId: string): fc.Arbitrary<Step> =>
  ended.map((over) => ({
    name: `endDestination ${JSON.stringify(over)}`,
    run: (store) => store.endDestination(debtorId, over),
  }));

const recordingConsent = (debtorId: string): fc.Arbitrary<Step> =>
  consent.map((said) => ({
    name: `recordConsent ${JSON.stringify(said)}`,
    run: (store) => store.recordConsent(debtorId, said),
  }));

const changingPayment = (debtorId: string): fc.Arbitrary<Step> =>
  fc
    .record({ paymentId: fc.constantFrom('pay-1', 'pay-2'), accountId, feedHash })
    .map(({ paymentId, ...paid }) => ({
      name: `change, payment ${paymentId} ${JSON.stringify(paid)}`,
      run: (store, version) =>
        store.change(debtorId, version, {
          payments: [
            { paymentId, debtorId, accountId: paid.accountId, amount: 10, currency: 'CNY', bookedAt: noon },
          ],
          accounts: [account({ debtorId, pastDue: 1, ...paid })],
        }),
    }));

const openingCase = (debtorId: string): fc.Arbitrary<Step> =>
  fc
    .record({ caseId: fc.constantFrom('case-1', 'case-2'), openedAt: instant, next: wakeUp })
    .map(({ caseId, openedAt, next }): Step => ({
      name: `openCase ${caseId}`,
      run: (store, version) => store.openCase(version, { ...opened(caseId), debtorId, openedAt }, next),
    }));

const leasing = (debtorId: string): fc.Arbitrary<Step> =>
  fc.record({ seenLateByMs: fc.constantFrom(0, 1), until: instant }).map(({ seenLateByMs, until }) => ({
    name: `lease until ${until}, seen wrongly by ${seenLateByMs} ms`,
    run: async (store) => {
      const wakeUp = (await store.load(debtorId))?.wakeUp ?? { at: noon, for: 'look' };
      return store.lease({ debtorId, wakeUp: { ...wakeUp, at: wakeUp.at + seenLateByMs } }, until);
    },
  }));

/** Reservations and receipts come oftener, so that most sequences have contacts to tell something about. */
const operation: fc.Arbitrary<Operation> = fc.constantFrom(...people).chain((debtorId) =>
  fc
    .record({
      step: fc.oneof(
        { weight: 3, arbitrary: reserving(debtorId) },
        { weight: 4, arbitrary: recordingAttempt(debtorId) },
        { weight: 2, arbitrary: savingFeeds(debtorId) },
        { weight: 2, arbitrary: changingPayment(debtorId) },
        { weight: 2, arbitrary: settingWakeUp(debtorId) },
        { weight: 2, arbitrary: leasing(debtorId) },
        { weight: 1, arbitrary: endingDestination(debtorId) },
        { weight: 1, arbitrary: recordingConsent(debtorId) },
        { weight: 1, arbitrary: openingCase(debtorId) },
      ),
      staleBy: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
    })
    .map(({ step, staleBy }) => ({ ...step, debtorId, staleBy })),
);

let dynamodb: LocalDynamodb;
beforeAll(async () => {
  dynamodb = await startLocalDynamodb();
});
afterAll(() => dynamodb.stop());

it('the fake and the table give the same answers and the same person after any sequence of operations', async () => {
  const outcomes = new Set<unknown>();
  const law = fc.asyncProperty(
    fc.array(operation, { minLength: operationsMin, maxLength: operationsMax, size: 'max' }),
    async (operations) => {
      const fake = createFakeDebtorStore({ shards });
      const real = createDebtorStore(await dynamodb.createTable(shards));
      for (const { name, debtorId, staleBy, run } of operations) {
        const version = Math.max(0, ((await fake.load(debtorId))?.version ?? 0) - staleBy);
        const expected = await run(fake, version);
        outcomes.add(expected);
        expect(await run(real, version), name).toEqual(expected);
      }
      expect(await snapshot(real)).toEqual(await snapshot(fake));
    },
  );
  await fc.assert(law, { numRuns: runs });
  // The sequences reach every answer a store can give; otherwise the comparison above would show little.
  expect(outcomes).toEqual(
    new Set([undefined, 'done', 'conflict', 'recorded', 'stale', 'missing', 'leased', 'replaced']),
  );
});

async function snapshot(store: DebtorStore) {
  const before = toInstant(noon + 1_000_000);
  return {
    people: await Promise.all(people.map((debtorId) => store.load(debtorId))),
    feeds: await store.loadFeeds(people),
    due: await Promise.all(Array.from({ length: shards }, (_, shard) => store.due(shard, before, 10))),
  };
}
