import * as z from 'zod';
import { isWindowText } from '#shared/kernel/window-text.ts';

/** `HH:MM-HH:MM` in local wall-clock time, half-open; an end before the start runs into the next day. */
const WindowTextSchema = z
  .string()
  .refine(isWindowText, 'is no window: write HH:MM-HH:MM with two different times, 24:00 only as an end');

const WindowsOfDaySchema = z.array(WindowTextSchema).optional();

/** Windows by kind of day. The most specific entry wins: holiday, weekday name, weekdays or weekend, daily. */
export const DaySpecSchema = z.strictObject({
  daily: WindowsOfDaySchema,
  mon: WindowsOfDaySchema,
  tue: WindowsOfDaySchema,
  wed: WindowsOfDaySchema,
  thu: WindowsOfDaySchema,
  fri: WindowsOfDaySchema,
  sat: WindowsOfDaySchema,
  sun: WindowsOfDaySchema,
  weekdays: WindowsOfDaySchema,
  weekend: WindowsOfDaySchema,
  holiday: WindowsOfDaySchema,
});
export type DaySpec = z.infer<typeof DaySpecSchema>;
