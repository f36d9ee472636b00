import { describe, expect, it } from 'vitest';
import type { Case } from '#shared/contracts/ledger.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { hourMs, minuteMs, toInstant } from '#shared/kernel/instant.ts';
import { after, contactIn, follow } from '#test/builders/follow.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { cardStrategy, chinaPack, rules } from '#test/builders/rules.ts';

const morning = at('2026-03-02T10:00:00+08:00');
const preferredBegins = at('2026-03-02T15:00:00+08:00');
const preferredEnds = at('2026-03-02T17:00:00+08:00');

describe('one account', () => {
  it('waits for the preferred part of the day on the day of its step', () => {
    const { now, contact } = contactIn(person(), morning);
    expect(now).toBeGreaterThanOrEqual(preferredBegins);
    expect(now).toBeLessThan(preferredEnds);
    expect(contact).toMatchObject({
      channel: 'sms',
      destination: '+8613900000001',
      about: [{ step: 'first' }],
    });
  });

  it('begins at another point of the preferred hours for another person', () => {
    const starts = ['P1', 'P2', 'P3'].map((debtorId) => contactIn(person({ debtorId }), morning).now);
    expect(new Set(starts).size).toBe(3);
  });

  it('gives the same contact the same id however often it is decided', () => {
    const { now, contact } = contactIn(person(), morning);
    expect(contactIn(person(), now).contact.contactId).toBe(contact.contactId);
  });

  it('tries the fallback channel after the wait when nobody answered', () => {
    const first = contactIn(person(), morning);
    const pending = after(person(), first.contact, { reservedAt: first.now, state: 'accepted' });
    const second = contactIn(pending, first.now);
    expect(second.contact.channel).toBe('email');
    expect(second.now).toBe(first.now + 4 * hourMs);
  });

  it('tries the fallback channel at once, after the gap, when the first surely reached nobody', () => {
    const first = contactIn(person(), morning);
    const lost = after(person(), first.contact, { reservedAt: first.now, state: 'undelivered' });
    const second = contactIn(lost, first.now);
    expect(second.contact.channel).toBe('email');
    expect(second.now).toBe(first.now + 60 * minuteMs);
  });

  it('goes on to the next step once the message was delivered', () => {
    const first = contactIn(person(), morning);
    const delivered = after(person(), first.contact, { reservedAt: first.now, state: 'delivered' });
    const second = contactIn(delivered, first.now);
    expect(second.contact.about[0]?.step).toBe('second');
    expect(second.now).toBeGreaterThanOrEqual(at('2026-03-06T15:00:00+08:00'));
  });

  it('never sends a contact again whose outcome is unknown', () => {
    const first = contactIn(person(), morning);
    const unknown = after(person(), first.contact, { reservedAt: first.now, state: 'unknown' });
    expect(contactIn(unknown, first.now).contact.contactId).not.toBe(first.contact.contactId);
    expect(contactIn(unknown, first.now).contact.channel).toBe('email');
  });

  it('tries the same channel again at the time a passing failure names, as another attempt', () => {
    const first = contactIn(person(), morning);
    const retryAt = toInstant(first.now + minuteMs);
    const failed = after(person(), first.contact, { reservedAt: first.now, state: 'failed', retryAt });
    const second = contactIn(failed, first.now);
    expect(second.now).toBe(retryAt);
    expect(second.contact).toMatchObject({ channel: 'sms', attempt: 1 });
    expect(second.contact.contactId).not.toBe(first.contact.contactId);
  });

  it('gives up a channel after the allowed number of passing failures', () => {
    const first = contactIn(person(), morning);
    const failed = { reservedAt: first.now, state: 'failed', retryAt: first.now } as const;
    const twice = after(after(person(), first.contact, failed), first.contact, failed);
    expect(contactIn(twice, first.now).contact.channel).toBe('email');
  });

  it('makes only the newest of the steps that a late start missed', () => {
    const { contact } = contactIn(person(), at('2026-03-08T10:00:00+08:00'));
    expect(contact.about[0]?.step).toBe('second');
  });

  it('does not catch up steps that lie before a part payment moved its age', () => {
    const moved = account({ dueDate: '2026-03-01', agedSince: at('2026-03-04T09:00:00+08:00') });
    const { contact } = contactIn(person({ accounts: [moved] }), at('2026-03-04T09:00:00+08:00'));
    expect(contact.about[0]?.step).toBe('second');
  });

  it('rests when it is paid', () => {
    const paid = account({ pastDue: 0 });
    expect(decide(person({ accounts: [paid] }), rules(), morning)).toEqual({ kind: 'rest' });
  });

  it('reminds before the due date while in good standing, and not after it', () => {
    const coming = person({ accounts: [account({ pastDue: 0, dueDate: '2026-03-10' })] });
    const { now, contact } = contactIn(coming, morning);
    expect(contact.about[0]?.step).toBe('courtesy');
    expect(now).toBeGreaterThanOrEqual(at('2026-03-07T15:00:00+08:00'));
    expect(decide(coming, rules(), at('2026-03-11T12:00:00+08:00'))).toEqual({ kind: 'rest' });
  });

  it('goes to people when its steps are used up and the pause is over', () => {
    const { now, decision } = follow(person(), at('2026-04-20T10:00:00+08:00'));
    expect(decision).toMatchObject({ kind: 'case', reason: 'steps_used_up' });
    expect(now).toBe(at('2026-04-20T10:00:00+08:00'));
  });

  it('is left alone while a case owns it', () => {
    const owned: Case = {
      caseId: 'C1',
      debtorId: 'P1',
      accountId: 'A1',
      queue: 'human',
      reason: 'steps_used_up',
      because: [],
      priority: 0,
      openedAt: morning,
      dueDate: '2026-03-01',
      state: 'open',
    };
    expect(decide(person({ cases: [owned] }), rules(), morning)).toEqual({ kind: 'rest' });
  });
});

describe('who cannot be reached or must not be', () => {
  it('goes to people as unreachable when no channel has an address', () => {
    const { phone: _phone, email: _email, ...bare } = debtor();
    expect(decide(person({ debtor: bare }), rules(), morning)).toMatchObject({
      kind: 'case',
      reason: 'unreachable',
    });
  });

  it('goes to people when its creditor is not configured', () => {
    const foreign = person({ accounts: [account({ creditor: 'unknown-bank' })] });
    expect(decide(foreign, rules(), morning)).toMatchObject({
      kind: 'case',
      reason: 'no_strategy',
      because: ['creditor/unknown-bank'],
    });
  });

  it('goes to people when no zone is known', () => {
    const nowhere = debtor({ country: 'ZZ', phone: '+99900000000' });
    const decision = decide(person({ debtor: nowhere }), rules(), morning);
    expect(decision).toMatchObject({ kind: 'case', reason: 'not_permitted' });
  });

  it('uses the fallback when the person opted out of the first channel', () => {
    const optedOut = debtor({
      consents: [{ channel: 'sms', level: 'optout', at: at('2026-01-01T00:00:00Z') }],
    });
    expect(contactIn(person({ debtor: optedOut }), morning).contact.channel).toBe('email');
  });

  it('does not use an address that is over', () => {
    const ended = { channel: 'sms', value: '+8613900000001', reason: 'dead_number', at: morning } as const;
    expect(contactIn(person({ endedDestinations: [ended] }), morning).contact.channel).toBe('email');
  });

  it('contacts in the permitted hours when the preferred ones are never permitted', () => {
    const mornings = { ...chinaPack, rules: [{ ...chinaPack.rules[0]!, allow: { daily: ['08:00-12:00'] } }] };
    const using = rules({ policies: [mornings] });
    const { now } = contactIn(person(), at('2026-03-02T13:00:00+08:00'), using);
    expect(now).toBeGreaterThanOrEqual(at('2026-03-03T08:00:00+08:00'));
    expect(now).toBeLessThanOrEqual(at('2026-03-03T08:30:00+08:00'));
  });

  it('waits for the next window when the present one ends within the margin', () => {
    const narrow = { ...cardStrategy, preferred: { from: '21:57', to: '23:00' } };
    const using = rules({ strategies: [narrow] });
    const { now } = contactIn(person(), at('2026-03-02T21:58:00+08:00'), using);
    expect(now).toBeGreaterThanOrEqual(at('2026-03-03T08:00:00+08:00'));
  });
});

describe('several accounts of one person', () => {
  it('travel in one message of the most urgent when creditor and currency are the same', () => {
    const older = account({ accountId: 'A2', dueDate: '2026-02-28' });
    const first = contactIn(person({ accounts: [account(), older] }), morning);
    expect(first.contact.about.map((subject) => subject.accountId)).toEqual(['A2', 'A1']);
    const sent = after(person({ accounts: [account(), older] }), first.contact, {
      reservedAt: first.now,
      state: 'delivered',
    });
    expect(contactIn(sent, first.now).now).toBeGreaterThanOrEqual(at('2026-03-05T15:00:00+08:00'));
  });

  it('are told apart by currency, a gap after one another', () => {
    const dollars = account({ accountId: 'A2', currency: 'USD' });
    const both = person({ accounts: [account(), dollars] });
    const first = contactIn(both, morning);
    expect(first.contact.about).toHaveLength(1);
    const second = contactIn(
      after(both, first.contact, { reservedAt: first.now, state: 'delivered' }),
      first.now,
    );
    expect(second.now).toBeGreaterThanOrEqual(first.now + 60 * minuteMs);
    expect(second.contact.about[0]?.accountId).toBe('A2');
  });

  it('do not keep a paid one in the message', () => {
    const paid = account({ accountId: 'A2', pastDue: 0 });
    const { contact } = contactIn(person({ accounts: [account(), paid] }), morning);
    expect(contact.about.map((subject) => subject.accountId)).toEqual(['A1']);
  });
});
