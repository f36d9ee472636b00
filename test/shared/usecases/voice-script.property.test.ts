import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callTurnsMax } from '#shared/contracts/call-flow.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Heard, VoiceMoment, VoiceScript } from '#shared/contracts/voice-script.ts';
import { voiceScript } from '#shared/usecases/voice-script.ts';
import { callRules } from '#test/builders/calls.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { at } from '#test/builders/person.ts';
import { shippedReplies } from '#test/builders/replies.ts';
import { bundle, rules as testRules } from '#test/builders/rules.ts';
import { entry } from '#test/builders/stored.ts';
import { world } from '#test/builders/world.ts';

const [creditor] = bundle().creditors;
const agents = {
  phone: '+12025550143',
  hours: [{ days: ['tue' as const], from: '08:00', to: '22:00' }],
};
const rules = testRules({
  calls: callRules,
  replies: await shippedReplies(),
  creditors: [{ ...creditor!, timeZone: 'Asia/Shanghai', links: true, agents }],
});

const birth: Heard = { kind: 'keys', keys: '19900102' };
const postal: Heard = { kind: 'keys', keys: '200000' };
const anything: fc.Arbitrary<Heard> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Heard>({ kind: 'nothing' }) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('1', '2', '3', '4', '5', '9', '*', '0', '50', '33*5', '0315', '99999999', '12345678')
      .map((keys): Heard => ({ kind: 'keys', keys })),
  },
  { weight: 3, arbitrary: fc.constantFrom(birth, postal) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        'yes',
        'no',
        'I will pay 50 on Friday',
        'fifty',
        'tomorrow',
        'what',
        'stop calling',
        'dispute',
        'send me the link',
        'a human please',
        'wrong number',
      )
      .map((text): Heard => ({ kind: 'speech', text })),
  },
  { weight: 1, arbitrary: fc.boolean().map((isTaken): Heard => ({ kind: 'dialled', isTaken })) },
);
/** Calls in which anything is answered, and such as get past the questions first. */
const answers = fc.oneof(
  fc.array(anything, { minLength: 3, maxLength: 2 * callTurnsMax }),
  fc
    .array(anything, { maxLength: 2 * callTurnsMax })
    .map((rest): Heard[] => [{ kind: 'keys', keys: '1' }, birth, postal, ...rest]),
);

/** Words of a debt: amounts, dates, the message, and every prompt for a known person. */
const tells = /known\/|is due|¥|100|202\d/;

async function ringing() {
  const here = await world({
    now: at('2026-03-10T12:00:00Z'),
    debtor: { postalCode: '200000' },
    accounts: [{ attributes: { x_birth_date: '1990-01-02' } }],
    rules,
  });
  const reserved = entry({ channel: 'call', template: 'notice', destination: '+8613900000001' });
  const { version } = await here.load();
  await here.store.reserve(version, { entry: reserved, next: null, evidence: evidenceFor(reserved) });
  const first: VoiceMoment = {
    ...{ debtorId: 'P1', contactId: 'c-1', callId: 'CA1', answeredBy: 'human' },
    heard: { kind: 'nothing' },
    state: null,
  };
  return { here, first };
}

function stateOf({ steps }: VoiceScript): VoiceMoment['state'] {
  return steps.flatMap((step) => ('next' in step ? step.next : []))[0] ?? null;
}

const isRight = ({ acts }: Person): boolean => acts.some(({ asked }) => asked?.['answers'] === 'right');

describe('any call, whatever is answered', () => {
  it('tells nothing before both answers were right, ends, and is the same when asked twice', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        const { here, first } = await ringing();
        let moment = first;
        let questions = 0;
        for (const heard of [first.heard, ...given]) {
          moment = { ...moment, heard };
          const script = await voiceScript(moment, here.parts);
          const person = await here.load();
          const said = script.steps.flatMap((step) => ('text' in step ? step.text : [])).join(' ');
          if (!isRight(person)) expect(said.replaceAll('+12025550100', '')).not.toMatch(tells);
          expect(person.promises.length).toBeLessThanOrEqual(1);
          expect(await voiceScript(moment, here.parts)).toEqual(script);
          expect(await here.load()).toEqual(person);
          const state = stateOf(script);
          if (state === null) return;
          questions += 1;
          expect(questions).toBeLessThanOrEqual(callTurnsMax);
          moment = { ...moment, state };
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends within the limit when only what leads round in circles is answered', async () => {
    const { here, first } = await ringing();
    const circle: Heard[] = [{ kind: 'keys', keys: '1' }, birth, postal];
    while (circle.length < 2 * callTurnsMax) circle.push({ kind: 'keys', keys: '*' });
    let moment = first;
    let questions = 0;
    for (const heard of [first.heard, ...circle]) {
      moment = { ...moment, heard };
      const state = stateOf(await voiceScript(moment, here.parts));
      if (state === null) break;
      questions += 1;
      moment = { ...moment, state };
    }
    expect(questions).toBe(callTurnsMax);
  });

  it('tells nothing in a state that nobody has come to', async () => {
    const nodes = ['menu', 'amount', 'amount_keys', 'date', 'date_keys', 'confirm', 'transfer'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...nodes), anything, fc.nat(29), async (node, heard, turn) => {
        const { here, first } = await ringing();
        const before = await here.load();
        const state = { node, turn, silences: 0, amount: 100, date: '2026-03-12' };
        const { steps } = await voiceScript({ ...first, heard, state }, here.parts);
        expect(steps).toEqual([{ kind: 'say', text: 'ended' }, { kind: 'hangup' }]);
        expect(await here.load()).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});
