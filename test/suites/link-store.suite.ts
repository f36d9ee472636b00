import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Link } from '#shared/contracts/link.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { account, debtor } from '#test/builders/person.ts';
import { P1, entry, noon } from '#test/builders/stored.ts';

/** A store of links together with the persons in whose contacts they are written. */
export interface LinkStoreUnderTest {
  createStore(): Promise<{ readonly people: DebtorStore; readonly links: LinkStore }>;
  stop(): Promise<void>;
}

const link: Link = {
  codeHash: 'a'.repeat(64),
  debtorId: P1,
  contactId: 'c-1',
  channel: 'sms',
  destination: '+12025550101',
  creditor: 'demo-bank',
  locale: 'en',
  madeAt: noon,
  expiresAt: noon + 1,
};

/** The cases that every store of links has to pass, the real one and the fake alike. */
export function linkStoreSuite(name: string, start: () => Promise<LinkStoreUnderTest>): void {
  describe(name, () => {
    let parts: LinkStoreUnderTest;
    let people: DebtorStore;
    let links: LinkStore;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      ({ people, links } = await parts.createStore());
      await people.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts: [account()], stops: false }]);
    });

    const reserve = (version: number, contactId: string, carried: Link = link) => {
      const made = entry({ contactId });
      return people.reserve(version, { entry: made, next: null, evidence: evidenceFor(made), link: carried });
    };

    it('knows a link once its contact is reserved, with no wrong tries', async () => {
      expect(await links.find(link.codeHash)).toBeNull();
      expect(await reserve(0, 'c-1')).toBe('done');
      expect(await links.find(link.codeHash)).toEqual({ link, wrongTries: 0 });
    });

    it('knows none of a contact that was not reserved', async () => {
      expect(await reserve(1, 'c-1')).toBe('conflict');
      expect(await links.find(link.codeHash)).toBeNull();
    });

    it('gives no two contacts the same code, and then reserves nothing', async () => {
      await reserve(0, 'c-1');
      expect(await reserve(1, 'c-2', { ...link, contactId: 'c-2' })).toBe('conflict');
      expect((await people.load(P1))?.attempts).toHaveLength(1);
      expect(await links.find(link.codeHash)).toEqual({ link, wrongTries: 0 });
    });

    it('has so many tries, and none after the last', async () => {
      await reserve(0, 'c-1');
      expect(await links.takeTry(link.codeHash, 2)).toBe('taken');
      expect(await links.takeTry(link.codeHash, 2)).toBe('last');
      expect(await links.takeTry(link.codeHash, 2)).toBe('none_left');
      expect(await links.find(link.codeHash)).toEqual({ link, wrongTries: 2 });
    });

    it('has no more tries for those that come at the same moment', async () => {
      await reserve(0, 'c-1');
      const taken = await Promise.all(Array.from({ length: 8 }, () => links.takeTry(link.codeHash, 5)));
      expect(taken.filter((one) => one === 'none_left')).toHaveLength(3);
      expect(await links.find(link.codeHash)).toMatchObject({ wrongTries: 5 });
    });

    it('takes a try back whose answer was right, but never more than were taken', async () => {
      await reserve(0, 'c-1');
      await links.takeTry(link.codeHash, 2);
      await links.giveTryBack(link.codeHash);
      await links.giveTryBack(link.codeHash);
      expect(await links.find(link.codeHash)).toMatchObject({ wrongTries: 0 });
    });

    it('has none for a code that nobody was sent', async () => {
      expect(await links.takeTry('b'.repeat(64), 5)).toBe('none_left');
      await links.giveTryBack('b'.repeat(64));
      expect(await links.find('b'.repeat(64))).toBeNull();
    });
  });
}
