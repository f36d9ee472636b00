import type { ReplySettings } from '#shared/contracts/reply-words.ts';
import { chineseNumberAt, readNumberAt } from './numbers.ts';
import type { Token } from './tokens.ts';

type Dayparts = ReplySettings['dayparts'];

/** A time of day, or a part of the day, that a text names. */
export interface ReadTime {
  readonly end: number;
  /** HH:MM; absent where only a window is named. */
  readonly time?: string;
  /** HH:MM-HH:MM; absent where a point in time is named. */
  readonly window?: string;
}

const word = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';
const isRun = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((each, offset) => word(tokens, at + offset) === each);

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
  const after = afterWords.find((words) => isRun(tokens, at, words));
  const before = after ?? beforeWords.find((words) => isRun(tokens, at, words));
  if (before === undefined) return chineseEdgeAt(tokens, at);
  const clock = latinClockAt(tokens, at + before.length, true);
  if (clock === undefined) return undefined;
  return { end: clock.end, window: after === undefined ? until(clock.minutes) : from(clock.minutes) };
}

function chineseEdgeAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const clock = chineseClockAt(tokens, at);
  if (clock === undefined) return undefined;
  for (const mark of ['以后', '之后', '过后', '后']) {
    if (isRun(tokens, clock.end, [...mark]))
      return { end: clock.end + mark.length, window: from(clock.minutes) };
  }
  for (const mark of ['以前', '之前', '前']) {
    if (isRun(tokens, clock.end, [...mark]))
      return { end: clock.end + mark.length, window: until(clock.minutes) };
  }
  return undefined;
}

const joints = new Set(['and', 'to', 'y', 'a', '-', 'till', 'til', 'until', '到', '至']);

/** `between 5 and 7pm`, `5-7pm`, `entre las 5 y las 7`, `5点到7点`. */
function rangeAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const isOpened = ['between', 'entre', 'from', 'de', 'desde'].includes(word(tokens, at));
  const hyphen = /^(\d{1,2})-(\d{1,2})$/u.exec(word(tokens, at));
  if (hyphen !== null) {
    const half = word(tokens, at + 1);
    if (half !== 'pm' && half !== 'am') return undefined;
    return window(toHalf(Number(hyphen[1]), half), toHalf(Number(hyphen[2]), half), at + 2);
  }
  const first = clockAt(tokens, isOpened ? at + 1 : at, isOpened);
  if (first === undefined || !joints.has(word(tokens, first.end))) return undefined;
  const second = clockAt(tokens, first.end + 1, isOpened || first.isCertain);
  if (second === undefined) return undefined;
  const isLater = second.minutes >= halfDay && first.minutes < halfDay && !first.isCertain;
  const start = isLater && first.minutes + halfDay < second.minutes ? first.minutes + halfDay : first.minutes;
  return window(start, second.minutes, second.end);
}

function pointAt(tokens: readonly Token[], at: number): ReadTime | undefined {
  const isOpened = ['at', 'around', 'a'].includes(word(tokens, at));
  const clock =
    clockAt(tokens, isOpened ? at + 1 : at, false) ?? (isOpened ? bareAfterAt(tokens, at) : undefined);
  return clock && { end: clock.end, time: written(clock.minutes) };
}

/** `at 3`, `a las 3`: a bare hour after a word that announces one. */
function bareAfterAt(tokens: readonly Token[], at: number): Clock | undefined {
  if (word(tokens, at) === 'a' && word(tokens, at + 1) !== 'las' && word(tokens, at + 1) !== 'la')
    return undefined;
  return latinClockAt(tokens, at + 1, true);
}

function clockAt(tokens: readonly Token[], at: number, isBareEnough: boolean): Clock | undefined {
  return latinClockAt(tokens, at, isBareEnough) ?? chineseClockAt(tokens, at);
}

const noon: Readonly<Record<string, number>> = {
  noon: halfDay,
  midday: halfDay,
  mediodia: halfDay,
  midnight: 0,
};

/** `3pm`, `10:30 am`, `3 o'clock`, `las 3 de la tarde`; a bare `6` only where a time is expected. */
function latinClockAt(tokens: readonly Token[], start: number, isBareEnough: boolean): Clock | undefined {
  const hasArticle = word(tokens, start) === 'las' || word(tokens, start) === 'la';
  const at = hasArticle ? start + 1 : start;
  const named = noon[word(tokens, at)];
  if (named !== undefined) return { minutes: named, end: at + 1, isCertain: true };
  const read = hoursAt(tokens, at);
  if (read === undefined) return undefined;
  const half = halfAt(tokens, read.end);
  if (half !== undefined)
    return { minutes: toHalf(read.hours, half.half) + read.minutes, end: half.end, isCertain: true };
  const isSaid = read.hasColon || word(tokens, read.end) === 'oclock';
  if (!isSaid && !isBareEnough) return undefined;
  if (isDayMark(tokens, read.end)) return undefined;
  const end = word(tokens, read.end) === 'oclock' ? read.end + 1 : read.end;
  return { minutes: likelyHalf(read.hours) + read.minutes, end, isCertain: read.hours > 12 };
}

/** A number that a date or an amount goes on with is no hour. */
function isDayMark(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  const isOrdinal = next?.joined === true && ['st', 'nd', 'rd', 'th'].includes(next.text);
  return isOrdinal || ['de', 'of', 'days', 'dias', 'weeks', 'semanas', '%', '$'].includes(next?.text ?? '');
}

function hoursAt(
  tokens: readonly Token[],
  at: number,
): { hours: number; minutes: number; end: number; hasColon: boolean } | undefined {
  const colon = /^(\d{1,2})[:.](\d\d)$/u.exec(word(tokens, at));
  if (colon !== null) {
    const [hours, minutes] = [Number(colon[1]), Number(colon[2])];
    return hours <= 24 && minutes < 60
      ? { hours, minutes, end: at + 1, hasColon: word(tokens, at).includes(':') }
      : undefined;
  }
  const token = tokens[at];
  if (token === undefined || token.kind === 'han') return undefined;
  const read =
    token.kind === 'number' && !/^\d{1,2}$/u.test(token.text) ? undefined : readNumberAt(tokens, at);
  if (read === undefined || !Number.isInteger(read.value) || read.value < 1 || read.value > 24)
    return undefined;
  return { hours: read.value, minutes: 0, end: read.end, hasColon: false };
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
  const found = halves.find(([words]) => isRun(tokens, at, words));
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

const chineseHalves: Readonly<Record<string, 'am' | 'pm'>> = {
  早上: 'am', 上午: 'am', 凌晨: 'am', 早晨: 'am', 中午: 'pm', 下午: 'pm', 傍晚: 'pm', 晚上: 'pm', 夜里: 'pm', 今晚: 'pm', 明晚: 'pm', 明早: 'am',
}; // prettier-ignore

/** `下午三点`, `晚上8点半`, `15点20分`. */
function chineseClockAt(tokens: readonly Token[], start: number): Clock | undefined {
  const half = chineseHalves[word(tokens, start) + word(tokens, start + 1)];
  const at = half === undefined ? start : start + 2;
  const token = tokens[at];
  const hours = token?.kind === 'han' ? chineseNumberAt(tokens, at) : token && readHours(token, at);
  if (hours === undefined || hours.value > 24 || !['点', '时', '點'].includes(word(tokens, hours.end)))
    return undefined;
  const isHour = word(tokens, hours.end) === '点' || word(tokens, hours.end + 1) !== '间';
  if (!isHour) return undefined;
  const end = hours.end + (word(tokens, hours.end + 1) === '钟' ? 2 : 1);
  const minutes = chineseMinutes(tokens, end);
  const base = half === undefined ? likelyHalf(hours.value) : toChineseHalf(hours.value, half);
  return {
    minutes: base + minutes.value,
    end: minutes.end,
    isCertain: half !== undefined || hours.value > 12,
  };
}

function readHours(token: Token, at: number): { value: number; end: number } | undefined {
  return /^\d{1,2}$/u.test(token.text) ? { value: Number(token.text), end: at + 1 } : undefined;
}

function toChineseHalf(hours: number, half: 'am' | 'pm'): number {
  return hours === 12 ? halfDay : toHalf(hours, half);
}

function chineseMinutes(tokens: readonly Token[], at: number): { value: number; end: number } {
  if (word(tokens, at) === '半') return { value: 30, end: at + 1 };
  const token = tokens[at];
  const count = token?.kind === 'han' ? chineseNumberAt(tokens, at) : token && readHours(token, at);
  const isMinutes = count !== undefined && count.value < 60 && word(tokens, count.end) === '分';
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
  const found = daypartWords.find(([words]) => isRun(tokens, at, words));
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
