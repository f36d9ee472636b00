import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { AttemptChange, AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import { minuteMs, toInstant } from '#shared/kernel/instant.ts';
import type { DebtorStore, DueWakeUp } from '#shared/ports/debtor-store.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { permutations } from '#test/builders/permutations.ts';
import { P1, entry, noon, opened, payment, placement } from '#test/builders/stored.ts';

/** A store to run the cases on; `createStore` gives an empty one each time. */
export interface StoreUnderTest {
  createStore(shards: number): Promise<DebtorStore>;
  stop(): Promise<void>;
}

const shards = 4;
const later = toInstant(noon + 30 * minuteMs);

/** The cases that every debtor store has to pass, the real one and the fake alike. */
export function debtorStoreSuite(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let parts: StoreUnderTest;
    let store: DebtorStore;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore(shards);
    });

    const load = async () => (await store.load(P1))!;
    const reserve = (version: number, entry: LedgerEntry, next: WakeUp | null) =>
      store.reserve(version, { entry, next, evidence: evidenceFor(entry) });
    const version = async () => (await store.load(P1))?.version ?? 0;
    const feed = (accounts: readonly Account[], stops = false) =>
      store.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts, stops }]);

    describe('feed data', () => {
      it('knows nothing of a person that nothing was written about', async () => {
        expect(await store.load(P1)).toBeNull();
        expect(await store.loadFeeds([P1])).toEqual(new Map());
      });

      it('gives back profile and accounts as they were written', async () => {
        const second = account({ accountId: 'A2', attributes: { segment: 'gold' }, riskScore: 0.25 });
        await feed([second, account()]);
        expect(await load()).toEqual({
          debtorId: P1,
          version: 0,
          debtor: debtor(),
          accounts: [account(), second],
          attempts: [],
          consents: [],
          endedDestinations: [],
          payments: [],
          cases: [],
          placements: [],
          promises: [],
          plans: [],
          holds: [],
          acts: [],
          inbound: [],
        });
      });

      it('gives profiles and accounts of many persons and leaves out those without a profile', async () => {
        const ids = Array.from({ length: 130 }, (_, index) => `P${index}`);
        await store.saveFeeds(
          ids.map((debtorId) => ({
            debtorId,
            debtor: debtor({ debtorId }),
            accounts: [account({ debtorId })],
            stops: false,
          })),
        );
        const feeds = await store.loadFeeds([...ids, 'nobody', ids[0]!]);
        expect([...feeds.keys()].sort()).toEqual(ids.sort());
        expect(feeds.get('P7')).toEqual({
          debtor: debtor({ debtorId: 'P7' }),
          accounts: [account({ debtorId: 'P7' })],
        });
      });

      it('does not take ledger entries for feed data', async () => {
        await feed([account()]);
        await reserve(0, entry(), null);
        expect((await store.loadFeeds([P1])).get(P1)).toEqual({ debtor: debtor(), accounts: [account()] });
      });

      it('keeps the version when a feed stops nothing, and raises it when it does', async () => {
        await feed([account()]);
        expect(await version()).toBe(0);
        await feed([account({ pastDue: 0 })], true);
        expect(await version()).toBe(1);
      });

      it('writes more accounts of one person than a transaction holds', async () => {
        const accounts = Array.from({ length: 120 }, (_, index) =>
          account({ accountId: `A${String(index).padStart(3, '0')}` }),
        );
        await feed(accounts, true);
        expect((await load()).accounts).toEqual(accounts);
        expect(await version()).toBeGreaterThan(0);
      });

      it('gives all of a person whose facts fill more than one page of a query', async () => {
        const note = 'n'.repeat(500);
        const attributes = Object.fromEntries(
          Array.from({ length: 10 }, (_, index) => [`note${index}`, note]),
        );
        const accounts = Array.from({ length: 260 }, (_, index) =>
          account({ accountId: `A${String(index).padStart(3, '0')}`, attributes }),
        );
        await feed(accounts);
        expect((await load()).accounts).toEqual(accounts);
        expect((await store.loadFeeds([P1])).get(P1)?.accounts).toHaveLength(accounts.length);
      });

      it('raises the version even when a stopping change carries no data', async () => {
        await store.saveFeeds([{ debtorId: P1, accounts: [], stops: true }]);
        expect(await version()).toBe(1);
      });

      it('refuses a person that is named twice in one call', async () => {
        const change = { debtorId: P1, accounts: [account()], stops: false };
        await expect(store.saveFeeds([change, change])).rejects.toThrow('Debtor P1 is there twice');
      });
    });

    describe('wake-ups', () => {
      it('replaces and clears the wake-up at the version that was read', async () => {
        expect(await store.setWakeUp(P1, 0, { at: noon, for: 'sms' })).toBe('done');
        expect(await load()).toMatchObject({ version: 1, wakeUp: { at: noon, for: 'sms' } });
        expect(await store.setWakeUp(P1, 1, { at: later, for: 'look' })).toBe('done');
        expect(await load()).toMatchObject({ version: 2, wakeUp: { at: later, for: 'look' } });
        expect(await store.setWakeUp(P1, 2, null)).toBe('done');
        expect(await load()).not.toHaveProperty('wakeUp');
        expect(await allDue(store)).toEqual([]);
      });

      it('changes nothing at another version, be it older or not yet written', async () => {
        await store.setWakeUp(P1, 0, { at: noon, for: 'sms' });
        for (const stale of [0, 2]) {
          expect(await store.setWakeUp(P1, stale, { at: later, for: 'look' })).toBe('conflict');
        }
        expect(await load()).toMatchObject({ version: 1, wakeUp: { at: noon, for: 'sms' } });
      });

      it('finds what is due in all shards, earliest first, and nothing that is due at the instant or after', async () => {
        const people = Array.from({ length: 40 }, (_, index) => `P${index}`);
        for (const [index, debtorId] of people.entries()) {
          // Out of order, days apart: catching up after missed runs is the same query as any other.
          const days = (index * 7) % people.length;
          await store.setWakeUp(debtorId, 0, { at: noon + days * 24 * 60 * minuteMs, for: 'sms' });
        }
        const before = toInstant(noon + 20 * 24 * 60 * minuteMs);
        const shardLists = await Promise.all(
          Array.from({ length: shards }, (_, shard) => store.due(shard, before, 100)),
        );
        for (const list of shardLists) {
          const instants = list.map((due) => due.wakeUp.at);
          expect(instants).toEqual(instants.toSorted((a, b) => a - b));
        }
        expect(shardLists.filter((list) => list.length > 0).length).toBeGreaterThan(1);
        const found = shardLists.flat().map((due) => due.debtorId);
        expect(found.sort()).toEqual(people.filter((_, index) => (index * 7) % 40 < 20).sort());
      });

      it('gives no more wake-ups than asked for, and those the earliest', async () => {
        const single = await parts.createStore(1);
        for (const minutes of [3, 1, 2]) {
          await single.setWakeUp(`P${minutes}`, 0, { at: noon + minutes * minuteMs, for: 'sms' });
        }
        expect((await single.due(0, later, 2)).map((due) => due.debtorId)).toEqual(['P1', 'P2']);
      });

      it('moves a wake-up that was handed on and leaves the version alone', async () => {
        await store.setWakeUp(P1, 0, { at: noon, for: 'sms' });
        const [due] = await allDue(store);
        expect(due).toEqual({ debtorId: P1, wakeUp: { at: noon, for: 'sms' } });
        expect(await store.lease(due!, later)).toBe('leased');
        expect(await load()).toMatchObject({ version: 1, wakeUp: { at: later, for: 'sms' } });
        expect(await allDue(store)).toEqual([{ debtorId: P1, wakeUp: { at: later, for: 'sms' } }]);
      });

      it.each([
        ['another moment', { at: noon + 1, for: 'sms' }],
        ['another purpose', { at: noon, for: 'look' }],
        ['none', null],
      ] as const)('does not move a wake-up that was replaced by %s', async (_, replacement) => {
        await store.setWakeUp(P1, 0, { at: noon, for: 'sms' });
        const [due] = await allDue(store);
        await store.setWakeUp(P1, 1, replacement);
        const before = await load();
        expect(await store.lease(due!, later)).toBe('replaced');
        expect(await load()).toEqual(before);
      });

      it('does not move a wake-up of a person it does not know', async () => {
        expect(await store.lease({ debtorId: P1, wakeUp: { at: noon, for: 'sms' } }, later)).toBe('replaced');
        expect(await store.load(P1)).toBeNull();
      });
    });

    describe('reserving', () => {
      it('writes the entry and the next wake-up together', async () => {
        expect(await reserve(0, entry(), { at: later, for: 'look' })).toBe('done');
        expect(await load()).toMatchObject({
          version: 1,
          attempts: [entry()],
          wakeUp: { at: later, for: 'look' },
        });
      });

      it('writes nothing at a stale version', async () => {
        await store.setWakeUp(P1, 0, { at: noon, for: 'sms' });
        const before = await load();
        expect(await reserve(0, entry(), null)).toBe('conflict');
        expect(await load()).toEqual(before);
      });

      it('writes nothing when the contact is already in the ledger', async () => {
        await reserve(0, entry(), { at: later, for: 'look' });
        const before = await load();
        expect(await reserve(1, entry({ template: 'other' }), null)).toBe('conflict');
        expect(await load()).toEqual(before);
      });

      it('lets exactly one of many senders through that rest on the same facts', async () => {
        await feed([account()]);
        const outcomes = await Promise.all(
          Array.from({ length: 12 }, (_, index) => reserve(0, entry({ contactId: `c-${index}` }), null)),
        );
        expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
        expect(await load()).toMatchObject({ version: 1, attempts: [{ state: 'reserved' }] });
      });

      it.each([
        ['a cure', () => feed([account({ pastDue: 0 })], true)],
        [
          'a payment',
          () => store.change(P1, 0, { payments: [payment()], accounts: [account({ pastDue: 0 })] }),
        ],
        ['an opt-out', () => store.recordConsent(P1, { channel: 'sms', level: 'optout', at: noon })],
        [
          'a dead number',
          () => store.endDestination(P1, { channel: 'sms', value: '+1', reason: 'dead_number', at: noon }),
        ],
        ['a case', () => store.openCase(0, opened(), null)],
        ['a placement', () => store.place(0, placement(), null)],
      ])('refuses a reservation that rests on facts from before %s', async (_, stop) => {
        await feed([account()]);
        await stop();
        expect(await reserve(0, entry(), null)).toBe('conflict');
        expect((await load()).attempts).toEqual([]);
      });

      it('gives the ledger oldest first, whatever the ids', async () => {
        await reserve(0, entry({ contactId: 'c-b', reservedAt: noon }), null);
        await reserve(1, entry({ contactId: 'c-a', reservedAt: later }), null);
        await reserve(2, entry({ contactId: 'c-c', reservedAt: noon }), null);
        expect((await load()).attempts.map((one) => one.contactId)).toEqual(['c-b', 'c-c', 'c-a']);
      });
    });

    describe('receipts', () => {
      const record = (change: AttemptChange) => store.recordAttempt(P1, 'c-1', change);
      const attempt = async () => (await load()).attempts[0];

      it('are missing an entry that was never reserved', async () => {
        expect(await record({ state: 'delivered', at: noon })).toBe('missing');
        expect(await store.load(P1)).toBeNull();
      });

      it('move an entry forward, never back, and leave the version alone', async () => {
        await reserve(0, entry(), null);
        expect(await record({ state: 'delivered', at: later })).toBe('recorded');
        expect(await record({ state: 'sent', at: noon })).toBe('stale');
        expect(await record({ state: 'delivered', at: noon })).toBe('stale');
        expect(await load()).toMatchObject({
          version: 1,
          attempts: [{ state: 'delivered', stateAt: later }],
        });
      });

      it('never bring an entry back to reserved', async () => {
        await reserve(0, entry(), null);
        expect(await record({ state: 'reserved', at: later })).toBe('stale');
        expect(await attempt()).toEqual(entry());
      });

      it("fill in the provider's id when it was missing and never replace it", async () => {
        await reserve(0, entry(), null);
        await record({ state: 'delivered', at: later });
        expect(await record({ state: 'accepted', at: noon, providerId: 'SM1' })).toBe('stale');
        expect(await attempt()).toMatchObject({ state: 'delivered', providerId: 'SM1' });
        await record({ state: 'answered', at: later, providerId: 'SM2' });
        expect(await attempt()).toMatchObject({ state: 'answered', providerId: 'SM1' });
      });

      it('keep a reason and a retry only with the state they came with', async () => {
        await reserve(0, entry(), null);
        await record({ state: 'failed', at: noon, reason: 'throttled', retryAt: later });
        expect(await attempt()).toMatchObject({ state: 'failed', reason: 'throttled', retryAt: later });
        await record({ state: 'undelivered', at: later });
        expect(await attempt()).toEqual(entry({ state: 'undelivered', stateAt: later }));
        expect(await record({ state: 'undelivered', at: later, reason: 'carrier' })).toBe('stale');
        expect(await record({ state: 'sent', at: later, reason: 'odd' })).toBe('stale');
        expect(await attempt()).toMatchObject({ state: 'undelivered', reason: 'carrier' });
      });

      const told: readonly AttemptChange[] = [
        { state: 'accepted', at: noon + 1, providerId: 'SM1' },
        { state: 'sent', at: noon + 2, providerId: 'SM1' },
        { state: 'undelivered', at: noon + 3, reason: 'carrier' },
        { state: 'failed', at: noon + 4, reason: 'expired', retryAt: later },
      ];
      it('lead to the same entry in whatever order they come', async () => {
        const results: unknown[] = [];
        let serial = 0;
        for (const order of permutations(told)) {
          const contactId = `c-${serial}`;
          await reserve(serial, entry({ contactId }), null);
          serial += 1;
          for (const change of order) await store.recordAttempt(P1, contactId, change);
          results.push({
            ...(await load()).attempts.find((one) => one.contactId === contactId),
            contactId: 'c-1',
          });
        }
        const expected = entry({
          state: 'undelivered',
          stateAt: noon + 3,
          providerId: 'SM1',
          reason: 'carrier',
        });
        expect(results).toHaveLength(24);
        for (const result of results) expect(result).toEqual(expected);
      });

      it('that come all at once lead to the strongest state', async () => {
        const states: AttemptState[] = ['accepted', 'sent', 'undelivered', 'delivered', 'answered'];
        await reserve(0, entry(), null);
        await Promise.all(states.map((state) => record({ state, at: later, providerId: 'SM1' })));
        expect(await attempt()).toMatchObject({ state: 'answered', providerId: 'SM1' });
      });
    });

    describe('what the person says and what ends', () => {
      it('keeps the newest word on each channel and number', async () => {
        await store.recordConsent(P1, { channel: 'sms', level: 'optout', at: noon });
        await store.recordConsent(P1, { channel: 'sms', level: 'express', at: later });
        await store.recordConsent(P1, { channel: 'sms', level: 'optout', at: noon + 1 });
        await store.recordConsent(P1, { channel: 'sms', level: 'optout', at: noon, number: '+12025550101' });
        expect(await load()).toMatchObject({
          version: 3,
          consents: [
            { channel: 'sms', level: 'express', at: later },
            { channel: 'sms', level: 'optout', at: noon, number: '+12025550101' },
          ],
        });
      });

      it.each([
        ['last', ['express', 'optout']],
        ['first', ['optout', 'express']],
      ] as const)(
        'lets an opt-out stand against a yes of the same moment when it comes %s',
        async (_, levels) => {
          for (const level of levels) await store.recordConsent(P1, { channel: 'call', level, at: noon });
          expect((await load()).consents).toEqual([{ channel: 'call', level: 'optout', at: noon }]);
        },
      );

      it('ends a destination once', async () => {
        const ended = {
          channel: 'email',
          value: 'mei@example.com',
          reason: 'hard_bounce',
          at: noon,
        } as const;
        await store.endDestination(P1, ended);
        await store.endDestination(P1, { ...ended, reason: 'complaint', at: later });
        await store.endDestination(P1, { ...ended, channel: 'sms' });
        expect(await load()).toMatchObject({
          version: 2,
          endedDestinations: [ended, { ...ended, channel: 'sms' }],
        });
      });
    });

    describe('payments and cases', () => {
      it('stores a payment and the account it changes together', async () => {
        await feed([account()]);
        expect(
          await store.change(P1, 0, { payments: [payment()], accounts: [account({ pastDue: 0 })] }),
        ).toBe('done');
        expect(await load()).toMatchObject({
          version: 1,
          accounts: [account({ pastDue: 0 })],
          payments: [payment()],
        });
      });

      it('takes a payment once', async () => {
        await feed([account()]);
        await store.change(P1, 0, { payments: [payment()], accounts: [account({ pastDue: 60 })] });
        expect(
          await store.change(P1, 0, { payments: [payment()], accounts: [account({ pastDue: 20 })] }),
        ).toBe('conflict');
        expect(await load()).toMatchObject({ version: 1, accounts: [account({ pastDue: 60 })] });
      });

      it('takes no payment for an account it does not know', async () => {
        expect(await store.change(P1, 0, { payments: [payment()], accounts: [account()] })).toBe('conflict');
        expect(await store.load(P1)).toBeNull();
      });

      it('opens a case together with the next wake-up', async () => {
        await store.setWakeUp(P1, 0, { at: noon, for: 'sms' });
        expect(await store.openCase(1, opened(), null)).toBe('done');
        const person = await load();
        expect(person).toMatchObject({ version: 2, cases: [opened()] });
        expect(person).not.toHaveProperty('wakeUp');
        expect(await store.openCase(1, opened('case-2'), null)).toBe('conflict');
        expect((await load()).cases).toEqual([opened()]);
      });

      it('makes a placement together with the next wake-up', async () => {
        expect(await store.place(0, placement(), { at: noon, for: 'look' })).toBe('done');
        expect(await load()).toMatchObject({ version: 1, placements: [placement()], wakeUp: { at: noon } });
        expect(await store.place(0, placement('placement-2'), null)).toBe('conflict');
      });
    });
  });
}

async function allDue(store: DebtorStore): Promise<DueWakeUp[]> {
  const farAway = at('2100-01-01T00:00:00Z');
  const lists = Array.from({ length: shards }, (_, shard) => store.due(shard, farAway, 1_000));
  return (await Promise.all(lists)).flat();
}
