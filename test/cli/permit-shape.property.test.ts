import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainRequest } from '#cli/permit-shape.ts';
import { PermitRequestSchema } from '#shared/contracts/permission.ts';
import { permissionCase } from '#test/shared/core/permission/arbitrary.ts';

/** Replaces, removes or adds a value somewhere in a request: most results are no requests any more. */
function mutate(value: unknown, path: readonly number[], to: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (Array.isArray(value))
    return value.map((item: unknown, at) => (at === step % value.length ? mutate(item, rest, to) : item));
  if (typeof value !== 'object' || value === null) return to;
  const keys = Object.keys(value);
  const key = keys[step % (keys.length + 1)] ?? 'unknown';
  return {
    ...value,
    [key]: rest.length === 0 ? to : mutate((value as Record<string, unknown>)[key], rest, to),
  };
}

const junk = fc.oneof(
  fc.constantFrom('', 'call', 'US-FL', 'us', '2026-02-30', '2026-03-10T12:00:00', 'x'.repeat(600), null, [], {}, true, -1, 1.5, 2 ** 60),
  fc.jsonValue(),
); // prettier-ignore

test('what the quick check accepts, the schema accepts unchanged', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      permissionCase,
      fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
      junk,
      ({ request }, path, to) => {
        const value = JSON.parse(JSON.stringify(mutate(request, path, to))) as unknown;
        if (!isPlainRequest(value)) return;
        accepted += 1;
        expect(PermitRequestSchema.parse(value)).toEqual(value);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('it accepts every request without personal windows', () => {
  fc.assert(
    fc.property(permissionCase, ({ request }) => {
      const { personalWindows, ...debtor } = request.debtor;
      expect(isPlainRequest({ ...request, debtor })).toBe(true);
      expect(personalWindows).toBeDefined();
    }),
  );
});
