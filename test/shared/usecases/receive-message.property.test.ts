import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReceivedMessage } from '#shared/core/inbound/received-message.ts';
import { minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { otherPhone, received, receiving, replyingRules, sharedPhone } from '#test/builders/receiving.ts';

const rules = await replyingRules();
const alone = '+8613900000003';
const people = {
  P4711: { phone: sharedPhone },
  P0815: { phone: sharedPhone },
  P2: { phone: alone },
};

const keyword = (kind: 'stop' | 'start') => ({ keyword: { kind, isCertain: true, isAlsoAnswer: false } });

/** What may be written in any order, since none of it changes what another means. */
const ending = ['please stop texting me', 'you have the wrong number', 'contact my lawyer', 'STOP', 'START'];
const anything = [
  ...ending,
  ...[
    'I will pay 50 on Friday',
    '我周五还50',
    'already paid',
    'this is not mine',
    'hello?',
    'yes',
    'no',
    '4711',
  ],
  ...['0815', '0000', 'HELP', 'call me tonight', 'stop calling me', 'I cannot pay, I lost my job', '👍??'],
];

type Sent = Partial<ReceivedMessage> & { readonly text: string };
const messages = (texts: readonly string[]) =>
  fc
    .array(
      fc.record({
        text: fc.constantFrom(...texts),
        from: fc.constantFrom(sharedPhone, alone, otherPhone),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((all) =>
      all.map(({ text, from }, order): Sent => ({
        ...{ text, from, inboundId: `sms:${String(order)}`, at: toInstant(received + order * minuteMs) },
        ...(text === 'STOP' ? keyword('stop') : text === 'START' ? keyword('start') : {}),
      })),
    );

it('leads to the same state and the same answers however often each message is delivered', async () => {
  const repeats = fc.array(fc.nat({ max: 7 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(messages(anything), repeats, async (sent, again) => {
      const once = await receiving(rules, people);
      const often = await receiving(rules, people);
      const answers = new Map<string, unknown>();
      for (const [order, message] of sent.entries()) {
        const first = await once.writes(message.text, message);
        answers.set(message.inboundId!, first.answer);
        const before = again.filter((other) => other <= order).map((other) => sent[other]!);
        for (const repeated of [message, ...before, message]) {
          const { kind, answer } = await often.writes(repeated.text, repeated);
          expect(kind).not.toBe('busy');
          expect(answer).toEqual(answers.get(repeated.inboundId!));
        }
      }
      expect(await often.stored()).toBe(await once.stored());
    }),
    { numRuns: 120 },
  );
});

it('ends and opens the same in whatever order the same messages come', async () => {
  const orders = messages(ending).chain((sent) =>
    fc.tuple(
      fc.constant(sent),
      fc.shuffledSubarray(sent, { minLength: sent.length, maxLength: sent.length }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(orders, async ([sent, shuffled]) => {
      const standings = [sent, shuffled].map(async (order) => {
        const here = await receiving(rules, people);
        for (const message of order) expect((await here.writes(message.text, message)).kind).not.toBe('busy');
        const all = await Promise.all(Object.keys(people).map(here.load));
        return all.map(({ consents, endedDestinations, holds, inbound }) => ({
          consents,
          ended: endedDestinations.map(({ channel, value, reason }) => [channel, value, reason]),
          holds: [...new Set(holds.map(({ kind }) => kind))],
          inbound: inbound.map(({ inboundId }) => inboundId),
        }));
      });
      const [straight, mixed] = await Promise.all(standings);
      expect(mixed).toEqual(straight);
    }),
    { numRuns: 80 },
  );
});

it('keeps what is delivered at the same moment as if it came one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(messages(anything), async (sent) => {
      const here = await receiving(rules, people);
      const first = await Promise.all(sent.map((message) => here.writes(message.text, message)));
      const left = sent.filter((_, order) => first[order]!.kind === 'busy');
      for (const message of left) await here.writes(message.text, message);
      const own = sent.filter(({ from }) => from === alone).map(({ inboundId }) => inboundId!);
      expect((await here.load('P2')).inbound.map(({ inboundId }) => inboundId).sort()).toEqual(own.sort());
    }),
    { numRuns: 60 },
  );
});
