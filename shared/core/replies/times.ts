import { byKey } from './by-key.ts';
import type { ReplySettings } from '#shared/contracts/reply-words.ts';
import { chineseNumberAt, readNumberAt } from './numbers.ts';
import { isRunAt, isTextAt, textAt, type Token } from './tokens.ts';

type Dayparts = ReplySettings['dayparts'];

/** A time of day, or a part of the day, that a text names. */
export interface ReadTime {
  readonly end: number;
  /** HH:MM; absent where only a window is named. */
  readonly time?: string;
  /** HH:MM-HH:MM; absent where a point in time is named. */
  readonly window?: string;
}

interface Clock {
  readonly minutes: number;
  readonly end: number;
  /** Whether it was said which half of the day. */
  readonly isCertain: boolean;
}

const dayMinutes = 24 * 60;
const halfDay = 12 * 60;

/** The time or window that begins at a token. */
export function timeAt(tokens: readonly Token[], at: number, dayparts: Dayparts): ReadTime | undefined {
  if (tokens[at] === undefined) return undefined;
  return rangeAt(tokens, at) ?? edgeAt(tokens, at) ?? pointAt(tokens, at) ?? daypartAt(tokens, at, dayparts);
}

const afterWords = [['after'], ['past'], ['despues', 'de'], ['a', 'partir', 'de'], ['luego', 'de']];
const beforeWords = [['before'], ['til'], ['until'], ['antes', 'de'], ['hasta']];

/** `after 6pm`, `antes de las 9`, `六点以后`. */
function edgeAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const after = afterWords.find((words) => isRunAt(tokens, at, words));
  const before = after ?? beforeWords.find((words) => isRunAt(tokens, at, words));
  if (before === undefined) return chineseEdgeAt(tokens, at);
  const clock = latinClockAt(tokens, at + before.length, true);
  if (clock === undefined) return undefined;
  return { end: clock.end, window: after === undefined ? until(clock.minutes) : from(clock.minutes) };
}

function chineseEdgeAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const clock = chineseClockAt(tokens, at);
  if (clock === undefined) return undefined;
  for (const mark of ['以后', '之后', '过后', '后']) {
    if (isTextAt(tokens, clock.end, mark))
      return { end: clock.end + mark.length, window: from(clock.minutes) };
  }
  for (const mark of ['以前', '之前', '前']) {
    if (isTextAt(tokens, clock.end, mark))
      return { end: clock.end + mark.length, window: until(clock.minutes) };
  }
  return undefined;
}

const joints = new Set(['and', 'to', 'y', 'a', '-', 'till', 'til', 'until', '到', '至']);

/** `between 5 and 7pm`, `5-7pm`, `entre las 5 y las 7`, `5点到7点`. */
function rangeAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const hyphen = /^(\d{1,2})-(\d{1,2})$/u.exec(textAt(tokens, at));
  if (hyphen !== null) return hyphenRangeAt(tokens, at, hyphen);
  const isOpened = ['between', 'entre', 'from', 'de', 'desde'].includes(textAt(tokens, at));
  const first = clockAt(tokens, isOpened ? at + 1 : at, isOpened);
  if (first === undefined || !joints.has(textAt(tokens, first.end))) return undefined;
  const second = clockAt(tokens, first.end + 1, isOpened || first.isCertain);
  return second && window(startOfRange(first, second), second.minutes, second.end);
}

/** `5-7pm`. */
function hyphenRangeAt(
  tokens: readonly Token[],
  at: number,
  [, first, second]: RegExpExecArray,
): ReadTime | undefined {
  const half = textAt(tokens, at + 1);
  if (half !== 'pm' && half !== 'am') return undefined;
  return window(toHalf(Number(first), half), toHalf(Number(second), half), at + 2);
}

/** In "between 10 and 11pm" the first hour is of the half that the second one names. */
function startOfRange(first: Clock, second: Clock): number {
  const isLater = !first.isCertain && first.minutes < halfDay && first.minutes + halfDay < second.minutes;
  return isLater ? first.minutes + halfDay : first.minutes;
}

function pointAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const isOpened = ['at', 'around', 'a'].includes(textAt(tokens, at));
  const clock =
    clockAt(tokens, isOpened ? at + 1 : at, false) ?? (isOpened ? bareAfterAt(tokens, at) : undefined);
  return clock && { end: clock.end, time: written(clock.minutes) };
}

/** `at 3`, `a las 3`: a bare hour after a word that announces one. */
function bareAfterAt(tokens: readonly Token[], at: number): Clock | undefined {
  if (textAt(tokens, at) === 'a' && textAt(tokens, at + 1) !== 'las' && textAt(tokens, at + 1) !== 'la')
    return undefined;
  return latinClockAt(tokens, at + 1, true);
}

function clockAt(tokens: readonly Token[], at: number, isBareEnough: boolean): Clock | undefined {
  return latinClockAt(tokens, at, isBareEnough) ?? chineseClockAt(tokens, at);
}

const noon: ReadonlyMap<string, number> = byKey({
  noon: halfDay,
  midday: halfDay,
  mediodia: halfDay,
  midnight: 0,
});

/** `3pm`, `10:30 am`, `3 o'clock`, `las 3 de la tarde`; a bare `6` only where a time is expected. */
function latinClockAt(tokens: readonly Token[], start: number, isBareEnough: boolean): Clock | undefined {
  const at = ['las', 'la'].includes(textAt(tokens, start)) ? start + 1 : start;
  const named = noon.get(textAt(tokens, at));
  if (named !== undefined) return { minutes: named, end: at + 1, isCertain: true };
  const read = hoursAt(tokens, at);
  if (read === undefined) return undefined;
  const half = halfAt(tokens, read.end);
  return half === undefined
    ? hourAlone(tokens, read, isBareEnough)
    : { minutes: toHalf(read.hours, half.half) + read.minutes, end: half.end, isCertain: true };
}

function hourAlone(tokens: readonly Token[], read: Hours, isBareEnough: boolean): Clock | undefined {
  const hasWord = textAt(tokens, read.end) === 'oclock';
  const isSaid = read.hasColon || hasWord || isBareEnough;
  if (!isSaid || isDayMark(tokens, read.end)) return undefined;
  const end = hasWord ? read.end + 1 : read.end;
  return { minutes: likelyHalf(read.hours) + read.minutes, end, isCertain: read.hours > 12 };
}

/** A number that a date or an amount goes on with is no hour. */
function isDayMark(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  const isOrdinal = next?.joined === true && ['st', 'nd', 'rd', 'th'].includes(next.text);
  return isOrdinal || ['de', 'of', 'days', 'dias', 'weeks', 'semanas', '%', '$'].includes(next?.text ?? '');
}

interface Hours {
  readonly hours: number;
  readonly minutes: number;
  readonly end: number;
  readonly hasColon: boolean;
}

function hoursAt(tokens: readonly Token[], at: number): Hours | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind === 'han') return undefined;
  const colon = /^(\d{1,2})[:.](\d\d)$/u.exec(token.text);
  if (colon !== null) return hoursOf(colon, at);
  const isLong = token.kind === 'number' && !/^\d{1,2}$/u.test(token.text);
  const read = isLong ? undefined : readNumberAt(tokens, at);
  return read !== undefined && isHour(read.value)
    ? { hours: read.value, minutes: 0, end: read.end, hasColon: false }
    : undefined;
}

function hoursOf([text, first, second]: RegExpExecArray, at: number): Hours | undefined {
  const [hours, minutes] = [Number(first), Number(second)];
  return hours <= 24 && minutes < 60
    ? { hours, minutes, end: at + 1, hasColon: text.includes(':') }
    : undefined;
}

function isHour(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 24;
}

const halves: readonly (readonly [readonly string[], 'am' | 'pm'])[] = [
  [['am'], 'am'],
  [['pm'], 'pm'],
  [['p'], 'pm'],
  [['in', 'the', 'morning'], 'am'],
  [['in', 'the', 'afternoon'], 'pm'],
  [['in', 'the', 'evening'], 'pm'],
  [['at', 'night'], 'pm'],
  [['de', 'la', 'manana'], 'am'],
  [['de', 'la', 'tarde'], 'pm'],
  [['de', 'la', 'noche'], 'pm'],
];

function halfAt(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; end: number } | undefined {
  const found = halves.find(([words]) => isRunAt(tokens, at, words));
  return found && { half: found[1], end: at + found[0].length };
}

function toHalf(hours: number, half: 'am' | 'pm'): number {
  if (hours > 12) return hours * 60;
  return ((hours % 12) + (half === 'pm' ? 12 : 0)) * 60;
}

/** People who name an hour from 1 to 7 without more mean the afternoon. */
function likelyHalf(hours: number): number {
  return (hours >= 1 && hours <= 7 ? hours + 12 : hours) * 60;
}

const chineseHalves: ReadonlyMap<string, 'am' | 'pm'> = byKey({
  早上: 'am', 上午: 'am', 凌晨: 'am', 早晨: 'am', 中午: 'pm', 下午: 'pm', 傍晚: 'pm', 晚上: 'pm', 夜里: 'pm', 今晚: 'pm', 明晚: 'pm', 明早: 'am',
}); // prettier-ignore

/** `下午三点`, `晚上8点半`, `15点20分`. */
function chineseClockAt(tokens: readonly Token[], start: number): Clock | undefined {
  const half = chineseHalves.get(textAt(tokens, start) + textAt(tokens, start + 1));
  const hours = chineseCountAt(tokens, half === undefined ? start : start + 2);
  if (hours === undefined || hours.value > 24 || !isHourSign(tokens, hours.end)) return undefined;
  const minutes = chineseMinutes(tokens, hours.end + (textAt(tokens, hours.end + 1) === '钟' ? 2 : 1));
  const base = half === undefined ? likelyHalf(hours.value) : toChineseHalf(hours.value, half);
  return {
    minutes: base + minutes.value,
    end: minutes.end,
    isCertain: half !== undefined || hours.value > 12,
  };
}

/** 时间 is time as such, not an hour. */
function isHourSign(tokens: readonly Token[], at: number): boolean {
  return ['点', '时'].includes(textAt(tokens, at)) && !isTextAt(tokens, at, '时间');
}

function chineseCountAt(tokens: readonly Token[], at: number): { value: number; end: number } | undefined {
  const token = tokens[at];
  return token?.kind === 'han' ? chineseNumberAt(tokens, at) : token && readHours(token, at);
}

function readHours(token: Token, at: number): { value: number; end: number } | undefined {
  return /^\d{1,2}$/u.test(token.text) ? { value: Number(token.text), end: at + 1 } : undefined;
}

function toChineseHalf(hours: number, half: 'am' | 'pm'): number {
  return hours === 12 ? halfDay : toHalf(hours, half);
}

function chineseMinutes(tokens: readonly Token[], at: number): { value: number; end: number } {
  if (textAt(tokens, at) === '半') return { value: 30, end: at + 1 };
  const count = chineseCountAt(tokens, at);
  const isMinutes = count !== undefined && count.value < 60 && textAt(tokens, count.end) === '分';
  return isMinutes ? { value: count.value, end: count.end + 1 } : { value: 0, end: at };
}

const daypartWords: readonly (readonly [readonly string[], keyof Dayparts])[] = [
  [['in', 'the', 'morning'], 'morning'], [['mornings'], 'morning'], [['morning'], 'morning'],
  [['in', 'the', 'afternoon'], 'afternoon'], [['afternoon'], 'afternoon'], [['afternoons'], 'afternoon'],
  [['evening'], 'evening'], [['evenings'], 'evening'], [['tonight'], 'evening'],
  [['at', 'night'], 'night'], [['night'], 'night'], [['lunch'], 'midday'],
  [['after', 'work'], 'evening'], [['after', 'hours'], 'evening'],
  [['at', 'work'], 'work'], [['at', 'my', 'job'], 'work'], [['while', 'im', 'working'], 'work'], [['work', 'hours'], 'work'], [['working', 'hours'], 'work'],
  [['during', 'work'], 'work'], [['on', 'the', 'job'], 'work'], [['my', 'work'], 'work'],
  [['por', 'la', 'manana'], 'morning'], [['en', 'la', 'manana'], 'morning'], [['por', 'la', 'tarde'], 'afternoon'],
  [['en', 'la', 'tarde'], 'afternoon'], [['por', 'la', 'noche'], 'evening'], [['en', 'la', 'noche'], 'evening'],
  [['trabajo'], 'work'], [['horario', 'laboral'], 'work'], [['oficina'], 'work'], [['al', 'mediodia'], 'midday'],
  [['早', '上'], 'morning'], [['上', '午'], 'morning'], [['中', '午'], 'midday'], [['下', '午'], 'afternoon'], [['傍', '晚'], 'evening'],
  [['下', '班'], 'evening'], [['晚', '上'], 'evening'], [['今', '晚'], 'evening'], [['明', '晚'], 'evening'], [['夜', '里'], 'night'], [['半', '夜'], 'night'], [['深', '夜'], 'night'],
  [['上', '班'], 'work'], [['工', '作', '时', '间'], 'work'], [['单', '位'], 'work'], [['公', '司'], 'work'],
]; // prettier-ignore

function daypartAt(tokens: readonly Token[], at: number, dayparts: Dayparts): ReadTime | undefined {
  const found = daypartWords.find(([words]) => isRunAt(tokens, at, words));
  return found && { end: at + found[0].length, window: dayparts[found[1]] };
}

function written(minutes: number): string {
  const inDay = Math.min(Math.max(minutes, 0), dayMinutes);
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

function from(minutes: number): string {
  return `${written(minutes)}-24:00`;
}

function until(minutes: number): string {
  return `00:00-${written(minutes)}`;
}

function window(start: number, end: number, at: number): ReadTime | undefined {
  return start === end ? undefined : { end: at, window: `${written(start)}-${written(end)}` };
}
