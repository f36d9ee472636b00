import { byKey } from './by-key.ts';
import { firstDate, type DateReader } from './date-reader.ts';
import {
  dayOfMonthAfter,
  monthEnd,
  nextDayOfMonth,
  nextMonthDay,
  nextWeekday,
  weekdayOfWeek,
  wholeDate,
  type ReadDate,
} from './day-rules.ts';
import { chineseNumberAt } from './numbers.ts';
import { isTextAt, textAt, type Token } from './tokens.ts';

/** The date in Chinese, simplified, that begins at a token. */
export const chineseDateAt: DateReader = (tokens, at, context) => {
  const kind = tokens[at]?.kind;
  if (kind !== 'han' && kind !== 'number') return undefined;
  return firstDate(readers, tokens, at, context);
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

const relative: DateReader = (tokens, at, { today }) => {
  const found = relativeDays.find(([text]) => isTextAt(tokens, at, text));
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
const weekdayNames: ReadonlyMap<string, number> = byKey({
  一: 0, 二: 1, 三: 2, 四: 3, 五: 4, 六: 5, 日: 6, 天: 6, '1': 0, '2': 1, '3': 2, '4': 3, '5': 4, '6': 5, '7': 6,
}); // prettier-ignore

/** `周五`, `下周一`, `下下周一`, `这个星期天`, `上周五`; the weekend is two days and therefore none. */
const weekday: DateReader = (tokens, at, { today }) => {
  const found = weekAt(tokens, at);
  if (found === undefined) return undefined;
  const day = weekdayNames.get(textAt(tokens, found.end));
  const isCount = ['个', '次'].includes(textAt(tokens, found.end + 1));
  return day === undefined || isCount
    ? undefined
    : { end: found.end + 1, day: dayInWeek(day, today, found.week) };
};

function weekAt(
  tokens: readonly Token[],
  at: number,
): { readonly end: number; readonly week: number | 'plain' | 'past' } | undefined {
  for (const [mark, week] of weeks) {
    const name =
      isTextAt(tokens, at, mark) && weekNames.find((each) => isTextAt(tokens, at + mark.length, each));
    if (typeof name === 'string') return { end: at + mark.length + name.length, week };
  }
  return undefined;
}

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
const monthDay: DateReader = (tokens, at, { today }) => {
  const first = countAt(tokens, at);
  if (first === undefined) return undefined;
  if (textAt(tokens, first.end) !== '年') return yearlessAt(tokens, first, today);
  const month = countAt(tokens, first.end + 1);
  if (month === undefined || textAt(tokens, month.end) !== '月') return undefined;
  const day = dayAt(tokens, month.end + 1);
  return day && { end: day.end, day: wholeDate(first.value, month.value, day.value) };
};

function yearlessAt(tokens: readonly Token[], month: Count, today: number): ReadDate | undefined {
  if (textAt(tokens, month.end) !== '月') return undefined;
  if (textAt(tokens, month.end + 1) === '底') return { end: month.end + 2, day: endOf(month.value, today) };
  const day = dayAt(tokens, month.end + 1);
  return day && { end: day.end, day: nextMonthDay(month.value, day.value, today) };
}

/** A day of a month, with 号 or 日 or without; `isSigned` tells which. */
function dayAt(tokens: readonly Token[], at: number): (Count & { readonly isSigned: boolean }) | undefined {
  const day = countAt(tokens, at);
  if (day === undefined || day.value < 1 || day.value > 31) return undefined;
  const isSigned = ['号', '日'].includes(textAt(tokens, day.end));
  return { value: day.value, end: isSigned ? day.end + 1 : day.end, isSigned };
}

/** The last day of a month by its number. */
function endOf(month: number, today: number): number | undefined {
  for (const day of [31, 30, 29, 28]) {
    const found = nextMonthDay(month, day, today);
    if (found !== undefined) return found;
  }
  return undefined;
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
const inMonth: DateReader = (tokens, at, { today }) => {
  for (const [mark, monthsLater] of monthMarks) {
    const found = isTextAt(tokens, at, mark)
      ? inMarkedMonth(tokens, at + mark.length, { mark, monthsLater, today })
      : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

function inMarkedMonth(
  tokens: readonly Token[],
  at: number,
  {
    mark,
    monthsLater,
    today,
  }: { readonly mark: string; readonly monthsLater: number; readonly today: number },
): ReadDate | undefined {
  const ends = mark === '' ? ['月底', '月末', '月尾'] : ['底', '末', '尾', '最后一天', '的最后一天'];
  const end = ends.find((text) => isTextAt(tokens, at, text));
  if (end !== undefined) return { end: at + end.length, day: monthEnd(today, monthsLater) };
  const day = dayAt(tokens, at);
  if (day === undefined || (mark === '' && !day.isSigned)) return undefined;
  const isLater = monthsLater > 0;
  return {
    end: day.end,
    day: isLater ? dayOfMonthAfter(day.value, today, monthsLater) : nextDayOfMonth(day.value, today),
  };
}

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
/** Most days or weeks that are counted; more is a figure of speech. */
const daysMax = 366;

/** `3天后`, `十天内`, `过三天`, `两周后`; `3天前` lies in the past. */
const counting: DateReader = (tokens, at, { today }) => {
  const isPassed = textAt(tokens, at) === '过';
  const count = countAt(tokens, isPassed ? at + 1 : at);
  if (count === undefined || count.value > daysMax) return undefined;
  const unit = countUnits.find(([name]) => isTextAt(tokens, count.end, name));
  if (unit === undefined) return undefined;
  const end = count.end + unit[0].length;
  const days = count.value * unit[1];
  // "过两天" is said for some days, not for two.
  return (
    countedDay(tokens, end, { days, today }) ??
    (isPassed && count.value > vagueMax ? { end, day: today + days } : undefined)
  );
};

function countedDay(
  tokens: readonly Token[],
  end: number,
  { days, today }: { readonly days: number; readonly today: number },
): ReadDate | undefined {
  const mark = ahead.find((each) => isTextAt(tokens, end, each));
  if (mark !== undefined) return { end: end + mark.length, day: today + days };
  return textAt(tokens, end) === '前' ? { end: end + 1, day: today - days } : undefined;
}

const readers: readonly DateReader[] = [relative, weekday, monthDay, inMonth, counting];
