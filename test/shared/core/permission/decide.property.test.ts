import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { RulePackSchema, type RulePack } from '#shared/contracts/rule-pack.ts';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { decidePermission, type PermissionDecision } from '#shared/core/permission/decide-permission.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { searchMs } from '#shared/core/permission/judging.ts';
import { toContactRequest } from '#shared/core/permission/to-contact-request.ts';
import { dayMs, minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { hostileZones, instant, pack, permissionCase, request } from './arbitrary.ts';
import { Oracle } from './oracle.ts';

const runs = Number(process.env['PROPERTY_RUNS'] ?? 150);

function decide(
  contact: Parameters<typeof decidePermission>[0],
  packs: readonly RulePack[],
): PermissionDecision {
  const decision = decidePermission(contact, compilePacks(packs, {}));
  if ('error' in decision) throw new Error(decision.error);
  return decision;
}

test('a contact is allowed at its next instant, asked again then', () => {
  fc.assert(
    fc.property(permissionCase, ({ packs, request: asked }) => {
      const contact = known(toContactRequest(asked));
      const { nextAt } = decide(contact, packs);
      fc.pre(nextAt !== null);
      expect(decide({ ...contact, at: nextAt }, packs)).toMatchObject({ allowed: true, nextAt });
    }),
    { numRuns: runs * 10 },
  );
});

test('nothing before the next instant is allowed: every minute, and either side of every hour', () => {
  fc.assert(
    fc.property(permissionCase, ({ packs, request: asked }) => {
      const contact = known(toContactRequest(asked));
      const { nextAt, allowed } = decide(contact, packs);
      fc.pre(!allowed);
      const end = Math.min(nextAt ?? Infinity, contact.at + searchMs + 1, contact.at + 3 * dayMs);
      const compiled = compilePacks(packs, {});
      for (let at: number = contact.at; at < end; at += minuteMs) {
        for (const probe of at % (60 * minuteMs) === 0 ? [at - 1, at, at + 1] : [at]) {
          if (probe <= contact.at || probe >= end) continue;
          expect(decidePermission({ ...contact, at: toInstant(probe) }, compiled)).toMatchObject({
            allowed: false,
          });
        }
      }
    }),
    { numRuns: Math.ceil(runs / 10) },
  );
}, 120_000);

/** Without events, consents and facts that the request doesn't know yet: asked later it would know them. */
function known(contact: ReturnType<typeof toContactRequest>): ReturnType<typeof toContactRequest> {
  const past = <T extends { readonly at: number }>(list: readonly T[]) =>
    list.filter(({ at }) => at <= contact.at);
  return {
    ...contact,
    history: past(contact.history),
    consents: past(contact.consents),
    facts: past(contact.facts),
  };
}

test('no contact is ever allowed outside a window in any zone', () => {
  const zones = fc.uniqueArray(fc.constantFrom(...hostileZones), { minLength: 1, maxLength: 3 });
  const hours = fc
    .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 23 }))
    .filter(([a, b]) => a < b);
  fc.assert(
    fc.property(instant, zones, hours, (at, names, [start, end]) => {
      const text = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
      const allow = { daily: [`${text(start)}-${text(end)}`] };
      const packs = [
        RulePackSchema.parse({ pack: 'p', version: '1', rules: [{ id: 'w', kind: 'window', allow }] }),
      ];
      const contact = toContactRequest({
        at: new Date(at).toISOString(),
        channel: 'call',
        packs: ['p'],
        debtor: { id: 'P', zones: names.map((zone) => ({ zone, evidence: 'address' })) },
      });
      const { nextAt } = decide(contact, packs);
      for (const name of nextAt === null ? [] : names) {
        const { hour } = Temporal.Instant.fromEpochMilliseconds(nextAt!).toZonedDateTimeISO(name);
        expect(hour).toBeGreaterThanOrEqual(start);
        expect(hour).toBeLessThan(end);
      }
    }),
    { numRuns: runs * 4 },
  );
});

test('another pack never allows more, nor sooner', () => {
  const oneMore = instant.chain((at) =>
    fc.record({ first: pack('a', at), second: pack('b', at), asked: request(at, ['a']) }),
  );
  fc.assert(
    fc.property(oneMore, ({ first, second, asked }) => {
      // A pack that says that a kind of hold does not suspend takes that kind out of the strict default; that is its point.
      fc.pre(second.rules.every((rule) => rule.kind !== 'hold'));
      const contact = toContactRequest(asked);
      const alone = decide(contact, [first, second]);
      const both = decide({ ...contact, packs: ['a', 'b'] }, [first, second]);
      expect(both.nextAt ?? Infinity).toBeGreaterThanOrEqual(alone.nextAt ?? Infinity);
    }),
    { numRuns: runs * 4 },
  );
});

test('another hold never allows more, nor sooner', () => {
  const kinds = fc.constantFrom('dispute', 'hardship', 'fraud');
  fc.assert(
    fc.property(
      permissionCase,
      kinds,
      fc.integer({ min: -30, max: 30 }),
      ({ packs, request: asked }, kind, days) => {
        const contact = toContactRequest(asked);
        const today = Math.floor(contact.at / dayMs);
        const held = {
          ...contact,
          holds: [...contact.holds, { kind, from: today + days, until: today + days + 9 }],
        };
        const before = decide(contact, packs).nextAt ?? Infinity;
        expect(decide(held, packs).nextAt ?? Infinity).toBeGreaterThanOrEqual(before);
      },
    ),
    { numRuns: runs * 4 },
  );
});

test('the same request and packs give the same bytes, and the order of the history does not matter', () => {
  fc.assert(
    fc.property(permissionCase, ({ packs, request: asked }) => {
      const first = permit(asked, compilePacks(packs, {}));
      expect(JSON.stringify(permit(structuredClone(asked), compilePacks(packs, {})))).toBe(
        JSON.stringify(first),
      );
      const turned = permit({ ...asked, history: asked.history?.toReversed() }, compilePacks(packs, {}));
      expect({ ...turned, facts: '' }).toEqual({ ...first, facts: '' });
    }),
    { numRuns: runs * 2 },
  );
});

test('the search ends, however the windows lie', () => {
  const everyMinute = Array.from({ length: 700 }, (_, index) => {
    const text = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    return [
      `${text(index * 2)}-${text(index * 2 + 1)}`,
      `${text(index * 2 + 1)}-${text(index * 2 + 2)}`,
    ] as const;
  });
  const contact = toContactRequest({
    at: '2026-03-01T00:00:00Z',
    channel: 'call',
    packs: ['p'],
    debtor: {
      id: 'P',
      zones: [{ zone: 'UTC', evidence: 'address' }],
      personalWindows: [
        { allow: { daily: everyMinute.map(([even]) => even) } },
        { allow: { daily: everyMinute.map(([, odd]) => odd) } },
      ],
    },
  });
  const packs: RulePack[] = [
    { pack: 'p', version: '1', tz: { mode: 'intersect_all', unknown: 'deny' }, rules: [] },
  ];
  expect(decide(contact, packs)).toMatchObject({ allowed: false, nextAt: null });
});

test('the oracle and the engine meet in enough cases of each outcome to mean something', () => {
  const seen = { allowed: 0, later: 0, never: 0 };
  for (const { packs, request: asked } of fc.sample(permissionCase, { numRuns: 200, seed: 7 })) {
    const { allowed, nextAt } = decide(toContactRequest(asked), packs);
    seen[allowed ? 'allowed' : nextAt === null ? 'never' : 'later'] += 1;
    expect(new Oracle(asked, packs).denials(toContactRequest(asked).at).length === 0).toBe(allowed);
  }
  expect(Math.min(seen.allowed, seen.later, seen.never)).toBeGreaterThan(20);
});
