import { describe, expect, test } from 'vitest';
import { safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { faultsOf, readSamples } from '#test/bench/replies/samples.ts';
import { shippedReplyRules } from '#test/builders/replies.ts';

const rules = await shippedReplyRules();

const sets = ['first', 'second'] as const;

describe('replies of our own, on which the tables were tuned', () => {
  const tuned = sets.flatMap((set) =>
    readSamples('tuning', set).map((sample) => ({ ...sample, set, text: sample.request.text })),
  );
  test.each(tuned)('$set $id $text', (sample) => {
    expect(faultsOf(sample, readReply(sample.request, rules))).toEqual([]);
  });
});

describe.each(sets)('of the half of the %s set that was held out', (set) => {
  const samples = readSamples('held-out', set);

  test('the primary kind is right nine times in ten', () => {
    const right = samples.filter(({ kinds, request }) =>
      kinds.includes(readReply(request, rules).intents[0]?.kind ?? ''),
    );
    expect(right.length / samples.length).toBeGreaterThanOrEqual(0.9);
  });

  test('hardly a safety kind is missed', () => {
    const safe = samples.filter(({ kinds }) => safetyKinds.some((kind) => kind === kinds[0]));
    const missed = safe.filter(
      ({ kinds, request }) => !readReply(request, rules).intents.some(({ kind }) => kinds.includes(kind)),
    );
    expect(missed.length / safe.length).toBeLessThanOrEqual(0.03);
  });

  test('nobody who did not ask for it is read as an opt-out', () => {
    const wrong = samples.filter((sample) =>
      faultsOf(sample, readReply(sample.request, rules)).some((fault) =>
        ['primary opt_out', 'primary cease', 'also opt_out', 'also cease'].includes(fault),
      ),
    );
    expect(wrong.map(({ request }) => request.text)).toEqual([]);
  });
});
