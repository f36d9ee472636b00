import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { decidePermission } from '#shared/core/permission/decide-permission.ts';
import { explainPermission } from '#shared/core/permission/explain-permission.ts';
import { historySeenBy } from '#shared/core/permission/look-back.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { toContactRequest } from '#shared/core/permission/to-contact-request.ts';
import { toPermitRequest } from '#shared/core/permission/to-permit-request.ts';
import { permissionCase, type PermissionCase } from './arbitrary.ts';

const always = (holds: (one: PermissionCase) => void) =>
  fc.assert(fc.property(permissionCase, holds), { numRuns: 400 });

test('the explanation denies by the rules that the decision names, and finds the same next chance', () => {
  always(({ packs, request }) => {
    const compiled = compilePacks(packs, {});
    const contact = toContactRequest(request);
    const decision = decidePermission(contact, compiled);
    const explained = explainPermission(contact, compiled);
    if ('error' in decision || 'error' in explained) {
      expect(explained).toEqual(decision);
      return;
    }
    const denying = explained.rules.filter(({ verdict }) => verdict === 'denies');
    expect(denying.map(({ rule, kind, force, cite }) => ({ rule, kind, force, cite }))).toEqual(
      decision.reasons,
    );
    expect(explained).toMatchObject({ allowed: decision.allowed, nextAt: decision.nextAt });
    const latest = Math.max(contact.at, ...denying.map(({ passesAt }) => passesAt ?? Infinity));
    expect(decision.nextAt ?? Infinity).toBeGreaterThanOrEqual(latest);
  });
});

test('the explanation names every rule of every pack once', () => {
  always(({ packs, request }) => {
    const explained = explainPermission(toContactRequest(request), compilePacks(packs, {}));
    if ('error' in explained) return;
    const applied = new Set(explained.packs.map(({ pack }) => pack));
    const expected = packs
      .filter(({ pack }) => applied.has(pack))
      .flatMap(({ pack, rules }) =>
        rules.filter(({ status }) => status !== 'unverified').map(({ id }) => `${pack}/${id}`),
      );
    const told = explained.rules.map(({ rule }) => rule).filter((rule) => !rule.startsWith('builtin/'));
    expect(told.sort()).toEqual(expected.sort());
  });
});

test('a cap denies exactly when the events told as counted have reached it', () => {
  always(({ packs, request }) => {
    const contact = { ...toContactRequest(request), consents: [] };
    const explained = explainPermission(contact, compilePacks(packs, {}));
    if ('error' in explained) return;
    for (const { finding, verdict } of explained.rules) {
      if (finding?.kind !== 'cap' || finding.distinctChannels) continue;
      const isKnown = explained.packs.every(({ zones }) => zones.length > 0);
      if (isKnown) expect(finding.counted.length >= finding.max).toBe(verdict === 'denies');
    }
  });
});

test('a request written as text, with the history that its packs look at, is decided alike', () => {
  always(({ packs, request }) => {
    const compiled = compilePacks(packs, {});
    const contact = toContactRequest(request);
    const bound = [...compiled.byId.values()];
    const text = toPermitRequest({ ...contact, history: historySeenBy(bound, contact) }, request.debtor.id);
    const { facts: _one, id: _id, ...expected } = { facts: '', ...permit(request, compiled) };
    const { facts: _other, id: _none, ...stored } = { facts: '', ...permit(text, compiled) };
    expect(stored).toEqual(expected);
    expect(JSON.stringify(text)).toBe(
      JSON.stringify(toPermitRequest(toContactRequest(text), request.debtor.id)),
    );
  });
});
