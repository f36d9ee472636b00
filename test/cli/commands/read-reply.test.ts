import { mkdtempSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readReplyCommand } from '#cli/commands/read-reply.ts';
import { ReplyErrorSchema, ReplyReadingSchema, type ReplyKind } from '#shared/contracts/replies.ts';
import { textSink } from '#test/cli/text-sink.ts';

type Golden = {
  readonly id: string;
  readonly request: object;
  readonly expect: {
    readonly primary: ReplyKind;
    readonly alsoAccept?: readonly ReplyKind[];
    readonly mustNot?: readonly ReplyKind[];
    readonly absent?: readonly string[];
    readonly amount?: number;
    readonly date?: string;
    readonly needsHuman?: boolean;
  };
};

const golden = readFileSync(new URL('../../golden/replies-visible.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

async function read(input: string, configDir?: string) {
  const [output, errors] = [textSink(), textSink()];
  const args = configDir === undefined ? {} : { configDir };
  const status = await readReplyCommand(args, { input: Readable.from([input]), output, errors });
  return { status, lines: output.text().split('\n').slice(0, -1), errors: errors.text() };
}

const plain = { id: 'a', text: 'STOP', at: '2026-03-11T18:00:00Z', zone: 'America/New_York', channel: 'sms' };
const line = (change: object) => `${JSON.stringify({ ...plain, ...change })}\n`;

describe('golden cases', () => {
  test.each(golden)('$id', async ({ id, request, expect: expected }) => {
    const { lines, status } = await read(`${JSON.stringify({ id, ...request })}\n`);
    const reading = ReplyReadingSchema.parse(JSON.parse(lines[0]!));
    const primary = reading.intents[0]!;
    expect(status).toBe(0);
    expect([expected.primary, ...(expected.alsoAccept ?? [])]).toContain(primary.kind);
    const kinds = reading.intents.map(({ kind }) => kind);
    expect((expected.mustNot ?? []).filter((kind) => kinds.includes(kind))).toEqual([]);
    for (const field of expected.absent ?? []) expect(primary).not.toHaveProperty(field);
    if (expected.amount !== undefined) expect(primary.amount).toBe(expected.amount);
    if (expected.date !== undefined) expect(primary.date).toBe(expected.date);
    if (expected.needsHuman !== undefined) expect(reading.needsHuman).toBe(expected.needsHuman);
  });
});

describe('lines', () => {
  test('keep their order, and what is no request gives an error line in its place', async () => {
    const { lines, status } = await read(
      `${line({ id: '1' })}nonsense\n${line({ id: '3', zone: 'Mars/Olympus' })}${line({ id: '4', extra: 1 })}${line({ id: '5' })}`,
    );
    const answers = lines.map((text) => JSON.parse(text) as object);
    expect(answers.map((answer) => ('id' in answer ? answer.id : ''))).toEqual(['1', null, '3', '4', '5']);
    for (const answer of answers.slice(1, 4)) ReplyErrorSchema.parse(answer);
    expect(JSON.stringify(answers[2])).toContain('zone');
    expect(status).toBe(2);
  });

  test('may have fields that are null, as if they were absent', async () => {
    const { lines, status } = await read(line({ locale: null, balance: null }));
    expect(JSON.parse(lines[0]!)).toMatchObject({ intents: [{ kind: 'opt_out', channel: 'sms' }] });
    expect(status).toBe(0);
  });
});

describe('words', () => {
  test('of another configuration change what is read', async () => {
    const dir = configWith(
      'locale: en\nlanguage: en\nmarks: []\nkeywords: { opt_out: [enough already] }\nphrases: {}\n',
    );
    const { lines } = await read(line({ text: 'Enough already!' }) + line({ text: 'stop' }), dir);
    const kinds = lines.map((text) => ReplyReadingSchema.parse(JSON.parse(text)).intents[0]?.kind);
    expect(kinds).toEqual(['opt_out', 'unknown']);
  });

  test('that are malformed are refused with file, line and field, and nothing is read', async () => {
    const dir = configWith(
      'locale: en\nlanguage: en\nmarks: []\nkeywords: {}\nphrases:\n  cease:\n    sure:\n      - leave ..99 alone\n      - <nowhere> now\n',
    );
    const { lines, status, errors } = await read(line({}), dir);
    expect(lines).toEqual([]);
    expect(status).toBe(2);
    expect(errors).toContain('en.yaml:8: phrases.cease.sure[0] has a gap of 99 words');
    expect(errors).toContain('en.yaml:9: phrases.cease.sure[1] names <nowhere>');
  });
});

function configWith(table: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'dunwell-replies-'));
  mkdirSync(join(dir, 'replies'));
  writeFileSync(join(dir, 'replies/en.yaml'), table);
  writeFileSync(
    join(dir, 'replies.yaml'),
    "confidenceMin: 0.6\ndayparts: { morning: '08:00-12:00', midday: '12:00-14:00', afternoon: '12:00-18:00', evening: '18:00-21:00', night: '21:00-24:00', work: '09:00-17:00' }\nanswers: { perDayMax: 5, notUnderstoodHours: 24 }\npaidPauseDays: 3\nproposalHours: 72\n",
  );
  return dir;
}
