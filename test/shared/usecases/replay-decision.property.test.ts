import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decider } from '#cli/permit-decider.ts';
import { readConfig } from '#cli/read-config.ts';
import { evidenceItem } from '#functions/_adapters/dynamodb/evidence-item.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import { attemptStates } from '#shared/contracts/ledger.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { replayDecision, type ReplayParts } from '#shared/usecases/replay-decision.ts';
import { liveThrough } from '#test/builders/life.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const start = at('2026-03-02T12:00:00Z');

let bundle: ConfigBundle;
beforeAll(async () => {
  const read = await readConfig('config', { today: '2026-03-02' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  bundle = read.bundle;
});

const homes = [
  { country: 'US', region: 'MA', postalCode: '02108', phone: '+16175550101', creditor: 'demo-bank-us' },
  { country: 'US', region: 'NY', postalCode: '10001', phone: '+13105550101', creditor: 'demo-bank-us' },
  { country: 'CN', region: 'SH', postalCode: '200000', phone: '+8615400000001', creditor: 'demo-bank-cn' },
  { country: 'GB', region: 'ENG', postalCode: 'SW1A', phone: '+447700900001', creditor: 'demo-bank-gb' },
] as const;

const lifeArb = fc.record({
  home: fc.constantFrom(...homes),
  dueDates: fc.array(fc.constantFrom('2026-02-10', '2026-02-27', '2026-03-04'), {
    minLength: 1,
    maxLength: 2,
  }),
  outcomes: fc.array(fc.constantFrom(...attemptStates.slice(3)), { minLength: 1, maxLength: 6 }),
  lateMinutes: fc.array(fc.constantFrom(0, 0, 1, 200, 500), { minLength: 1, maxLength: 6 }),
  optedOut: fc.boolean(),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;

async function live({ home, dueDates, outcomes, lateMinutes, optedOut }: Life) {
  const store = createFakeDebtorStore({ shards: 1 });
  const { creditor, ...address } = home;
  const consents = [{ channel: 'email' as const, level: 'written' as const, at: 0 }];
  await liveThrough({
    store,
    rules: compileRules(bundle),
    start,
    days: 40,
    debtor: debtor({
      ...address,
      consents: optedOut ? [...consents, { channel: 'sms', level: 'optout', at: start }] : consents,
    }),
    accounts: dueDates.map((dueDate, index) =>
      account({ accountId: `A${index}`, creditor, dueDate, pastDue: dueDate < '2026-03-02' ? 100 : 0 }),
    ),
    outcomes,
    lateMinutes,
  });
  return { store, evidence: await store.evidence('P1'), person: (await store.load('P1'))! };
}

function partsFor(log: ReplayParts['log'], policies = bundle.policies): ReplayParts {
  const versions = new Map(policies.map(({ pack, version }) => [pack, String(version)]));
  return { log, versions, decide: decider(policies) };
}

const seen = new Set<Evidence['kind']>();

describe('each stored decision of any life', () => {
  it('replays to the same bytes, though nothing but the record is known, and names its contact', async () => {
    await fc.assert(
      fc.asyncProperty(lifeArb, async (life) => {
        const { store, evidence, person } = await live(life);
        const parts = partsFor(store);
        for (const { decisionId, kind } of evidence) {
          seen.add(kind);
          expect(await replayDecision(decisionId, parts)).toMatchObject({ isSame: true, versions: [] });
        }
        const contacts = evidence.filter(({ kind }) => kind === 'contact');
        expect(contacts.map(({ decisionId }) => decisionId).sort()).toEqual(
          person.attempts.map((entry) => entry.evidence).sort(),
        );
        expect(new Set(evidence.map(({ decisionId }) => decisionId)).size).toBe(evidence.length);
      }),
      { numRuns: 25 },
    );
    expect([...seen].sort()).toEqual(['contact', 'withheld']);
  });

  it('fits the 1 KB that one write unit pays for', async () => {
    const { evidence } = await live({
      home: homes[0],
      dueDates: ['2026-02-10', '2026-02-27'],
      outcomes: ['no_answer', 'delivered', 'undelivered'],
      lateMinutes: [0, 500],
      optedOut: false,
    });
    expect(evidence.length).toBeGreaterThan(5);
    const sizes = evidence.map((one) => {
      const { PK, SK, json } = evidenceItem(one) as unknown as Record<'PK' | 'SK', string> & { json: Buffer };
      return `PKSKjsonlayout1`.length + PK.length + SK.length + json.byteLength;
    });
    expect(Math.max(...sizes)).toBeLessThan(1_024);
  });

  it('tells which packs are of other versions than those that decided', async () => {
    const { store, evidence } = await live({
      home: homes[0],
      dueDates: ['2026-02-27'],
      outcomes: ['delivered'],
      lateMinutes: [0],
      optedOut: false,
    });
    const newer = bundle.policies
      .filter(({ pack }) => pack !== 'us-tcpa')
      .map((pack) => (pack.pack === 'us-ma' ? { ...pack, version: '2030.1.0' } : pack));
    const replay = await replayDecision(evidence[0]!.decisionId, partsFor(store, newer));
    expect(replay?.isSame).toBe(false);
    expect(replay?.versions).toContainEqual(expect.objectContaining({ pack: 'us-ma', now: '2030.1.0' }));
    expect(replay?.versions).toContainEqual(expect.objectContaining({ pack: 'us-tcpa', now: null }));
    expect(await replayDecision('P1~0~0123456789abcdef', partsFor(store))).toBeNull();
  });
});
