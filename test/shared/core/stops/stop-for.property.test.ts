import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChannelSchema } from '#shared/contracts/primitives.ts';
import type { Stop, StopScope } from '#shared/contracts/stop.ts';
import { stopFor, stopIdOf, type StoppableContact } from '#shared/core/stops/stop-for.ts';
import { stopForContact } from '#shared/core/stops/stop-for-contact.ts';
import { parseStopId } from '#shared/core/stops/stop-id.ts';
import { account } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { entry, noon } from '#test/builders/stored.ts';

/** Few words for all, so that a creditor and a strategy, say, often have the same name. */
const word = fc.constantFrom('card', 'loan', 'sms', 'demo:bank');
const channel = fc.constantFrom(...ChannelSchema.options);
const scope: fc.Arbitrary<StopScope> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  word.map((creditor) => ({ kind: 'creditor' as const, creditor })),
  word.map((strategy) => ({ kind: 'strategy' as const, strategy })),
  channel.map((name) => ({ kind: 'channel' as const, channel: name })),
  word.map((experiment) => ({ kind: 'experiment' as const, experiment })),
);
const stop: fc.Arbitrary<Stop> = fc
  .tuple(scope, fc.nat(3))
  .map(([stopped, later]) => stopOf(stopped, { at: noon + later }));
const stops = fc.array(stop, { maxLength: 6 });
const contact: fc.Arbitrary<StoppableContact> = fc.record({ creditor: word, strategy: word, channel });

/** What a scope covers, said by its id alone: written apart from the code that is tested. */
function isNamed(stopId: string, { creditor, strategy, channel: by }: StoppableContact): boolean {
  return ['all', `creditor:${creditor}`, `strategy:${strategy}`, `channel:${by}`].includes(stopId);
}

describe('a stop', () => {
  it('covers exactly the contacts that its scope names', () => {
    const law = fc.property(stops, contact, (inForce, about) => {
      const covering = inForce.filter(({ stopId }) => isNamed(stopId, about));
      const found = stopFor(inForce, about);
      expect(found !== undefined).toBe(covering.length > 0);
      if (found !== undefined) expect(covering).toContain(found);
    });
    fc.assert(law);
  });

  it('that is oldest answers for several, in whatever order they come', () => {
    const shuffles = stops.chain((inForce) =>
      fc.tuple(fc.constant(inForce), fc.shuffledSubarray(inForce, { minLength: inForce.length })),
    );
    const law = fc.property(shuffles, contact, ([inForce, shuffled], about) => {
      const oldest = Math.min(...inForce.filter(({ stopId }) => isNamed(stopId, about)).map(({ at }) => at));
      expect(stopFor(shuffled, about)?.at ?? Infinity).toBe(oldest);
    });
    fc.assert(law);
  });

  it('more never lets a contact through that was stopped', () => {
    const law = fc.property(stops, stop, contact, (inForce, another, about) => {
      if (stopFor(inForce, about) !== undefined)
        expect(stopFor([...inForce, another], about)).not.toBeUndefined();
    });
    fc.assert(law);
  });

  it('of a contact about several accounts needs to cover only one of them', () => {
    const banks = ['demo-bank', 'other-bank', 'third-bank'];
    const law = fc.property(
      stops,
      fc.subarray(banks, { minLength: 1 }),
      channel,
      word,
      (inForce, of, by, name) => {
        const accounts = of.map((creditor, index) => account({ accountId: `A${index}`, creditor }));
        const about = accounts.map(({ accountId }) => ({
          ...entry().about[0]!,
          accountId,
          strategy: `${name}@2026.1.0`,
        }));
        const decided = { channel: by, about };
        const expected = of.some(
          (creditor) => stopFor(inForce, { creditor, strategy: name, channel: by }) !== undefined,
        );
        expect(stopForContact(inForce, decided, { accounts }) !== undefined).toBe(expected);
      },
    );
    fc.assert(law);
  });

  it('has an id that says what it stops', () => {
    fc.assert(
      fc.property(scope, (stopped) => {
        expect(parseStopId(stopIdOf(stopped))).toEqual(stopped);
      }),
    );
  });

  it.each([
    '',
    'everything',
    'all:',
    'creditor',
    'creditor:',
    'creditor:a b',
    'channel:fax',
    'kind:all',
    'ALL',
  ])('has no id such as "%s"', (stopId) => {
    expect(parseStopId(stopId)).toBeNull();
  });
});
