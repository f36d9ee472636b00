import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplyReadingSchema } from '#shared/contracts/replies.ts';
import { needsHuman, rankIntents, safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { replyRequest, shippedReplyRules } from '#test/builders/replies.ts';

const rules = await shippedReplyRules();

/** Words of all tables, figures and signs in any order: what comes nearest to a reply and is none. */
const words = [
  ...rules.spelling.known,
  '75.50',
  '$',
  '3/20',
  '五百',
  '周五',
  '?',
  '.',
  ',',
  '\n',
  '1',
  '2k',
  '10:30',
  '👍',
];
const jumble = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3_000 }),
  fc.string({ unit: 'grapheme', maxLength: 500 }),
  jumble,
);
const lastMessage = fc.constantFrom('confirm_promise', 'identity_check', 'satisfaction', undefined);

test('any text gives a valid reading, the surest first, and the same one again', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('sms', 'email', 'voice'), lastMessage, (text, channel, asked) => {
      const request = replyRequest(text, { channel, ...(asked !== undefined && { lastMessage: asked }) });
      const reading = ReplyReadingSchema.parse(readReply(request, rules));
      const confidences = reading.intents.map(({ confidence }) => confidence);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
      expect(readReply(request, rules)).toEqual(reading);
      expect(reading.intents.every(({ kind, confidence }) => kind === 'unknown' || confidence >= 0.5)).toBe(
        true,
      );
    }),
    { numRuns: 1_500 },
  );
});

test('a promise never has a past date or more than twice the balance', () => {
  fc.assert(
    fc.property(jumble, (text) => {
      for (const intent of readReply(replyRequest(`I will pay ${text}`), rules).intents) {
        expect(intent.date === undefined || intent.date >= '2026-03-11').toBe(true);
        if (intent.kind === 'promise') expect(intent.amount ?? 0).toBeLessThanOrEqual(2_000);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a safety kind is never behind a milder one', () => {
  const intent = fc.record({
    kind: fc.constantFrom(...safetyKinds, 'promise' as const, 'paid' as const),
    confidence: fc.double({ min: 0.5, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(intent, { selector: ({ kind }) => kind }), (intents) => {
      const places = rankIntents(intents).map(({ kind }) => safetyKinds.includes(kind));
      expect(places).toEqual([...places].sort((a, b) => Number(b) - Number(a)));
      expect(needsHuman([], 0.6)).toBe(true);
    }),
  );
});

test('texts made to keep a reader busy end', () => {
  const hostile = [
    'stop ',
    '不要',
    'a ',
    '1,',
    '$1 ',
    'friday ',
    "n't ",
    'no quiero que ',
    'i will pay ',
    '..',
    '> \n',
    '-----',
    'one hundred and ',
    '十百',
  ];
  for (const part of hostile) {
    const text = part.repeat(Math.ceil(40_000 / part.length));
    for (const channel of ['sms', 'email'] as const)
      ReplyReadingSchema.parse(readReply(replyRequest(text, { channel }), rules));
  }
}, 20_000);
