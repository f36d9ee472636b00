import { describe, expect, test } from 'vitest';
import { safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { faultsOf, readSamples } from '#test/bench/replies/samples.ts';
import { shippedReplyRules } from '#test/builders/replies.ts';

const rules = await shippedReplyRules();

describe('replies of our own, on which the tables were tuned', () => {
  test.each(readSamples('tuning').map((sample) => ({ ...sample, text: sample.request.text })))(
    '$id $text',
    (sample) => {
      expect(faultsOf(sample, readReply(sample.request, rules))).toEqual([]);
    },
  );
});

test('of the half that was held out, the primary kind is right nine times in ten', () => {
  const samples = readSamples('held-out');
  const right = samples.filter(({ kinds, request }) =>
    kinds.includes(readReply(request, rules).intents[0]?.kind ?? ''),
  );
  expect(right.length / samples.length).toBeGreaterThanOrEqual(0.9);
});

test('of the half that was held out, hardly a safety kind is missed', () => {
  const safe = readSamples('held-out').filter(({ kinds }) => safetyKinds.some((kind) => kind === kinds[0]));
  const missed = safe.filter(
    ({ kinds, request }) => !readReply(request, rules).intents.some(({ kind }) => kinds.includes(kind)),
  );
  expect(missed.length / safe.length).toBeLessThanOrEqual(0.05);
});
