import { simplified } from './han-variants.ts';

/** One word, number, Han character or sign of a text, in the form in which it is compared. */
export interface Token {
  readonly text: string;
  readonly kind: 'word' | 'number' | 'han' | 'sign';
  /** Written with a capital, though not all of the message is. */
  readonly capital: boolean;
  /** Stands right behind the one before, without a space. */
  readonly joined: boolean;
  /** Counts up at every full stop, question mark and line end. */
  readonly sentence: number;
  /** Counts up at every comma too. */
  readonly clause: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly emoji: readonly string[];
  /** Sentences that end with a question mark. */
  readonly questions: ReadonlySet<number>;
}

/** Longest word or number that is kept whole, in characters; nothing that is compared is longer. */
const tokenLengthMax = 40;

const pattern =
  /(?<han>\p{Script=Han})|(?<kana>[\p{Script=Hiragana}\p{Script=Katakana}ー]{1,40})|(?<number>\d{1,20}(?:[.,:\/\-]\d{1,20}){0,6})|(?<word>[[\p{L}_]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]][[\p{L}\p{M}\p{N}_]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]{0,99})|(?<sign>[$€£¥%#@+\&])|(?<stop>[.!?\n\r。！？;；…])|(?<comma>[,:、，：\(\)"“”«»\|]|\s[\-–—]\s)|(?<space>\s+)|(?<emoji>\p{Extended_Pictographic})|(?<digits>\d+)/gv;

const apostrophes = /['’‘`´ʼ＇]/gu;
/** Zero-width and direction characters, soft hyphens, variation selectors: they are seen by nobody. */
const invisible = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/gu;
/** `p.m.` is one word, and so are `e-mail` and `opt-out`. */
const halves = /\b([ap])\.\s?m\b\.?/giu;
const hyphenated = /\b(e|opt)-(mail|out|in)/giu;
const marks = /\p{M}+/gu;

/** The text in one form: compatibility characters resolved, invisible ones and apostrophes taken out. */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(apostrophes, '')
    .replace(halves, '$1m')
    .replace(hyphenated, '$1$2');
}

/** A word without case and accents; `mañana` and `MANANA` are the same. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return isPlain(lower) ? lower : lower.normalize('NFD').replace(marks, '').normalize('NFC');
}

function isPlain(word: string): boolean {
  for (let index = 0; index < word.length; index += 1) if (word.charCodeAt(index) > 127) return false;
  return true;
}

/** Splits a normalised text into what can be compared. Linear in its length: every alternative consumes what it matches. */
export function tokenise(text: string): Tokens {
  const state = {
    tokens: new Array<Token>(),
    emoji: new Array<string>(),
    questions: new Set<number>(),
    sentence: 0,
    clause: 0,
    spaced: true,
  };
  const shouting = text === text.toUpperCase();
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > last) state.spaced = true;
    last = match.index + match[0].length;
    takeMatch(match.groups ?? {}, match[0], state, shouting);
  }
  return { tokens: joinLetters(state.tokens), emoji: state.emoji, questions: state.questions };
}

interface State {
  readonly tokens: Token[];
  readonly emoji: string[];
  readonly questions: Set<number>;
  sentence: number;
  clause: number;
  spaced: boolean;
}

type Groups = Readonly<Record<string, string | undefined>>;

function takeMatch(groups: Groups, found: string, state: State, shouting: boolean): void {
  if (groups['space'] !== undefined) takeSpace(found, state);
  else if (groups['stop'] !== undefined) {
    if (found === '?' || found === '？') state.questions.add(state.sentence);
    endSentence(state);
  } else if (groups['comma'] !== undefined) state.clause += 1;
  else if (groups['emoji'] !== undefined) state.emoji.push(found);
  else {
    state.tokens.push(toToken(groups, found, state, shouting));
    state.spaced = false;
    return;
  }
  state.spaced = true;
}

function endSentence(state: State): void {
  state.sentence += 1;
  state.clause += 1;
}

/** In Chinese a space stands for a comma. */
function takeSpace(found: string, state: State): void {
  if (found.includes('\n')) endSentence(state);
  else if (state.tokens.at(-1)?.kind === 'han') state.clause += 1;
}

function toToken(groups: Groups, found: string, state: State, shouting: boolean): Token {
  const place = { joined: !state.spaced, sentence: state.sentence, clause: state.clause };
  if (groups['han'] !== undefined) return { text: simplified(found), kind: 'han', capital: false, ...place };
  if (groups['number'] !== undefined || groups['digits'] !== undefined)
    return { text: found.slice(0, tokenLengthMax), kind: 'number', capital: false, ...place };
  if (groups['sign'] !== undefined) return { text: found, kind: 'sign', capital: false, ...place };
  const capital = !shouting && /^\p{Lu}/u.test(found);
  return { text: foldWord(found).slice(0, tokenLengthMax), kind: 'word', capital, ...place };
}

/** Fewest single letters in a row that are a word written apart: `S T O P`. */
const lettersMin = 3;

function joinLetters(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  let index = 0;
  while (index < tokens.length) {
    let end = index;
    while (isLetter(tokens[end])) end += 1;
    const first = tokens[index];
    if (first === undefined) break;
    if (end - index >= lettersMin) {
      const text = tokens.slice(index, Math.min(end, index + tokenLengthMax)).map((token) => token.text);
      joined.push({ ...first, text: text.join('') });
      index = end;
    } else {
      joined.push(first);
      index += 1;
    }
  }
  return joined;
}

function isLetter(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.text.length === 1;
}

/** The text of a token, empty behind the last one. */
export function textAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token === undefined ? '' : token.text;
}

/** Whether words stand one after the other from a token on. */
export function isRunAt(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, offset) => textAt(tokens, at + offset) === word);
}

/** Whether the characters of a Chinese text stand one after the other from a token on. */
export function isTextAt(tokens: readonly Token[], at: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset += 1)
    if (textAt(tokens, at + offset) !== text[offset]) return false;
  return true;
}

/** The sentence of a token; -1 before the first and behind the last one. */
export function sentenceAt(tokens: readonly Token[], at: number): number {
  return tokens[at]?.sentence ?? -1;
}

/** The clause of a token; -1 before the first and behind the last one. */
export function clauseAt(tokens: readonly Token[], at: number): number {
  return tokens[at]?.clause ?? -1;
}
