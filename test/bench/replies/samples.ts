import { readFileSync } from 'node:fs';
import {
  ReplyRequestSchema,
  type ReplyIntent,
  type ReplyReading,
  type ReplyRequest,
} from '#shared/contracts/replies.ts';

/** A reply of our own with what it means, written before the reader was. */
export interface ReplySample {
  readonly id: string;
  /** The kinds that are right as the primary one. */
  readonly kinds: readonly string[];
  readonly wants: Readonly<Record<string, string>>;
  readonly request: ReplyRequest;
}

/** `first`: written with the reader. `second`: written from the contract alone, by somebody who had not seen the words. */
export type SampleSet = 'first' | 'second';

const files = ['en', 'zh-Hans', 'zh-Hant', 'es', 'other'] as const;
const places = {
  en: { locale: 'en-US', zone: 'America/New_York', currency: 'USD' },
  'zh-Hans': { locale: 'zh-CN', zone: 'Asia/Shanghai', currency: 'CNY' },
  'zh-Hant': { locale: 'zh-TW', zone: 'Asia/Taipei', currency: 'TWD' },
  es: { locale: 'es-MX', zone: 'America/Mexico_City', currency: 'MXN' },
  other: { locale: 'fr-FR', zone: 'Europe/Paris', currency: 'EUR' },
} as const;
type File = (typeof files)[number];

/** The first set came in on Wednesday, 11 March 2026 by the person's clock, the second on Thursday, 14 May. */
const instants = {
  first: { en: '2026-03-11T18:00:00Z', 'zh-Hans': '2026-03-11T06:00:00Z', 'zh-Hant': '2026-03-11T06:00:00Z', es: '2026-03-11T18:00:00Z', other: '2026-03-11T12:00:00Z' }, // prettier-ignore
  second: { en: '2026-05-14T14:00:00Z', 'zh-Hans': '2026-05-14T03:00:00Z', 'zh-Hant': '2026-05-14T03:00:00Z', es: '2026-05-14T18:00:00Z', other: '2026-05-14T12:00:00Z' }, // prettier-ignore
} as const;
const debts = { en: [1_200, 60], 'zh-Hans': [8_000, 400], 'zh-Hant': [30_000, 1_500], es: [12_000, 600], other: [900, 45] } as const; // prettier-ignore
const fillers = { en: 'The garden is doing well this year. ', 'zh-Hans': '今年院子里的花开得很好。', 'zh-Hant': '今年院子裡的花開得很好。', es: 'El jardín está muy bonito este año. ', other: 'La la la. ' } as const; // prettier-ignore

/** `tuning`: the odd lines, on which the tables were tuned. `held-out`: the even ones, looked at only at the end. */
export type Half = 'tuning' | 'held-out';

export function readSamples(half: Half, set: SampleSet = 'first'): readonly ReplySample[] {
  const folder = set === 'first' ? '' : `${set}/`;
  return files.flatMap((file) =>
    readFileSync(new URL(`../../golden/replies/${folder}${file}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .slice(0, -1)
      .flatMap((line, index) =>
        (index % 2 === 0) === (half === 'tuning') ? [toSample(line, { set, file, number: index + 1 })] : [],
      ),
  );
}

interface Place {
  readonly set: SampleSet;
  readonly file: File;
  readonly number: number;
}

function toSample(line: string, { set, file, number }: Place): ReplySample {
  const [kinds = '', extras = '', text = ''] = line.split('\t');
  const wants: ReplySample['wants'] = Object.fromEntries(
    extras.split(',').flatMap((extra) => {
      const [key = '', value = 'true'] = extra.split('=');
      return key === '' ? [] : [[key, value]];
    }),
  );
  const request = ReplyRequestSchema.parse({
    id: `${file}:${String(number)}`,
    text: unescaped(text, file),
    ...placeOf(wants, { at: instants[set][file], channel: 'sms', ...places[file] }),
    lastMessage: wants['last'],
    ...debtOf(wants, set === 'second' ? debts[file] : []),
  });
  const sample = { id: request.id, kinds: kinds.split('|'), wants, request };
  return set === 'first' ? sample : { ...sample, wants: withWhatIsPlain(sample, file) };
}

const placeNames = { at: 'at', channel: 'via', locale: 'loc', zone: 'zone', currency: 'cur' } as const;

function placeOf(
  wants: ReplySample['wants'],
  usual: Readonly<Record<keyof typeof placeNames, string>>,
): Readonly<Record<string, string>> {
  const said = Object.entries(placeNames).flatMap(([field, name]) => {
    const value = wants[name];
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...usual, ...Object.fromEntries(said) };
}

function debtOf(
  { bal, min }: ReplySample['wants'],
  [balance, minimumDue]: readonly number[],
): { balance: number | undefined; minimumDue: number | undefined } {
  return {
    balance: bal === undefined ? balance : Number(bal),
    minimumDue: min === undefined ? minimumDue : Number(min),
  };
}

/** `\n`, `\u{200b}` and `\pad{1700}`, so many characters of small talk, stand for what a line of a table cannot hold. */
function unescaped(text: string, file: File): string {
  return text
    .replaceAll('\\n', '\n')
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/\\pad\{(\d+)\}/g, (_, length: string) => fillers[file].repeat(500).slice(0, Number(length)));
}

/** The contract settles who needs a person and, of all but the shortest texts, the language. */
function withWhatIsPlain({ kinds, wants, request }: ReplySample, file: File): ReplySample['wants'] {
  const isLong = request.text.split(/\s+/).length >= 4 || /\p{Script=Han}{6}/u.test(request.text);
  return {
    ...(kinds.every((kind) => humanKinds.includes(kind)) && { h: 'true' }),
    ...(isLong && file !== 'other' && { lang: file }),
    ...wants,
  };
}

const humanKinds = ['human', 'deceased', 'attorney', 'bankruptcy', 'fraud', 'dispute', 'complaint', 'cease', 'hardship']; // prettier-ignore

/** What a reading says, under the names of what samples want; `of` names the intent that is asked, else the first one is. */
function told(
  wants: ReplySample['wants'],
  { intents, needsHuman, language }: ReplyReading,
): Readonly<Record<string, string | undefined>> {
  const intent: Partial<ReplyIntent> =
    intents.find(({ kind }) => kind === wants['of']) ?? (wants['of'] === undefined ? (intents[0] ?? {}) : {});
  const texts = {
    a: intent.amount,
    d: intent.date,
    ch: intent.channel,
    win: intent.window,
    t: intent.time,
    s: intent.score,
    cond: intent.conditional,
    h: needsHuman,
    lang: language,
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  );
}

/** What is wrong with a reading of a sample; empty when it is right. */
export function faultsOf({ kinds, wants }: ReplySample, reading: ReplyReading): readonly string[] {
  const listed: readonly string[] = reading.intents.map(({ kind }) => kind);
  const primary = listed[0] ?? 'none';
  const got = told(wants, reading);
  const unwanted = (wants['not'] ?? '').split('|').filter((kind) => listed.includes(kind));
  const missing = (wants['has'] ?? '').split('|').filter((kind) => kind !== '' && !listed.includes(kind));
  const kept = ['a', 'd'].filter((name) => wants[`no${name}`] !== undefined && got[name] !== undefined);
  const wrong = Object.keys(got).filter((name) => ![undefined, '-', got[name]].includes(wants[name]));
  return [
    ...(kinds.includes(primary) ? [] : [`primary ${primary}`]),
    ...unwanted.map((kind) => `also ${kind}`),
    ...missing.map((kind) => `no ${kind}`),
    ...[...kept, ...wrong].map((name) => `${name} ${String(got[name])}`),
  ];
}
