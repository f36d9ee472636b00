import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { CallNode } from '#shared/contracts/call-flow.ts';
import type { Heard, VoiceMoment, VoiceScript } from '#shared/contracts/voice-script.ts';
import { hourMs, minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { callChannel } from '#shared/usecases/contact-channel.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { voiceScript } from '#shared/usecases/voice-script.ts';
import { callRules, callSettings } from '#test/builders/calls.ts';
import { account, at } from '#test/builders/person.ts';
import { shippedReplies } from '#test/builders/replies.ts';
import { bundle, rules } from '#test/builders/rules.ts';
import { stopOf } from '#test/builders/stops.ts';
import { world } from '#test/builders/world.ts';

const callTime = at('2026-03-06T16:45:00+08:00');
const replies = await shippedReplies();
const [creditor] = bundle().creditors;
const agents = {
  phone: '+12025550143',
  hours: [{ days: ['fri' as const], from: '08:00', to: '17:00' }],
};
const open = { ...creditor!, timeZone: 'Asia/Shanghai', links: true, agents };

/** A call that has just been placed to P1, whose date of birth and postal code are known. */
async function placedCall(
  changes: { account?: Partial<Account>; creditors?: object[]; calls?: object } = {},
) {
  const here = await world({
    now: callTime,
    debtor: { postalCode: '200000' },
    accounts: [{ attributes: { x_birth_date: '1990-01-02' }, ...changes.account }],
    rules: rules({ calls: callRules, creditors: [open], replies, ...(changes as object) }),
  });
  const channel = callChannel({
    channel: 'call',
    send: () => Promise.resolve({ kind: 'accepted', providerId: 'CA1' }),
    findSent: () => Promise.resolve({ kind: 'not_found' }),
  });
  await sendContact({ ...here.wake(), wakeFor: 'call' }, { ...here.parts, channel });
  const [entry] = await here.ledger();
  let last: VoiceMoment = {
    debtorId: 'P1',
    contactId: entry!.contactId,
    callId: 'CA1',
    answeredBy: 'human',
    heard: { kind: 'nothing' },
    state: null,
  };
  const ask = async (moment: VoiceMoment): Promise<string> => {
    last = moment;
    const script = await voiceScript(moment, here.parts);
    next = nextOf(script);
    return textsIn(script);
  };
  let next: VoiceMoment['state'] = null;
  const hear = (heard: Heard) => ask({ ...last, heard, state: next });
  return {
    ...here,
    ask: (moment: Partial<VoiceMoment> = {}) => ask({ ...last, ...moment }),
    again: async () => textsIn(await voiceScript(last, here.parts)),
    /** Picks up and answers one question after the other. */
    answers: async (...answers: readonly (string | Heard)[]): Promise<string> => {
      let said = await ask({ ...last, heard: { kind: 'nothing' }, state: null });
      for (const answer of answers)
        said = await hear(typeof answer === 'string' ? { kind: 'keys', keys: answer } : answer);
      return said;
    },
    hear,
    node: (): CallNode | undefined => next?.node,
  };
}

function nextOf({ steps }: VoiceScript): VoiceMoment['state'] {
  const step = steps.find((one) => 'next' in one);
  return step !== undefined && 'next' in step ? step.next : null;
}

function textsIn(script: VoiceScript): string {
  return script.steps.map((step) => ('text' in step ? `${step.kind}: ${step.text}` : step.kind)).join(' | ');
}

const says = (text: string): Heard => ({ kind: 'speech', text });
const nothing: Heard = { kind: 'nothing' };
const known = ['1', '19900102', '200000'] as const;

describe('a call that was picked up', () => {
  it('asks for the person and discloses nothing', async () => {
    const call = await placedCall();
    expect(await call.answers()).toBe('ask: A call for Mei. Press any key. greeting_keys | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'accepted' }]);
  });

  it('is a conversation once somebody says that they are the person', async () => {
    const call = await placedCall();
    expect(await call.answers('1')).toBe('ask: identity_intro ask_birth_date | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'conversation' }]);
  });

  it('leaves a machine only the limited message', async () => {
    const call = await placedCall();
    expect(await call.ask({ answeredBy: 'machine' })).toBe('say: Please call +12025550100. | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'voicemail' }]);
  });

  it('takes an unknown listener for a person', async () => {
    const call = await placedCall();
    expect(await call.ask({ answeredBy: 'unknown' })).toContain('ask: ');
  });

  it('tells everybody as little as a machine where no flow is configured', async () => {
    const call = await placedCall();
    call.apply({ ...call.rules, calls: null });
    expect(await call.ask()).toBe('say: Please call +12025550100. | hangup');
  });

  it('hangs up on a call that nobody knows of', async () => {
    const call = await placedCall();
    expect(await call.ask({ contactId: 'c-other' })).toBe('hangup');
    expect(await call.ask({ debtorId: 'P9' })).toBe('hangup');
  });
});

describe('what a call is about', () => {
  it('is not spoken of when it was paid while the telephone rang or meanwhile', async () => {
    const call = await placedCall();
    await call.answers(...known);
    await call.store.saveFeeds([
      { debtorId: 'P1', accounts: [account({ pastDue: 0, feedHash: 'feed-2' })], stops: true },
    ]);
    expect(await call.hear({ kind: 'keys', keys: '*' })).toBe('say: ended | hangup');
  });

  it.each([
    ['a person', {}],
    ['a machine', { answeredBy: 'machine' as const }],
  ])('is not told %s when calls were stopped', async (_, answered) => {
    const call = await placedCall();
    call.apply({ ...call.rules, stops: [stopOf({ kind: 'channel', channel: 'call' })] });
    expect(await call.ask(answered)).toMatch(/^say: (?:ended|Goodbye\.) \| hangup$/);
    expect(await call.ledger()).toMatchObject([{ state: 'accepted' }]);
  });

  it('is spoken of while something else is stopped', async () => {
    const call = await placedCall();
    call.apply({ ...call.rules, stops: [stopOf({ kind: 'channel', channel: 'sms' })] });
    expect(await call.answers(...known)).toContain('Demo Bank: ');
  });

  it.each([
    ['a hold', { kind: 'hold', hold: 'dispute', accountId: 'A1', why: 'not mine' } as const],
    ['an opt-out', { kind: 'opt_out', channel: 'call' } as const],
    [
      'the end of the number',
      { kind: 'wrong_party', channel: 'call', destination: '+8613900000001' } as const,
    ],
  ])('is not spoken of any more after %s by another way', async (_, wish) => {
    const call = await placedCall();
    await call.answers(...known);
    await carryOut({ ...wish, actId: 'page-1', debtorId: 'P1', via: 'page', by: 'debtor' }, call.parts);
    expect(await call.hear({ kind: 'keys', keys: '1' })).toBe('say: ended | hangup');
  });
});

describe('the identity check of a call', () => {
  const wrong = ['19900103', '200000'] as const;

  it.each([
    ['the first answer', ['19900103', '200000']],
    ['the second answer', ['19900102', '200001']],
    ['both answers', ['1', '2']],
  ])('says the same when %s was wrong', async (_, pair) => {
    const call = await placedCall();
    expect(await call.answers('1', ...pair)).toBe(
      'ask: identity_wrong identity_intro ask_birth_date | hangup',
    );
    expect(await call.answers('1', pair[0]!)).toBe('ask: ask_postal_code | hangup');
  });

  it('asks three times in all, over all calls, and hears no right answer after that', async () => {
    const call = await placedCall();
    await call.answers('1', ...wrong, ...wrong);
    expect(await call.ask({ callId: 'CA2', state: null, heard: nothing })).toContain('greeting_keys');
    expect(await call.hear({ kind: 'keys', keys: '1' })).toContain('ask_birth_date');
    for (const keys of wrong) await call.hear({ kind: 'keys', keys });
    expect(await call.again()).toBe('say: identity_closed | hangup');
    expect(await call.ask({ callId: 'CA3', state: null, heard: nothing })).toContain('greeting_keys');
    expect(await call.hear({ kind: 'keys', keys: '1' })).toBe('say: identity_closed | hangup');
    call.clock.set(toInstant(callTime + callSettings.identity.closedHours * hourMs + minuteMs));
    expect(await call.ask({ callId: 'CA4', state: null, heard: nothing })).toContain('greeting_keys');
    expect(await call.hear({ kind: 'keys', keys: '1' })).toContain('ask_birth_date');
  });

  it('hears no more wrong answers than it may when many calls answer at once', async () => {
    const call = await placedCall();
    const state = { node: 'second_fact', turn: 2, silences: 0, isFirstRight: true } as const;
    const guesses = Array.from({ length: 20 }, (_, index) => ({
      callId: `CA${index}`,
      keys: index === 19 ? '200000' : `30000${index}`,
    }));
    const { contactId } = (await call.ledger())[0]!;
    await Promise.all(
      guesses.map(({ callId, keys }) =>
        voiceScript(
          { debtorId: 'P1', contactId, callId, answeredBy: 'human', heard: { kind: 'keys', keys }, state },
          call.parts,
        ),
      ),
    );
    const heard = (await call.load()).acts.map(({ asked }) => asked?.['answers']);
    expect(heard.filter((one) => one === 'wrong').length).toBeLessThanOrEqual(3);
  });

  it('says only the number to call of a person of whom too little is known', async () => {
    const call = await placedCall({ account: { accountId: 'A1', attributes: { x_account_ending: 'AB12' } } });
    expect(await call.answers('1')).toBe('say: identity_impossible | hangup');
  });

  it('is of one call: what another call was told, this one has to ask', async () => {
    const call = await placedCall();
    await call.answers(...known);
    const state = { node: 'menu', turn: 3, silences: 0 } as const;
    expect(await call.ask({ callId: 'CA2', state, heard: { kind: 'keys', keys: '*' } })).toBe(
      'say: ended | hangup',
    );
  });
});

describe('a promise by call', () => {
  it.each<[string, (string | Heard)[], number, string]>([
    ['all of it tomorrow', ['1', '1', '1', '1'], 100, '2026-03-07'],
    ['the least amount in a week', ['1', '2', '3', '1'], 20, '2026-03-13'],
    ['a keyed amount by a keyed date', ['1', '3', '33*50', '4', '0320', '1'], 33.5, '2026-03-20'],
    [
      'a spoken amount by a spoken date',
      ['1', says('fifty'), says('on Monday'), says('yes')],
      50,
      '2026-03-09',
    ],
    ['all of it in words', [says('I will pay 80 yuan on Monday'), says('yes please')], 80, '2026-03-09'],
    ['words without a date', [says('I can pay 60 yuan'), '2', '1'], 60, '2026-03-09'],
    ['a change of mind', ['1', '1', '1', '2', '2', '3', '1'], 20, '2026-03-13'],
  ])('is made by %s', async (_, answers, amount, dueDate) => {
    const call = await placedCall();
    expect(await call.answers(...known, ...answers)).toMatch(/^say: known\/promised amount .* \| hangup$/);
    expect((await call.load()).promises).toMatchObject([{ amount, dueDate, via: 'call' }]);
  });

  it.each<[string, (string | Heard)[], RegExp]>([
    ['an amount that is too small', ['1', '3', '1'], /known\/amount_outside amountMin CN¥20\.00/],
    ['a date that is too late', ['1', '1', '4', '0801'], /known\/date_outside .*Apr 5, 2026/],
    ['no amount at all', ['1', '3', '**'], /^ask: again known\/amount_keys/],
    ['a date that there is not', ['1', '1', '4', '1345'], /^ask: again known\/date_keys/],
  ])('is asked for again after %s', async (_, answers, said) => {
    const call = await placedCall();
    expect(await call.answers(...known, ...answers)).toMatch(said);
    expect((await call.load()).promises).toEqual([]);
  });

  it('is not offered when none can be made, and the reason leads to people', async () => {
    const call = await placedCall();
    await call.answers(...known);
    for (const actId of ['p1', 'p2'])
      await carryOut(
        {
          ...{ kind: 'promise', actId, debtorId: 'P1', accountId: 'A1', via: 'page', by: 'debtor' },
          ...{ amount: 50, date: '2026-03-10' },
        },
        call.parts,
      );
    expect(await call.hear({ kind: 'keys', keys: '1' })).toMatch(/^ask: known\/no_promise known\/menu_link/);
  });

  it('that hangs on something is for people', async () => {
    const call = await placedCall();
    const said = await call.answers(...known, says('I will pay 80 on Monday if I get my salary'));
    expect(said).toBe('say: noted | hangup');
    expect((await call.load()).promises).toEqual([]);
  });
});

describe('what is said in words', () => {
  it.each<[string, string, object]>([
    ['I dispute this debt', 'noted', { holds: [{ kind: 'dispute' }] }],
    ['I lost my job and cannot pay', 'noted', { holds: [{ kind: 'hardship' }] }],
    ['talk to my lawyer', 'noted', { holds: [{ kind: 'attorney' }] }],
    ['stop calling me', 'stopped', { consents: [{ channel: 'call', level: 'optout' }] }],
    ['please call me tomorrow at 5pm', 'noted', { cases: [{ reason: 'call_me' }] }],
  ])('"%s" ends the call, with all that it means', async (text, prompt, changed) => {
    const call = await placedCall();
    expect(await call.answers(...known, says(text))).toBe(`say: ${prompt} | hangup`);
    const person = await call.load();
    expect(person).toMatchObject(changed);
    expect(person.inbound).toMatchObject([{ channel: 'call', text, inboundId: 'call:CA1:3' }]);
  });

  it.each<[string, string]>([
    ['wrong number', 'wrong_person'],
    ['he died last week', 'noted'],
    ['never contact me again', 'stopped'],
  ])('"%s" is heard from anybody who picks up', async (text, prompt) => {
    const call = await placedCall();
    expect(await call.answers(says(text))).toBe(`say: ${prompt} | hangup`);
    expect((await call.load()).inbound).toHaveLength(1);
  });

  it('of a debt are not heard before the person is known', async () => {
    const call = await placedCall();
    expect(await call.answers(says('I dispute this debt'))).toMatch(/^ask: again A call for Mei/);
    expect((await call.load()).inbound).toEqual([]);
  });
});

describe('the same request once more', () => {
  it.each<[string, (string | Heard)[]]>([
    ['a wrong person', ['2']],
    ['an opt-out', ['9']],
    ['a wrong answer', ['1', '1', '1']],
    ['right answers', [...known]],
    ['a promise', [...known, '1', '1', '1', '1']],
    ['a link', [...known, '2']],
    ['a dispute', [...known, says('I dispute this debt')]],
    ['a call back', [...known, '3', { kind: 'dialled', isTaken: false }]],
  ])('after %s plays the same and changes nothing', async (_, answers) => {
    const call = await placedCall();
    const said = await call.answers(...answers);
    const before = await call.load();
    expect(await call.again()).toBe(said);
    expect(await call.load()).toEqual(before);
  });
});
