import { readFileSync } from 'node:fs';
import {
  ReplyRequestSchema,
  type ReplyIntent,
  type ReplyKind,
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

const files = ['en', 'zh-Hans', 'zh-Hant', 'es', 'other'] as const;
/** All of them came in on Wednesday, 11 March 2026, by the person's clock. */
const settings = {
  en: { locale: 'en-US', zone: 'America/New_York', at: '2026-03-11T18:00:00Z', currency: 'USD' },
  'zh-Hans': { locale: 'zh-CN', zone: 'Asia/Shanghai', at: '2026-03-11T06:00:00Z', currency: 'CNY' },
  'zh-Hant': { locale: 'zh-TW', zone: 'Asia/Taipei', at: '2026-03-11T06:00:00Z', currency: 'TWD' },
  es: { locale: 'es-MX', zone: 'America/Mexico_City', at: '2026-03-11T18:00:00Z', currency: 'MXN' },
  other: { locale: 'fr-FR', zone: 'Europe/Paris', at: '2026-03-11T12:00:00Z', currency: 'EUR' },
} as const;

/** `tuning`: the odd lines, on which the tables were tuned. `held-out`: the even ones, looked at only at the end. */
export type Half = 'tuning' | 'held-out';

export function readSamples(half: Half): readonly ReplySample[] {
  return files.flatMap((file) =>
    readFileSync(new URL(`../../golden/replies/${file}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .slice(0, -1)
      .flatMap((line, index) =>
        (index % 2 === 0) === (half === 'tuning') ? [toSample(line, file, index + 1)] : [],
      ),
  );
}

function toSample(line: string, file: (typeof files)[number], number: number): ReplySample {
  const [kinds = '', extras = '', text = ''] = line.split('\t');
  const wants = Object.fromEntries(
    extras.split(',').flatMap((extra) => {
      const [key = '', value = 'true'] = extra.split('=');
      return key === '' ? [] : [[key, value]];
    }),
  );
  const request = ReplyRequestSchema.parse({
    id: `${file}:${String(number)}`,
    text,
    channel: 'sms',
    ...settings[file],
    ...(wants['loc'] !== undefined && { locale: wants['loc'] }),
    ...(wants['last'] !== undefined && { lastMessage: wants['last'] }),
    ...(wants['bal'] !== undefined && { balance: Number(wants['bal']) }),
    ...(wants['min'] !== undefined && { minimumDue: Number(wants['min']) }),
  });
  return { id: request.id, kinds: kinds.split('|'), wants, request };
}

/** What a reading says, under the names of what samples want. */
function told({ intents, needsHuman, language }: ReplyReading): Readonly<Record<string, string | undefined>> {
  const intent: Partial<ReplyIntent> = intents[0] ?? {};
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
  const listed = reading.intents.map(({ kind }) => kind);
  const primary = listed[0] ?? 'none';
  const got = told(reading);
  const unwanted = (wants['not'] ?? '').split('|').filter((kind) => listed.includes(kind as ReplyKind));
  const kept = ['a', 'd'].filter((name) => wants[`no${name}`] !== undefined && got[name] !== undefined);
  const wrong = Object.keys(got).filter((name) => wants[name] !== undefined && wants[name] !== got[name]);
  return [
    ...(kinds.includes(primary) ? [] : [`primary ${primary}`]),
    ...unwanted.map((kind) => `also ${kind}`),
    ...[...kept, ...wrong].map((name) => `${name} ${String(got[name])}`),
  ];
}
