import { dayMs, hourMs, minuteMs } from './instant.ts';

/** Reads `HH:MM-HH:MM` as start and end in milliseconds of the local day; not numbers when the text has another form. */
export function parseWindowText(text: string): readonly [start: number, end: number] {
  const match = /^(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)$/.exec(text);
  if (match === null) return [Number.NaN, Number.NaN];
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = match.slice(1).map(Number);
  return [startHour * hourMs + startMinute * minuteMs, endHour * hourMs + endMinute * minuteMs];
}

/**
 * Whether the text names a window. An end before the start runs into the next day; an end at the start names nothing,
 * because nobody can tell whether none of the day or all of it is meant.
 */
export function isWindowText(text: string): boolean {
  const [start, end] = parseWindowText(text);
  return start < dayMs && end <= dayMs && start !== end;
}
