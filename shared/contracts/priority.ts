import * as z from 'zod';
import { CurrencySchema } from './primitives.ts';

/** Highest priority of a case; nine digits, so that a work list can sort it as text of one length. */
export const priorityMax = 999_999_999;

/** config/priority.yaml: what orders the cases that people work on: predicted recovery × days past due × amount past due. */
export const PrioritySettingsSchema = z.strictObject({
  recoveryUnknown: z
    .number()
    .min(0)
    .max(1)
    .describe('Predicted recovery of an account whose risk nobody can tell, 0 to 1.'),
  daysMax: z
    .int()
    .min(1)
    .max(3_650)
    .describe('Days past due beyond which age raises the priority no further.'),
  amountMax: z
    .number()
    .positive()
    .max(1e9)
    .describe('Amount past due, in units, beyond which it raises the priority no further.'),
  units: z
    .record(CurrencySchema, z.number().positive().max(1e9))
    .describe(
      'Roughly how much of a currency is worth one unit, so that accounts in several currencies can stand in one list; a currency that is not named counts as it is.',
    ),
});
export type PrioritySettings = z.infer<typeof PrioritySettingsSchema>;

/** How cases are ordered where config/priority.yaml is absent. */
export const prioritySettingsDefault: PrioritySettings = {
  recoveryUnknown: 0.5,
  daysMax: 90,
  amountMax: 100_000,
  units: {},
};
