import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Consent } from '#shared/contracts/debtor.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { everyPart } from '#test/builders/every-part.ts';
import { account, debtor } from '#test/builders/person.ts';
import { P1, noon, opened, payment } from '#test/builders/stored.ts';
import type { StoreUnderTest } from './debtor-store.suite.ts';

const optOut: Consent = { channel: 'sms', level: 'optout', at: noon };

/** What every store must do with a change of several parts of a person, the real one and the fake alike. */
export function personChangeSuite(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let parts: StoreUnderTest;
    let store: DebtorStore;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore(2);
      await store.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts: [account()], stops: false }]);
    });

    const load = async () => (await store.load(P1))!;
    const unchanged = async (change: PersonChange, version = 0) => {
      const before = await load();
      expect(await store.change(P1, version, change, { at: noon, for: 'sms' })).toBe('conflict');
      expect(await load()).toEqual(before);
    };

    it('gives back every part as it was written, and raises the version once', async () => {
      expect(await store.change(P1, 0, everyPart)).toBe('done');
      const { debtorId: _, version, debtor: profile, attempts, placements, ...rest } = await load();
      const { reopenedDestinations: _opened, ...kept } = everyPart;
      expect(rest).toEqual(kept);
      expect({ version, profile, attempts, placements }).toMatchObject({
        version: 1,
        attempts: [],
        placements: [],
      });
    });

    it('opens a destination again that was ended', async () => {
      const ended = {
        channel: 'sms',
        value: '+12025550101',
        reason: 'opted_out_at_provider',
        at: noon,
      } as const;
      await store.endDestination(P1, ended);
      expect(await store.change(P1, 1, { reopenedDestinations: [ended] })).toBe('done');
      expect((await load()).endedDestinations).toEqual([]);
      await store.endDestination(P1, { ...ended, at: noon + 1 });
      expect((await load()).endedDestinations).toEqual([{ ...ended, at: noon + 1 }]);
    });

    it('puts each in the place of the one with the same id', async () => {
      await store.change(P1, 0, everyPart);
      const closed = { ...opened(), state: 'closed' } as const;
      await store.change(P1, 1, { cases: [closed], payments: [{ ...payment(), overpaid: 5 }] });
      expect(await load()).toMatchObject({
        cases: [closed],
        payments: [{ overpaid: 5 }],
        promises: everyPart.promises,
      });
    });

    it('writes nothing of it at another version', async () => {
      await unchanged(everyPart, 1);
      await store.change(P1, 0, {});
      await unchanged(everyPart, 0);
    });

    it('writes nothing of it when a feed told the account anew', async () => {
      const accounts = [account({ feedHash: 'feed-2' })];
      await store.saveFeeds([{ debtorId: P1, accounts, stops: false }]);
      await unchanged(everyPart);
    });

    it('writes nothing of it when the person has said something newer of the channel', async () => {
      await store.recordConsent(P1, { ...optOut, at: noon + 1 });
      await unchanged({ ...everyPart, consents: [{ channel: 'sms', level: 'express', at: noon }] }, 1);
    });

    it('writes a newer word of the person, and of the same moment the one that refuses', async () => {
      await store.recordConsent(P1, { channel: 'sms', level: 'express', at: noon });
      expect(await store.change(P1, 1, { consents: [optOut] })).toBe('done');
      await unchanged({ consents: [{ channel: 'sms', level: 'express', at: noon }] }, 2);
      expect((await load()).consents).toEqual([optOut]);
    });

    it('sets, leaves and clears the wake-up', async () => {
      const wakeUp = { at: noon, for: 'call' } as const;
      await store.change(P1, 0, {}, wakeUp);
      expect((await load()).wakeUp).toEqual(wakeUp);
      await store.change(P1, 1, { cases: [opened()] });
      expect((await load()).wakeUp).toEqual(wakeUp);
      await store.change(P1, 2, {}, null);
      expect(await load()).not.toHaveProperty('wakeUp');
    });

    it('lets exactly one of many through that rest on the same facts', async () => {
      const changes = Array.from({ length: 8 }, (_, index) =>
        store.change(P1, 0, { payments: [payment(`pay-${index}`)] }),
      );
      expect((await Promise.all(changes)).filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect((await load()).payments).toHaveLength(1);
    });
  });
}
