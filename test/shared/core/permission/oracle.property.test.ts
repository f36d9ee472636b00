import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { permissionCase } from './arbitrary.ts';
import { Oracle } from './oracle.ts';

const runs = Number(process.env['ORACLE_RUNS'] ?? 60);

test('agrees with a naive second reading of the contract on random packs and requests', () => {
  fc.assert(
    fc.property(permissionCase, ({ packs, request }) => {
      const decision = permit(request, compilePacks(packs, {}));
      const expected = new Oracle(request, packs).answer();
      const actual =
        'error' in decision
          ? decision
          : {
              allowed: decision.allowed,
              nextAt: decision.nextAt === null ? null : Date.parse(decision.nextAt),
              reasons: [...new Set(decision.reasons.map(({ rule }) => rule))].sort(),
            };
      expect(actual).toEqual({ ...expected, reasons: expected.reasons.sort() });
    }),
    { numRuns: runs },
  );
}, 600_000);
