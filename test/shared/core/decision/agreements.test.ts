import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Template } from '#shared/contracts/template.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { permitContact } from '#shared/core/decision/contact-permission.ts';
import { held, paid, plan, promise } from '#test/builders/agreements.ts';
import { after, contactIn, follow } from '#test/builders/follow.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { agreements, bundle, rules } from '#test/builders/rules.ts';

const own = (name: string, context: Template['context']): Template => ({
  ...{ name, context, locale: 'en', channel: 'sms', elements: [], body: '{{creditorName}}' },
});
const templates = [
  ...bundle().templates,
  own('promise-confirmation', 'promise'),
  own('promise-reminder', 'promise'),
  own('broken-promise', 'promise'),
  own('plan-confirmation', 'plan'),
  own('receipt', 'payment'),
  own('survey', 'survey'),
];
const using = (changes: Partial<ConfigBundle> = {}) => rules({ templates, ...changes });
const made = at('2026-03-03T04:00:00Z');
const settles = at('2026-03-11T16:00:00Z');

describe('an open promise', () => {
  const who = person({ promises: [promise()] });

  it('is reminded of once, the day before its date, at the preferred hour', () => {
    const { now, contact } = contactIn(who, made, using());
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-03-09');
    expect(contact).toMatchObject({
      channel: 'sms',
      purpose: 'reminder',
      template: 'promise-reminder',
      about: [{ accountId: 'A1', step: 'promise-reminder', agreement: 'promise-1', dueDate: '2026-03-10' }],
    });
    const reminded = after(who, contact, { state: 'delivered', reservedAt: now });
    expect(decide(reminded, using(), now)).toEqual({
      kind: 'wait',
      until: settles,
      for: 'look',
      because: ['promise/promise-1'],
    });
  });

  it('pauses every step, also where it has no reminder', () => {
    const silent = { ...agreements, promises: { ...agreements.promises, remindDaysBefore: undefined } };
    expect(decide(who, using({ agreements: silent }), made)).toMatchObject({
      kind: 'wait',
      until: settles,
      because: ['promise/promise-1'],
    });
  });

  it('that was made on the day of its reminder has none', () => {
    const today = person({ promises: [promise({ madeAt: at('2026-03-09T02:00:00Z') })] });
    expect(decide(today, using(), at('2026-03-09T02:00:00Z'))).toMatchObject({ until: settles });
  });

  it('leaves the other accounts of the person to their own course, and is in no message about them', () => {
    const two = person({ accounts: [account(), account({ accountId: 'A2' })], promises: [promise()] });
    const { contact } = contactIn(two, made, using());
    expect(contact.about.map(({ accountId }) => accountId)).toEqual(['A2']);
  });

  it('is a hold to the permission engine, but not for its own messages', () => {
    const view = viewOf(who, using(), at('2026-03-05T04:00:00Z'))!;
    const proposal = {
      account: account(),
      channel: 'sms',
      purpose: 'reminder',
      destination: '+8613900000001',
      elements: [],
    } as const;
    expect(permitContact(view, proposal, view.now)).toMatchObject({
      allowed: false,
      because: ['builtin/hold/promise'],
    });
    expect(permitContact(view, { ...proposal, isOwn: true }, view.now)).toMatchObject({ allowed: true });
  });

  it('ends its pause when it is withdrawn', () => {
    const free = person({ promises: [promise({ cancelled: { at: made, why: 'withdrawn' } })] });
    expect(contactIn(free, made, using()).contact).toMatchObject({ template: 'notice' });
  });
});

describe('a confirmation', () => {
  const who = person({ promises: [promise({ confirmBy: 'sms' })] });

  it('goes out at once by the channel that was used', () => {
    expect(decide(who, using(), made)).toMatchObject({
      kind: 'contact',
      contact: { template: 'promise-confirmation', purpose: 'reply_to_debtor', channel: 'sms' },
    });
  });

  it('waits for the hours of the law where the person has not written on that channel', () => {
    const night = at('2026-03-03T18:00:00Z');
    const late = person({ promises: [promise({ confirmBy: 'sms', madeAt: night })] });
    const { now, contact } = contactIn(late, night, using());
    expect(contact.template).toBe('promise-confirmation');
    // 08:00 in Shanghai, and the spread after an opening.
    expect(new Date(now).toISOString()).toMatch(/^2026-03-04T00:/);
  });

  it('does not keep to the gap after a reminder', () => {
    const { now, contact } = contactIn(person(), at('2026-03-02T00:00:00Z'), using());
    const reminded = after(person(), contact, { state: 'delivered', reservedAt: now });
    const then = { ...reminded, promises: [promise({ confirmBy: 'sms', madeAt: now + 60_000 })] };
    expect(decide(then, using(), at(new Date(now + 60_000).toISOString()))).toMatchObject({
      contact: { template: 'promise-confirmation' },
    });
  });

  it('is made once', () => {
    const { now, contact } = contactIn(who, made, using());
    const confirmed = after(who, contact, { state: 'delivered', reservedAt: now });
    expect(contactIn(confirmed, made, using()).contact).toMatchObject({ template: 'promise-reminder' });
  });

  it('is dropped when it could not go out for a day', () => {
    expect(contactIn(who, at('2026-03-04T04:00:00Z'), using()).contact.template).toBe('promise-reminder');
  });

  it('does not go out on a channel that was ended', () => {
    const refused = { ...who, consents: [{ channel: 'sms', level: 'optout', at: 0 } as const] };
    expect(decide(refused, using(), made)).toMatchObject({ kind: 'wait', because: ['promise/promise-1'] });
  });
});

describe('a promise that was not kept', () => {
  const who = person({ promises: [promise()] });

  it('is followed up once at the next preferred hour, before the strategy goes on', () => {
    const { now, contact } = contactIn(who, settles, using());
    expect(contact).toMatchObject({ template: 'broken-promise', purpose: 'collection' });
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-03-12');
    const told = after(who, contact, { state: 'delivered', reservedAt: now });
    expect(follow(told, now, using()).decision).toMatchObject({
      kind: 'contact',
      contact: { template: 'notice', about: [{ step: 'third' }] },
    });
  });

  it('is not followed up when all is paid after it, or nobody wants it', () => {
    const cured = { ...who, accounts: [account({ pastDue: 0, minimumDue: 0, instalments: [] })] };
    expect(decide(cured, using(), settles)).toEqual({ kind: 'rest' });
    const silent = { ...agreements, promises: { ...agreements.promises, followUp: false } };
    expect(contactIn(who, settles, using({ agreements: silent })).contact.template).toBe('notice');
  });

  it('that was kept is not', () => {
    const kept = { ...who, accounts: [account({ pastDue: 40 })], payments: [paid()] };
    expect(contactIn(kept, settles, using()).contact.template).toBe('notice');
  });
});

describe('a plan', () => {
  it('is reminded of before each instalment that is open', () => {
    const who = person({ plans: [plan()], payments: [paid({ amount: 30 })] });
    const { contact, now } = contactIn(who, settles, using());
    expect(contact).toMatchObject({
      template: 'promise-reminder',
      about: [{ agreement: 'plan-1', dueDate: '2026-04-10' }],
    });
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-04-09');
  });

  it('that is breached is followed up, and then the strategy goes on', () => {
    const who = person({ plans: [plan()] });
    const { contact, now } = contactIn(who, settles, using());
    expect(contact).toMatchObject({ template: 'broken-promise', about: [{ dueDate: '2026-03-10' }] });
    const told = after(who, contact, { state: 'delivered', reservedAt: now });
    expect(follow(told, now, using()).decision).toMatchObject({ contact: { template: 'notice' } });
  });

  it('is confirmed by the channel that was used', () => {
    const who = person({ plans: [plan({ confirmBy: 'sms' })] });
    expect(decide(who, using(), made)).toMatchObject({ contact: { template: 'plan-confirmation' } });
  });
});

describe('a receipt', () => {
  const cured = account({ pastDue: 0, minimumDue: 0, instalments: [] });
  const told = at('2026-03-09T05:00:00Z');

  it('is sent at once for a payment of a source that the configuration names, also when nothing is owed', () => {
    const who = person({ accounts: [cured], payments: [paid({ source: 'provider_page', toldAt: told })] });
    expect(decide(who, using(), told)).toMatchObject({
      contact: { template: 'receipt', purpose: 'reply_to_debtor', about: [{ agreement: 'pay-1' }] },
    });
  });

  it.each([
    ['that the creditor told', { toldAt: told }],
    [
      'that was taken back',
      {
        source: 'provider_page',
        toldAt: told,
        reversals: [{ reversalId: 'r', amount: 60, at: told, why: '' }],
      },
    ],
    ['of long ago', { source: 'provider_page', toldAt: at('2026-03-08T05:00:00Z') }],
  ] as const)('is not sent for one %s', (_, changes) => {
    const { reversals, ...rest } = { reversals: undefined, ...changes };
    const payment = paid({ ...rest, ...(reversals && { reversals: [...reversals] }) });
    expect(decide(person({ accounts: [cured], payments: [payment] }), using(), told)).toEqual({
      kind: 'rest',
    });
  });
});

describe('a survey', () => {
  const inviting = using({ agreements: { ...agreements, survey: { afterDays: 2, invite: true } } });
  const payments = [paid({ toldAt: at('2026-03-09T05:00:00Z') })];

  it('is sent some days after the end to whom was written, and not to whom has answered', () => {
    const { now, contact } = contactIn(person(), at('2026-03-02T00:00:00Z'), using());
    const known = after(person({ payments }), contact, { state: 'delivered', reservedAt: now });
    const cured = { ...known, accounts: [account({ pastDue: 0, minimumDue: 0, instalments: [] })] };
    const sent = contactIn(cured, at('2026-03-09T05:00:00Z'), inviting);
    expect(sent.contact.template).toBe('survey');
    expect(new Date(sent.now).toISOString().slice(0, 10)).toBe('2026-03-11');
    const act = {
      actId: 'a',
      debtorId: 'P1',
      kind: 'survey',
      via: 'page',
      by: 'debtor',
      outcome: 'done',
    } as const;
    const answered = { ...cured, acts: [{ ...act, at: at('2026-03-10T05:00:00Z') }] };
    expect(decide(answered, inviting, at('2026-03-10T06:00:00Z'))).toEqual({ kind: 'rest' });
  });
});

describe('a hold', () => {
  it('keeps contact away until its last day is over; then a person looks, if it says so', () => {
    const who = person({ holds: [held()] });
    const { now, decision } = follow(who, made, using());
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-03-13');
    expect(decision).toMatchObject({
      kind: 'case',
      reason: 'hold_ended',
      queue: 'human',
      because: ['hold/hold-1/end', 'hold/dispute'],
    });
  });

  it('that ends by itself lets the strategy go on', () => {
    const { now, contact } = contactIn(person({ holds: [held({ atEnd: 'resume' })] }), made, using());
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-03-13');
    expect(contact.template).toBe('notice');
  });

  it('that is for people at once opens one case', () => {
    const who = person({ holds: [held({ opensCase: true })] });
    expect(decide(who, using(), made)).toMatchObject({
      kind: 'case',
      reason: 'hold',
      because: ['hold/hold-1', 'hold/dispute'],
    });
    const closed = {
      ...{ caseId: 'c', debtorId: 'P1', accountId: 'A1', queue: 'human', reason: 'hold' as const },
      ...{
        because: ['hold/hold-1'],
        priority: 0,
        openedAt: made,
        dueDate: '2026-03-01',
        state: 'closed' as const,
      },
    };
    expect(decide({ ...who, cases: [closed] }, using(), made)).toMatchObject({ kind: 'wait' });
  });

  it('on everything that is owed covers every account, on one only that', () => {
    const accounts = [account(), account({ accountId: 'A2' })];
    const one = person({ accounts, holds: [held()] });
    expect(contactIn(one, made, using()).contact.about.map(({ accountId }) => accountId)).toEqual(['A2']);
    const { accountId: _, ...whole } = held({ atEnd: 'resume' });
    const all = contactIn(person({ accounts, holds: [whole] }), made, using());
    expect(new Date(all.now).toISOString().slice(0, 10)).toBe('2026-03-13');
  });

  it('without an end leaves the account to people', () => {
    const { until: _, ...open } = held();
    expect(decide(person({ holds: [open] }), using(), made)).toMatchObject({
      kind: 'case',
      reason: 'not_permitted',
    });
  });

  it('that somebody ended is none', () => {
    const ended = held({ ended: { at: made, by: 'ann', why: '' } });
    const { now } = contactIn(person({ holds: [ended] }), made, using());
    expect(new Date(now).toISOString().slice(0, 10)).toBe('2026-03-03');
  });

  it('comes before an open promise: a person looks', () => {
    const who = person({ promises: [promise()], holds: [held({ opensCase: true })] });
    expect(decide(who, using(), made)).toMatchObject({ kind: 'case', reason: 'hold' });
  });
});

describe('wishes', () => {
  it('hours that the person asked for bind', () => {
    const windows = [{ allow: { daily: ['19:00-20:00'] } }];
    const who = person({ preferences: { at: made, windows } });
    const { now } = contactIn(who, made, using());
    // 19:00 in Shanghai is 11:00 by UTC.
    expect(new Date(now).toISOString().slice(11, 13)).toBe('11');
  });

  it('a language that the person chose comes before that of the feed', () => {
    const who = person({
      debtor: debtor({ language: 'es' }),
      preferences: { at: made, windows: [], language: 'zh-CN' },
    });
    expect(viewOf(who, using(), made)?.locale).toBe('zh-CN');
  });
});
