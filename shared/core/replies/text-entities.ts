import type { ReplyReading, ReplyRequest } from '#shared/contracts/replies.ts';
import { localDayAt, zoneNamed } from '#shared/core/time/zone.ts';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { formatLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';
import type { CompiledReplies } from './compile-replies.ts';
import { readEntities, type EntityText } from './entities.ts';
import { figureOrder } from './figure-order.ts';
import { languageOf } from './language.ts';
import { correctWord } from './spelling.ts';
import { firstCodePoints } from './trim-text.ts';
import { normaliseText, tokenise, type Tokens } from './tokens.ts';

/** A text in the form in which it is read, with the sums, days and times that it names. */
export interface TextEntities {
  readonly text: string;
  readonly words: Tokens;
  readonly entities: EntityText;
  readonly language: ReplyReading['language'];
  readonly today: LocalDay;
}

export function textEntities(original: string, request: ReplyRequest, rules: CompiledReplies): TextEntities {
  const text = normaliseText(original);
  const { tokens: written, emoji, questions } = tokenise(text);
  const tokens = written.map((token) =>
    token.kind === 'word' ? { ...token, text: correctWord(token.text, rules.spelling) } : token,
  );
  const language = languageOf(text, tokens, { locale: request.locale, rules });
  const today = todayOf(request);
  const words = { tokens, emoji, questions };
  const entities = readEntities(words, {
    dates: { today, first: figureOrder(request, language) },
    money: { currency: request.currency, balance: request.balance, minimumDue: request.minimumDue },
    dayparts: rules.settings.dayparts,
    isName: (token) => token?.capital === true && !rules.marks.has(token.text),
  });
  return { text, words, entities, language, today };
}

/** Longest answer to a question for a sum or a day, in code points. */
const figuresLengthMax = 200;

/** The first sum and the first day that an answer names, where we asked for just that: "two hundred", "on Friday". */
export function figuresIn(
  request: ReplyRequest,
  rules: CompiledReplies,
): { readonly amount?: number; readonly date?: string } {
  const { amounts, dates } = textEntities(
    firstCodePoints(request.text, figuresLengthMax),
    request,
    rules,
  ).entities;
  const amount = amounts[0]?.value.value;
  const day = dates[0]?.value.day;
  return {
    ...(amount !== undefined && { amount }),
    ...(day !== undefined && { date: formatLocalDate(day) }),
  };
}

function todayOf({ at, zone: zoneName }: ReplyRequest): LocalDay {
  const zone = zoneNamed(zoneName);
  const instant = parseIsoInstant(at);
  if (zone === undefined || instant === undefined)
    throw new RangeError(`${at} in ${zoneName} is no local time`);
  return localDayAt(zone, instant);
}
