import * as z from 'zod';
import { ConditionSchema, type Condition } from './condition.ts';
import { IdSchema } from './primitives.ts';

const segmentsMax = 50;
const alternativesMax = 10;
const textLengthMax = 300;

const TitleSchema = z.strictObject({
  en: z.string().min(1).max(100).describe('In English.'),
  zh: z.string().min(1).max(100).describe('In Chinese.'),
});

const DefaultSegmentSchema = z.strictObject({
  segment: IdSchema.describe('Name that strategies and conditions use.'),
  title: TitleSchema.describe('What people call it.'),
  why: z
    .string()
    .min(1)
    .max(textLengthMax)
    .describe('What it means for the treatment, for whoever reads it.'),
});

/** One kind of debtor, and the behaviour by which it is known. */
export const SegmentSchema = DefaultSegmentSchema.extend({
  when: z
    .union([ConditionSchema, z.array(ConditionSchema).min(1).max(alternativesMax)])
    .describe('Signs of it; of a list one suffices. It must not test `segment`.'),
});
export type Segment = z.infer<typeof SegmentSchema>;

/** config/segments.yaml: kinds of debtor by their behaviour; the first one whose signs are there is the account's. */
export const SegmentsSchema = z
  .strictObject({
    segments: z
      .array(SegmentSchema)
      .max(segmentsMax)
      .describe('In the order in which they are tried; the first that holds is taken.'),
    otherwise: DefaultSegmentSchema.describe('The segment of accounts of which none holds.'),
  })
  .superRefine(({ segments, otherwise }, context) => {
    const seen = new Set([otherwise.segment]);
    for (const [index, { segment, when }] of segments.entries()) {
      if (seen.has(segment)) {
        const message = `is "${segment}" a second time: give it a list of conditions instead`;
        context.addIssue({ code: 'custom', path: ['segments', index, 'segment'], message });
      }
      seen.add(segment);
      for (const path of testsOfSegment(when)) {
        context.addIssue({
          code: 'custom',
          path: ['segments', index, 'when', ...path],
          message: 'asks for the segment that it is to decide: test the behaviour itself',
        });
      }
    }
  });
export type Segments = z.infer<typeof SegmentsSchema>;

/** Where the conditions of a segment test a segment: what no order could decide. */
function testsOfSegment(when: Segment['when']): PropertyKey[][] {
  if (Array.isArray(when)) {
    return when.flatMap((one, index) => testsIn(one).map((path) => [index, ...path]));
  }
  return testsIn(when);
}

function testsIn({ segment, any = [], none = [] }: Condition): PropertyKey[][] {
  const inner = [...any.entries()].map(([index, tests]) => ({ tests, path: ['any', index, 'segment'] }));
  const excluded = [...none.entries()].map(([index, tests]) => ({ tests, path: ['none', index, 'segment'] }));
  return [
    ...(segment === undefined ? [] : [['segment']]),
    ...[...inner, ...excluded].flatMap(({ tests, path }) => (tests.segment === undefined ? [] : [path])),
  ];
}
