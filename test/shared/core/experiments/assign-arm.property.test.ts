import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armFor } from '#shared/core/experiments/assign-arm.ts';
import type { CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import { chiSquareTail } from '#shared/core/experiments/chi-square.ts';
import { sampleRatioPValue } from '#shared/core/experiments/judge-experiment.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { compiled, counts } from '#test/builders/experiment.ts';
import { account } from '#test/builders/person.ts';

/** People of a test. Their ids follow one another, as those of a feed do: the hardest for a hash. */
const peopleCount = 2_000;
/** How unlikely a deal may be before it is a fault: with some hundred deals one in ten thousand is none. */
const pValueMin = 1e-6;

const today = '2026-03-12';
const challengers = [
  { arm: 'later', share: 20, strategy: 'patient' },
  { arm: 'quick', share: 30, strategy: 'quick' },
];
const withHoldOut = (experiment: string, salt?: string): CompiledExperiment =>
  compiled({
    experiment,
    arms: [{ arm: 'as-ever', share: 40, strategy: 'card' }, ...challengers],
    holdOut: { share: 10 },
    ...(salt === undefined ? {} : { salt }),
  });

function armOf(debtorId: string, experiment: CompiledExperiment): string {
  return armFor(account({ debtorId, dueDate: '2026-03-10' }), experiment, today)!.arm;
}

const form = fc.constantFrom(
  (n: number) => String(n),
  (n: number) => `person-${String(n).padStart(5, '0')}`,
  (n: number) => `${String(n * 17)}-C`,
  (n: number) => Math.imul(n, 2_654_435_761).toString(16),
);
const ids = fc
  .tuple(form, fc.nat({ max: 1_000_000 }))
  .map(([write, first]) => Array.from({ length: peopleCount }, (_, index) => write(first + index)));
const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);

describe('the arms of an experiment', () => {
  it('have as many people as their shares say, by chi-square', () => {
    fc.assert(
      fc.property(ids, name, (people, salt) => {
        const experiment = withHoldOut('e', salt);
        const dealtTo = people.map((id) => armOf(id, experiment));
        const arms = experiment.arms.map((dealt) => ({
          dealt,
          counts: counts({ assigned: dealtTo.filter((arm) => arm === dealt.arm).length }),
        }));
        expect(sampleRatioPValue(arms)).toBeGreaterThan(pValueMin);
      }),
      { numRuns: 60 },
    );
  });

  it('are independent of those of another experiment, by chi-square over all pairs of arms', () => {
    fc.assert(
      fc.property(ids, name, name, (people, one, other) => {
        fc.pre(one !== other);
        const [first, second] = [withHoldOut(one), withHoldOut(other)];
        const pairs = new Map<string, number>();
        for (const id of people) {
          const pair = `${armOf(id, first)} ${armOf(id, second)}`;
          pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
        }
        let statistic = 0;
        for (const a of first.arms) {
          for (const b of second.arms) {
            const expected = (peopleCount * a.share * b.share) / 10_000;
            statistic += ((pairs.get(`${a.arm} ${b.arm}`) ?? 0) - expected) ** 2 / expected;
          }
        }
        const degreesOfFreedom = first.arms.length * second.arms.length - 1;
        expect(chiSquareTail(statistic, degreesOfFreedom)).toBeGreaterThan(pValueMin);
      }),
      { numRuns: 20 },
    );
  });

  it('vary from salt to salt as much as chance does, not more: neighbours do not share an arm', () => {
    const people = Array.from({ length: 1_000 }, (_, index) => `person-${String(index).padStart(5, '0')}`);
    const salts = Array.from({ length: 100 }, (_, index) => `salt-${String(index)}`);
    const statistics = salts.map((salt) => {
      const experiment = compiled({ salt });
      const later = people.filter((id) => armOf(id, experiment) === 'later').length;
      return (later - 500) ** 2 / 250;
    });
    // A sum of 100 chi-squares of one degree is one of 100 degrees.
    const sum = statistics.reduce((total, statistic) => total + statistic, 0);
    expect(chiSquareTail(sum, 100)).toBeGreaterThan(0.001);
    expect(chiSquareTail(sum, 100)).toBeLessThan(0.999);
  });

  it('are the same for all accounts of a person, on every day of the experiment', () => {
    const day = fc.integer({ min: 0, max: 27 });
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.tuple(day, day),
        fc.tuple(day, day),
        (debtorId, [due, otherDue], [first, second]) => {
          const experiment = withHoldOut('e');
          const armOn = (dueDay: number, days: number) =>
            armFor(
              account({ debtorId, accountId: `A${String(dueDay)}`, dueDate: addDays('2026-03-04', dueDay) }),
              experiment,
              addDays('2026-03-04', days),
            );
          expect(armOn(due, first)).toEqual(armOn(otherDue, second));
        },
      ),
    );
  });

  it('change nothing before the first day nor after the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -80, max: 80 }), (due, days) => {
        const dueDate = addDays('2026-03-15', due);
        const when = addDays('2026-03-15', days);
        const experiment = compiled();
        if (armFor(account({ dueDate }), experiment, when) === null) return;
        expect(when <= experiment.to).toBe(true);
        // The steps of an arm follow its earliest one.
        expect(addDays(dueDate, experiment.firstDay) >= experiment.from).toBe(true);
      }),
    );
  });
});

describe('whoever was dealt to an arm stays there', () => {
  const people = Array.from({ length: 5_000 }, (_, index) => `D${String(index)}`);
  const before = withHoldOut('e');
  const moved = (after: CompiledExperiment): Set<string> =>
    new Set(
      people.flatMap((id) => {
        const [from, to] = [armOf(id, before), armOf(id, after)];
        return from === to ? [] : [`${from} to ${to}`];
      }),
    );
  const changed = (changes: Parameters<typeof compiled>[0]): CompiledExperiment =>
    compiled({
      experiment: 'e',
      arms: [{ arm: 'as-ever', share: 40, strategy: 'card' }, ...challengers],
      holdOut: { share: 10 },
      ...changes,
    });

  it('when dates, titles, limits or the order of the champion change', () => {
    const other = changed({
      title: 'Other',
      from: '2026-03-02',
      to: '2026-06-30',
      guardRails: { optOutRateMax: 0.5, complaintRateMax: 0.5, minimumPeople: 10 },
      arms: [...challengers, { arm: 'as-ever', share: 40, strategy: 'card' }],
    });
    expect(moved(other)).toEqual(new Set());
  });

  it('unless they were of the champion, when an arm is added at the end', () => {
    const added = changed({
      arms: [
        { arm: 'as-ever', share: 25, strategy: 'card' },
        ...challengers,
        { arm: 'new', share: 15, strategy: 'new' },
      ],
    });
    expect(moved(added)).toEqual(new Set(['as-ever to new']));
  });

  it('unless they were of the champion, when the last arm or the hold-out grows', () => {
    const grown = changed({
      arms: [
        { arm: 'as-ever', share: 20, strategy: 'card' },
        challengers[0]!,
        { ...challengers[1]!, share: 40 },
      ],
      holdOut: { share: 20 },
    });
    expect(moved(grown)).toEqual(new Set(['as-ever to quick', 'as-ever to hold-out']));
  });
});
