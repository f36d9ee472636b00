import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChannelSchema } from '#shared/contracts/primitives.ts';
import { attemptStates } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { riskFeatureNames, type RiskModel } from '#shared/contracts/risk-model.ts';
import { readConfig } from '#cli/read-config.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { requestOf } from '#shared/core/decision/contact-permission.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { decidePermission } from '#shared/core/permission/decide-permission.ts';
import { compileSegments } from '#shared/core/segments/compile-segments.ts';
import { dayMs, hourMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';

const start = at('2026-06-01T00:00:00Z');
const read = await readConfig(new URL('../../../../config', import.meta.url).pathname, {
  today: '2026-06-01',
});
if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
const shipped = compileRules(read.bundle);
const shippedModel = read.bundle.riskModel;
if (shippedModel === undefined) throw new Error('no model is shipped');

const modelArb: fc.Arbitrary<RiskModel | null> = fc.option(
  fc
    .record({
      intercept: fc.integer({ min: -20, max: 20 }),
      weights: fc.tuple(...riskFeatureNames.map(() => fc.integer({ min: -10, max: 10 }))),
    })
    .map(({ intercept, weights }) => ({
      ...shippedModel,
      intercept,
      features: shippedModel.features.map((one, index) => ({ ...one, weight: weights[index] ?? 0 })),
    })),
);

const places = [
  { country: 'CN', region: 'SH', phone: '+8613900000001' },
  { country: 'US', region: 'MA', postalCode: '02108', phone: '+12125550123' },
  { country: 'GB', phone: '+447700900123' },
  { country: 'TW', phone: '+886900000001' },
];

const personArb = fc
  .record({
    place: fc.constantFrom(...places),
    consents: fc.array(
      fc.record({
        channel: ChannelArb(),
        level: fc.constantFrom('none' as const, 'express' as const, 'written' as const, 'optout' as const),
        at: fc.integer({ min: start - 90 * dayMs, max: start }),
      }),
      { maxLength: 4 },
    ),
    days: fc.integer({ min: -10, max: 200 }),
    columns: fc.record(
      {
        x_credit_limit: fc.constantFrom('0', '500', '100000'),
        x_times_late_3: fc.constantFrom('0', '3', 'x'),
        x_paid_last_month: fc.constantFrom('0', '10'),
        x_complaints: fc.constantFrom('0', '2'),
        x_special: fc.constantFrom('no', 'disaster'),
      },
      { requiredKeys: [] },
    ),
    riskScore: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 1 }),
    attempts: fc.array(
      fc.record({
        channel: ChannelArb(),
        state: fc.constantFrom(...attemptStates),
        hoursAgo: fc.integer({ min: 0, max: 240 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ place, consents, days, columns, riskScore, attempts }): Person => {
    const dueDate = new Date(start - days * dayMs).toISOString().slice(0, 10);
    const { region: _region, ...elsewhere } = debtor();
    return person({
      debtor: { ...elsewhere, ...place, consents },
      accounts: [
        account({
          dueDate,
          attributes: columns,
          pastDue: days > 0 ? 100 : 0,
          ...(riskScore !== undefined && { riskScore }),
        }),
      ],
      attempts: attempts
        .toSorted((a, b) => b.hoursAgo - a.hoursAgo)
        .map(({ channel, state, hoursAgo }, index) => {
          const reservedAt = start - hoursAgo * hourMs;
          return entry({ contactId: `c${index}`, channel, state, reservedAt, stateAt: reservedAt });
        }),
    });
  });

function ChannelArb() {
  return fc.constantFrom(...ChannelSchema.options);
}

/** What the engine answers about a contact on each channel, and which risk and segment the account has by these rules. */
function answers(who: Person, rules: DecisionRules, now: Instant) {
  const view = viewOf(who, rules, now);
  const one = who.accounts[0];
  if (view === null || one === undefined) throw new Error('nobody');
  const { risk, segment } = factScope(one, view);
  const permissions = ChannelSchema.options.map((channel) => {
    const destination = channel === 'email' ? view.debtor.email : view.debtor.phone;
    const proposal = {
      account: one,
      channel,
      purpose: 'collection' as const,
      destination: destination ?? '',
      elements: ['creditor_identity', 'optout_instruction'],
    };
    return decidePermission(requestOf(view, proposal, now), rules.packs);
  });
  return { risk, segment, permissions };
}

const hoursArb = fc.integer({ min: 0, max: 14 * 24 }).map((hours) => toInstant(start + hours * hourMs));

describe('who may be contacted', () => {
  it('is the same with any risk model and any segments, and with none', () => {
    let differing = 0;
    fc.assert(
      fc.property(personArb, modelArb, hoursArb, (who, riskModel, now) => {
        const usual = answers(who, shipped, now);
        const other = answers(who, { ...shipped, riskModel, segments: compileSegments() }, now);
        if (JSON.stringify(usual.risk) !== JSON.stringify(other.risk)) differing += 1;
        expect(other.permissions).toEqual(usual.permissions);
      }),
      { numRuns: 300 },
    );
    // The models did say different things of many of these people.
    expect(differing).toBeGreaterThan(20);
  });

  it("is the same whatever score the creditor's feed tells", () => {
    fc.assert(
      fc.property(personArb, fc.double({ min: 0, max: 1, noNaN: true }), hoursArb, (who, riskScore, now) => {
        const scored = { ...who, accounts: who.accounts.map((one) => ({ ...one, riskScore })) };
        expect(answers(scored, shipped, now).permissions).toEqual(answers(who, shipped, now).permissions);
      }),
    );
  });
});
