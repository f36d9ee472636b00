import { describe, expect, it } from 'vitest';
import { readChanged } from './small-config.ts';

const title = 'title: { en: Some, zh: 某 }';
const otherwise = `otherwise: { segment: ordinary, ${title}, why: The rest. }\n`;

/** A segments.yaml whose rules are these lines. */
function segmentsFile(...rules: readonly string[]): string {
  return ['segments:', ...rules, otherwise].join('\n');
}
function rule(segment: string, when: string): string {
  return `  - { segment: ${segment}, ${title}, why: A reason., when: ${when} }`;
}

describe('segments.yaml', () => {
  it('may be missing, and is part of the bundle when it is there', async () => {
    const without = await readChanged({});
    expect(without.read.ok && without.read.bundle.segments).toBeUndefined();
    const { read } = await readChanged({
      'segments.yaml': segmentsFile(rule('late', '{ daysPastDue: { gt: 30 } }')),
    });
    expect(read.ok && read.bundle.segments?.segments.map(({ segment }) => segment)).toEqual(['late']);
    expect(read.ok && without.read.ok && read.bundle.version !== without.read.bundle.version).toBe(true);
  });

  it.each([
    ['itself', '{ segment: late }', 'segments[0].when.segment'],
    [
      'among alternatives',
      '{ contacts: 1, any: [{ balance: 1 }, { segment: late }] }',
      'segments[0].when.any[1].segment',
    ],
    ['among exceptions', '{ none: [{ segment: late }] }', 'segments[0].when.none[0].segment'],
    ['in a list of signs', '[{ contacts: 1 }, { segment: late }]', 'segments[0].when[1].segment'],
  ])('refuses a rule that asks for the segment %s', async (_name, when, field) => {
    const { errors } = await readChanged({ 'segments.yaml': segmentsFile(rule('early', when)) });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^segments\.yaml:2: /u);
    expect(errors[0]).toContain(
      `${field} asks for the segment that it is to decide: test the behaviour itself`,
    );
  });

  it('refuses a segment that is named twice, and a rule that tests nothing', async () => {
    const twice = segmentsFile(rule('late', '{ contacts: 1 }'), rule('late', '{ contacts: 2 }'));
    expect((await readChanged({ 'segments.yaml': twice })).errors[0]).toMatch(
      /^segments\.yaml:3: segments\[1\]\.segment is "late" a second time/u,
    );
    const empty = segmentsFile(rule('late', '{}'));
    expect((await readChanged({ 'segments.yaml': empty })).errors.join()).toContain('says nothing');
  });

  it('refuses a fact that does not exist, by its name', async () => {
    const { errors } = await readChanged({ 'segments.yaml': segmentsFile(rule('late', '{ daysLate: 3 }')) });
    expect(errors.join('\n')).toMatch(/^segments\.yaml:2: .*daysLate/u);
  });

  it('refuses a strategy for a segment that is not there, wherever it names it', async () => {
    const { errors } = await readChanged({
      'segments.yaml': segmentsFile(rule('late', '{ contacts: 1 }')),
      'strategies/plain.yaml': [
        'stages:\n',
        'segments: [late, ltae]\nwhen: { none: [{ segment: { not: [ordinary, oridnary] } }] }\nstages:\n',
      ],
    });
    expect(errors).toEqual([
      'strategies/plain.yaml:5: segments[1] is "ltae", which is no segment; add it to segments.yaml or use one of late, ordinary',
      'strategies/plain.yaml:6: when.none[0].segment.not[1] is "oridnary", which is no segment; add it to segments.yaml or use one of late, ordinary',
    ]);
  });
});

describe('models/risk.yaml and priority.yaml', () => {
  it('are refused by field', async () => {
    const { errors } = await readChanged({
      'models/risk.yaml': 'model: m\nversion: one\n',
      'priority.yaml': 'recoveryUnknown: 2\ndaysMax: 90\namountMax: 10\nunits: { usd: 1 }\n',
    });
    const told = errors.join('\n');
    expect(told).toContain('models/risk.yaml:2: version');
    expect(told).toContain('priority.yaml:1: recoveryUnknown');
    expect(told).toContain('priority.yaml:4: units');
  });
});
