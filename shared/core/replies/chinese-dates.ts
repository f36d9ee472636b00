import {
  dayOfMonthAfter,
  monthEnd,
  nextDayOfMonth,
  nextMonthDay,
  nextWeekday,
  weekdayOfWeek,
  wholeDate,
  type DateContext,
  type ReadDate,
} from './day-rules.ts';
import { chineseNumberAt } from './numbers.ts';
import type { Token } from './tokens.ts';

type Reader = (tokens: readonly Token[], at: number, context: DateContext) => ReadDate | undefined;

/** The date in Chinese, simplified, that begins at a token. */
export const chineseDateAt: Reader = (tokens, at, context) => {
  const kind = tokens[at]?.kind;
  if (kind !== 'han' && kind !== 'number') return undefined;
  for (const reader of readers) {
    const date = reader(tokens, at, context);
    if (date !== undefined) return date;
  }
  return undefined;
};

const relativeDays: readonly (readonly [string, number])[] = [
  ['大后天', 3],
  ['大后日', 3],
  ['后天', 2],
  ['后日', 2],
  ['明天', 1],
  ['明日', 1],
  ['明儿', 1],
  ['明晚', 1],
  ['明早', 1],
  ['明个', 1],
  ['听日', 1],
  ['聽日', 1],
  ['今天', 0],
  ['今日', 0],
  ['今晚', 0],
  ['今儿', 0],
  ['今早', 0],
  ['昨天', -1],
  ['昨日', -1],
  ['昨晚', -1],
  ['寻日', -1],
  ['大前天', -3],
  ['前天', -2],
  ['前日', -2],
];

function isText(tokens: readonly Token[], at: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset += 1)
    if (tokens[at + offset]?.text !== text[offset]) return false;
  return true;
}

const relative: Reader = (tokens, at, { today }) => {
  const found = relativeDays.find(([text]) => isText(tokens, at, text));
  // "三天前天": the 天 of a count is none of ours; counting reads it.
  return found && { end: at + found[0].length, day: today + found[1] };
};

const weeks: readonly (readonly [string, number | 'plain' | 'past'])[] = [
  ['下下个', 2],
  ['下下', 2],
  ['下个', 1],
  ['下', 1],
  ['上个', 'past'],
  ['上', 'past'],
  ['这个', 'plain'],
  ['这', 'plain'],
  ['本', 'plain'],
  ['', 'plain'],
];
const weekNames = ['星期', '礼拜', '周'];
const weekdayNames: Readonly<Record<string, number>> = {
  一: 0, 二: 1, 三: 2, 四: 3, 五: 4, 六: 5, 日: 6, 天: 6, '1': 0, '2': 1, '3': 2, '4': 3, '5': 4, '6': 5, '7': 6,
}; // prettier-ignore

/** `周五`, `下周一`, `下下周一`, `这个星期天`, `上周五`; the weekend is two days and therefore none. */
const weekday: Reader = (tokens, at, { today }) => {
  for (const [mark, week] of weeks) {
    if (!isText(tokens, at, mark)) continue;
    const nameAt = at + mark.length;
    const name = weekNames.find((each) => isText(tokens, nameAt, each));
    if (name === undefined) continue;
    const dayAt = nameAt + name.length;
    const day = weekdayNames[tokens[dayAt]?.text ?? ''];
    if (day === undefined) return undefined;
    if (tokens[dayAt + 1]?.text === '个' || tokens[dayAt + 1]?.text === '次') return undefined;
    return { end: dayAt + 1, day: dayInWeek(day, today, week) };
  }
  return undefined;
};

function dayInWeek(day: number, today: number, week: number | 'plain' | 'past'): number {
  if (week === 'plain') return nextWeekday(day, today);
  return weekdayOfWeek(day, today, week === 'past' ? -1 : week);
}

interface Count {
  readonly value: number;
  readonly end: number;
}

function countAt(tokens: readonly Token[], at: number): Count | undefined {
  const token = tokens[at];
  if (token?.kind === 'number')
    return /^\d{1,4}$/u.test(token.text) ? { value: Number(token.text), end: at + 1 } : undefined;
  return token?.kind === 'han' ? chineseNumberAt(tokens, at) : undefined;
}

/** `2026年3月20日`, `3月20`, `三月八号`. */
const monthDay: Reader = (tokens, at, { today }) => {
  const first = countAt(tokens, at);
  if (first === undefined) return undefined;
  const hasYear = tokens[first.end]?.text === '年';
  const month = hasYear ? countAt(tokens, first.end + 1) : first;
  if (month === undefined || tokens[month.end]?.text !== '月') return undefined;
  if (isText(tokens, month.end + 1, '底')) return { end: month.end + 2, day: endOf(month.value, today) };
  const day = countAt(tokens, month.end + 1);
  if (day === undefined || day.value > 31) return undefined;
  const end = isDaySign(tokens[day.end]) ? day.end + 1 : day.end;
  if (hasYear) return { end, day: wholeDate(first.value, month.value, day.value) };
  return { end, day: nextMonthDay(month.value, day.value, today) };
};

/** The last day of a month by its number. */
function endOf(month: number, today: number): number | undefined {
  for (const day of [31, 30, 29, 28]) {
    const found = nextMonthDay(month, day, today);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isDaySign(token: Token | undefined): boolean {
  return token?.text === '号' || token?.text === '日';
}

const monthMarks: readonly (readonly [string, number])[] = [
  ['下个月', 1],
  ['下月', 1],
  ['这个月', 0],
  ['本月', 0],
  ['这月', 0],
  ['当月', 0],
  ['', 0],
];

/** `月底`, `下个月底`, `下个月5号`, `15号`. */
const inMonth: Reader = (tokens, at, { today }) => {
  for (const [mark, monthsLater] of monthMarks) {
    if (!isText(tokens, at, mark)) continue;
    const start = at + mark.length;
    const isEnd = ['月底', '月末', '底', '末'].find(
      (text) => isText(tokens, start, text) && (text[0] === '月') === (mark === ''),
    );
    if (isEnd !== undefined) return { end: start + isEnd.length, day: monthEnd(today, monthsLater) };
    const day = countAt(tokens, start);
    if (day === undefined || day.value < 1 || day.value > 31) continue;
    if (!isDaySign(tokens[day.end]) && mark === '') continue;
    const end = isDaySign(tokens[day.end]) ? day.end + 1 : day.end;
    if (mark !== '' && monthsLater > 0) return { end, day: dayOfMonthAfter(day.value, today, monthsLater) };
    return { end, day: nextDayOfMonth(day.value, today) };
  }
  return undefined;
};

const countUnits: readonly (readonly [string, number])[] = [
  ['个星期', 7],
  ['个礼拜', 7],
  ['星期', 7],
  ['礼拜', 7],
  ['周', 7],
  ['天', 1],
  ['日', 1],
];
const ahead = ['之后', '以后', '后', '之内', '以内', '内'];
const vagueMax = 2;

/** `3天后`, `十天内`, `过三天`, `两周后`; `3天前` lies in the past. */
const counting: Reader = (tokens, at, { today }) => {
  const isPassed = isText(tokens, at, '过');
  const count = countAt(tokens, isPassed ? at + 1 : at);
  if (count === undefined || count.value > 366) return undefined;
  const unit = countUnits.find(([name]) => isText(tokens, count.end, name));
  if (unit === undefined) return undefined;
  const end = count.end + unit[0].length;
  const mark = ahead.find((each) => isText(tokens, end, each));
  const day = today + count.value * unit[1];
  if (mark !== undefined) return { end: end + mark.length, day };
  if (tokens[end]?.text === '前') return { end: end + 1, day: today - count.value * unit[1] };
  // "过两天" is said for some days, not for two.
  return isPassed && count.value > vagueMax ? { end, day } : undefined;
};

const readers: readonly Reader[] = [relative, weekday, monthDay, inMonth, counting];
