import { describe, expect, it } from 'vitest';
import type { VoiceMoment } from '#shared/contracts/voice-script.ts';
import { callChannel } from '#shared/usecases/contact-channel.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { voiceScript } from '#shared/usecases/voice-script.ts';
import { account, at } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { world } from '#test/builders/world.ts';

const callTime = at('2026-03-06T16:45:00+08:00');

/** A call that has just been placed to P1. */
async function placedCall() {
  const here = await world({ now: callTime });
  const channel = callChannel({
    channel: 'call',
    send: () => Promise.resolve({ kind: 'accepted', providerId: 'CA1' }),
    findSent: () => Promise.resolve({ kind: 'not_found' }),
  });
  await sendContact({ ...here.wake(), wakeFor: 'call' }, { ...here.parts, channel });
  const [entry] = await here.ledger();
  const contactId = entry!.contactId;
  const moment = (changes: Partial<VoiceMoment> = {}): VoiceMoment => ({
    debtorId: 'P1',
    contactId,
    answeredBy: 'human',
    pressed: null,
    ...changes,
  });
  return {
    ...here,
    moment,
    texts: async (changes?: Partial<VoiceMoment>) => textsIn(await voiceScript(moment(changes), here.parts)),
  };
}

function textsIn(script: Awaited<ReturnType<typeof voiceScript>>): string {
  return script.steps.map((step) => ('text' in step ? `${step.kind}: ${step.text}` : step.kind)).join(' | ');
}

describe('voiceScript', () => {
  it('discloses nothing before a key is pressed', async () => {
    const call = await placedCall();
    expect(await call.texts()).toBe('ask: A call for Mei. Press any key. | say: Goodbye. | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'accepted' }]);
  });

  it('says who calls and why once a key is pressed, which is a conversation', async () => {
    const call = await placedCall();
    expect(await call.texts({ pressed: '1' })).toContain('say: Demo Bank: ');
    expect(await call.ledger()).toMatchObject([{ state: 'conversation' }]);
  });

  it('leaves a machine only the limited message', async () => {
    const call = await placedCall();
    const said = await call.texts({ answeredBy: 'machine' });
    expect(said).toBe('say: Please call +12025550100. | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'voicemail' }]);
  });

  it('takes an unknown listener for a person who has not pressed a key yet', async () => {
    const call = await placedCall();
    expect(await call.texts({ answeredBy: 'unknown' })).toContain('ask: ');
  });

  it('says nothing of a debt that was paid while the telephone rang', async () => {
    const call = await placedCall();
    await call.store.saveFeeds([
      { debtorId: 'P1', accounts: [account({ pastDue: 0, feedHash: 'feed-2' })], stops: true },
    ]);
    expect(await call.texts({ pressed: '1' })).toBe('say: Goodbye. | hangup');
  });

  it.each([
    ['a person', {}],
    ['a person who pressed a key', { pressed: '1' }],
    ['a machine', { answeredBy: 'machine' as const }],
  ])('tells %s only goodbye when calls were stopped while the telephone rang', async (_, answered) => {
    const call = await placedCall();
    call.apply({ ...call.rules, stops: [stopOf({ kind: 'channel', channel: 'call' })] });
    expect(await call.texts(answered)).toBe('say: Goodbye. | hangup');
    expect(await call.ledger()).toMatchObject([{ state: 'accepted' }]);
  });

  it('speaks on while something else is stopped', async () => {
    const call = await placedCall();
    call.apply({ ...call.rules, stops: [stopOf({ kind: 'channel', channel: 'sms' })] });
    expect(await call.texts({ pressed: '1' })).toContain('say: Demo Bank: ');
  });

  it('hangs up on a call that nobody knows of', async () => {
    const call = await placedCall();
    expect(await call.texts({ contactId: 'c-other' })).toBe('hangup');
    expect(await call.texts({ debtorId: 'P9' })).toBe('hangup');
  });
});
