import * as z from 'zod';
import { CountrySchema, IdSchema } from './primitives.ts';

/** Queue that takes what nothing else was said about; a file for it has to exist. */
export const defaultQueue = 'human';

/** config/queues/<queue>.yaml: where accounts go that the machine does not resolve. */
export const QueueSchema = z
  .strictObject({
    queue: IdSchema.describe('Name of the queue; equals the file name.'),
    kind: z
      .enum(['human', 'outsourced'])
      .describe('`human`: own people work a case. `outsourced`: an agency gets a placement.'),
    title: z.string().min(1).max(200).describe('What it is for, in a few words.'),
    agency: IdSchema.optional().describe('Agency that gets the placements: a file in config/agencies.'),
    firstContactDays: z
      .int()
      .min(1)
      .max(60)
      .describe('Service time: days until whoever takes an account must have tried to reach the person.'),
  })
  .refine(({ kind, agency }) => (kind === 'outsourced') === (agency !== undefined), {
    message: 'is for an `outsourced` queue, and every outsourced queue needs one',
    path: ['agency'],
  });
export type Queue = z.infer<typeof QueueSchema>;

/** config/agencies/<agency>.yaml: who collects for a creditor outside of its house. */
export const AgencySchema = z.strictObject({
  agency: IdSchema.describe(
    'Id of the agency; equals the file name. Its contacts are counted under this id.',
  ),
  title: z.string().min(1).max(200).describe('Name of the agency.'),
  countries: z
    .array(CountrySchema)
    .min(1)
    .describe('Where the people live whom it may be given; an account of another country goes to people.'),
});
export type Agency = z.infer<typeof AgencySchema>;
