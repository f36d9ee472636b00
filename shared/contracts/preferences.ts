import * as z from 'zod';
import { PersonalWindowSchema, personalWindowsMax } from './personal-window.ts';
import { InstantMsSchema, LocaleSchema } from './primitives.ts';

/** How a person wants to be contacted, by their own word; channels are consents (debtor.ts). The newest word stands. */
export const PreferencesSchema = z.strictObject({
  at: InstantMsSchema,
  /** Instead of the language that the feed tells. */
  language: LocaleSchema.optional(),
  /** Hours they asked for or asked to be left alone in, by their own clock; all of them bind. */
  windows: z.array(PersonalWindowSchema).max(personalWindowsMax),
});
export type Preferences = z.infer<typeof PreferencesSchema>;
