import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore, Guarded } from '#shared/ports/debtor-store.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { account, debtor } from '#test/builders/person.ts';
import { P1, entry, noon, opened, payment } from '#test/builders/stored.ts';

/** A store and the log of what it keeps, to run the cases on; `createStore` gives an empty one each time. */
export interface EvidenceUnderTest {
  createStore(shards: number): Promise<DebtorStore & EvidenceLog>;
  stop(): Promise<void>;
}

/** The cases that every debtor store and its evidence log have to pass together, the real ones and the fakes alike. */
export function evidenceSuite(name: string, start: () => Promise<EvidenceUnderTest>): void {
  describe(name, () => {
    let parts: EvidenceUnderTest;
    let store: DebtorStore & EvidenceLog;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      store = await parts.createStore(1);
    });

    const load = async () => (await store.load(P1))!;
    const reserve = (version: number, reserved: LedgerEntry): Promise<Guarded> =>
      store.reserve(version, { entry: reserved, next: null, evidence: evidenceFor(reserved) });

    describe('evidence', () => {
      const withheld = (at: number) => evidenceFor(entry({ reservedAt: at }), { kind: 'withheld' });

      it('of a contact is there as soon as the contact is, and is no part of the person', async () => {
        await reserve(0, entry());
        const proof = evidenceFor(entry());
        expect(await store.evidenceOf(proof.decisionId)).toEqual(proof);
        expect(await store.evidence(P1)).toEqual([proof]);
        expect(Object.keys(await load())).not.toContain('evidence');
      });

      it('is not written for a reservation that fails', async () => {
        await reserve(7, entry());
        expect(await store.evidence(P1)).toEqual([]);
      });

      it('is never overwritten, not even by a reservation', async () => {
        await store.recordEvidence(evidenceFor(entry(), { config: 'first' }));
        expect(await reserve(0, entry())).toBe('conflict');
        expect(await store.evidence(P1)).toEqual([evidenceFor(entry(), { config: 'first' })]);
        expect(await store.load(P1)).toBeNull();
      });

      it('of no contact is kept once, as it was first told, and leaves the person alone', async () => {
        await store.recordEvidence(withheld(noon));
        await store.recordEvidence({ ...withheld(noon), config: 'second' });
        expect(await store.evidence(P1)).toEqual([withheld(noon)]);
        expect(await store.load(P1)).toBeNull();
      });

      it('comes in order of time, of one person and from one moment on to before another', async () => {
        const moments = [noon + 3, noon, noon + 1, noon + 2];
        for (const moment of moments) await store.recordEvidence(withheld(moment));
        await store.recordEvidence(evidenceFor(entry({ debtorId: 'P2' }), { kind: 'withheld' }));
        const times = async (range?: { from?: Instant; to?: Instant }) =>
          (await store.evidence(P1, range)).map((proof) => proof.at - noon);
        expect(await times()).toEqual([0, 1, 2, 3]);
        expect(await times({ from: toInstant(noon + 1) })).toEqual([1, 2, 3]);
        expect(await times({ from: toInstant(noon + 1), to: toInstant(noon + 3) })).toEqual([1, 2]);
        expect(await times({ from: noon, to: noon })).toEqual([]);
      });

      it.each(['P1~1773144000000~0123456789abcdef', 'P1', '', 'P1~x~0123456789abcdef'])(
        'is not there for an id of nothing: %s',
        async (decisionId) => {
          expect(await store.evidenceOf(decisionId)).toBeNull();
        },
      );
    });

    describe('accounts', () => {
      it('lead to their person, also after a payment', async () => {
        const accounts = [account(), account({ accountId: 'A2' })];
        await store.saveFeeds([{ debtorId: P1, debtor: debtor(), accounts, stops: false }]);
        await store.change(P1, 0, { payments: [payment()], accounts: [account({ pastDue: 0 })] });
        await store.openCase(1, opened(), null);
        expect(await store.findAccount('A1')).toBe(P1);
        expect(await store.findAccount('A2')).toBe(P1);
        expect(await store.findAccount('A3')).toBeNull();
      });

      it('of several persons lead to the first of them', async () => {
        for (const debtorId of ['P3', 'P1', 'P2']) {
          const accounts = [account({ debtorId })];
          await store.saveFeeds([{ debtorId, debtor: debtor({ debtorId }), accounts, stops: false }]);
        }
        expect(await store.findAccount('A1')).toBe('P1');
      });
    });
  });
}
