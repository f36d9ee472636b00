import * as z from 'zod';
import { StopActSchema, StopIdSchema } from './stop.ts';

/** What came of an act: stopping what is stopped and resuming what is not change nothing, and are kept all the same. */
export const stopResults = ['stopped', 'already_stopped', 'resumed', 'not_stopped'] as const;

/** One line of the history: an act, what it was about and what came of it. Kept for ever. */
export const StopRecordSchema = z.strictObject({
  /** Acts are numbered from 1 in the order in which they took effect, whatever the clocks of those who acted. */
  change: z.int().positive(),
  result: z.enum(stopResults),
  stopId: StopIdSchema,
  ...StopActSchema.shape,
});
export type StopRecord = z.infer<typeof StopRecordSchema>;
