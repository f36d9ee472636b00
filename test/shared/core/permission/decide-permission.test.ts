import { describe, expect, test } from 'vitest';
import { PermitRequestSchema } from '#shared/contracts/permission.ts';
import { contactChannels, type ContactChannel } from '#shared/contracts/permission-words.ts';
import { RulePackSchema } from '#shared/contracts/rule-pack.ts';
import type { RuleDecisions } from '#shared/contracts/rule-decisions.ts';
import { compilePacks } from '#shared/core/permission/compile-packs.ts';
import { permit } from '#shared/core/permission/permit.ts';

type Fields = Readonly<Record<string, unknown>>;

const base = {
  at: '2026-06-10T12:00:00Z',
  channel: 'call',
  packs: ['p'],
  debtor: { id: 'P', zones: [{ zone: 'UTC', evidence: 'address' }] },
  debt: { id: 'D1' },
  destination: { kind: 'mobile', value: '+1' },
};

const onePack = (rules: readonly Fields[], more: Fields = {}) =>
  RulePackSchema.parse({ pack: 'p', version: '1', rules: rules.map((rule, index) => ({ id: `r${String(index)}`, ...rule })), ...more }); // prettier-ignore

function ask(
  rules: readonly Fields[],
  change: Fields = {},
  more: Fields = {},
  decisions: RuleDecisions = {},
) {
  const request = PermitRequestSchema.parse({ ...base, ...change });
  const decision = permit(request, compilePacks([onePack(rules, more)], {}, decisions));
  if ('error' in decision) throw new Error(decision.error);
  return decision;
}

/** `allowed`, or the next instant. */
const next = (...args: Parameters<typeof ask>) => {
  const { allowed, nextAt } = ask(...args);
  return allowed ? 'allowed' : nextAt;
};

const call = (at: string, more: Fields = {}) => ({ at, channel: 'call', direction: 'outbound', outcome: 'no_answer', debts: ['D1'], value: '+1', ...more }); // prettier-ignore
const heard = (at: string, channel = 'call') =>
  call(at, { direction: 'inbound', channel, outcome: 'delivered' });
const inZone = (...zones: string[]) => ({ debtor: { id: 'P', zones: zones.map((zone) => ({ zone, evidence: 'address' })) } }); // prettier-ignore
const consents = (...list: Fields[]) => ({ debtor: { ...base.debtor, consents: list.map((consent) => ({ channel: 'call', ...consent })) } }); // prettier-ignore
const cap = (more: Fields) => ({
  kind: 'cap',
  count: 'call_placed',
  max: 1,
  window: 'calendar_day',
  ...more,
});
const never = { kind: 'window', allow: { daily: [] } };

describe('every kind of rule denies on every channel that it lists, and on no other', () => {
  const denying: Readonly<Record<string, readonly [rule: Fields, change?: Fields]>> = {
    window: [never],
    cap: [cap({ max: 0 })],
    cooldown: [{ kind: 'cooldown', after: 'any_contact', for: { hours: 24 } }, { history: [call('2026-06-10T11:00:00Z')] }],
    prerequisite: [{ kind: 'prerequisite', require: 'notice_letter_sent' }],
    consent: [{ kind: 'consent', level: 'express' }],
    content: [{ kind: 'content', require: ['rights'] }, { content: { elements: [] } }],
    recipient: [{ kind: 'recipient', deny_destinations: ['mobile'] }],
    hold: [{ kind: 'hold', kinds: ['dispute'] }, { holds: [{ kind: 'dispute', from: '2026-06-01' }] }],
  }; // prettier-ignore
  const rows = Object.entries(denying).flatMap(([kind, [rule, change = {}]]) =>
    contactChannels.map((channel) => ({ kind, channel, rule, change })),
  );
  const others = (channel: ContactChannel) => contactChannels.filter((other) => other !== channel);

  test.each(rows)('$kind × $channel', ({ kind, channel, rule, change }) => {
    const listed = ask([{ ...rule, channels: [channel] }], { ...change, channel });
    expect(listed.reasons).toEqual([{ rule: 'p/r0', kind, force: 'must', cite: null }]);
    expect(ask([{ ...rule, channels: others(channel) }], { ...change, channel }).allowed).toBe(true);
    expect(ask([rule], { ...change, channel }).allowed).toBe(false);
  });
});

describe('caps', () => {
  const noon = call('2026-06-10T11:00:00Z');
  test.each<[string, Fields, Fields, string]>([
    ['a calendar day ends at local midnight', {}, { history: [noon] }, '2026-06-11T00:00:00Z'],
    ['in the debtor’s zone', {}, { ...inZone('Asia/Tokyo'), history: [noon] }, '2026-06-10T15:00:00Z'],
    ['in the latest of several zones', {}, { ...inZone('Asia/Tokyo', 'America/New_York'), history: [noon] }, '2026-06-11T04:00:00Z'],
    ['a calendar week begins on Monday', { window: 'calendar_week' }, { history: [noon] }, '2026-06-15T00:00:00Z'],
    ['a calendar month on the first', { window: 'calendar_month' }, { history: [noon] }, '2026-07-01T00:00:00Z'],
    ['rolling days count today and those before it', { window: { rolling_days: 7 } }, { history: [call('2026-06-04T23:59:00Z')] }, '2026-06-11T00:00:00Z'],
    ['an event of 168 hours is not younger than 168 hours', { window: { rolling_hours: 168 } }, { history: [call('2026-06-03T12:00:00Z')] }, 'allowed'],
    ['one of a second less is', { window: { rolling_hours: 168 } }, { history: [call('2026-06-03T12:00:01Z')] }, '2026-06-10T12:00:01Z'],
    ['the release waits for as many as are too many', { max: 2, window: { rolling_hours: 24 } }, { history: [call('2026-06-10T09:00:00Z'), call('2026-06-10T10:00:00Z'), call('2026-06-10T11:00:00Z')] }, '2026-06-11T10:00:00Z'],
    ['the debt’s events only', { scope: ['debtor', 'debt'] }, { history: [call(noon.at, { debts: ['D2'] }), call(noon.at, { debts: [] })] }, 'allowed'],
    ['the number’s events only', { scope: ['debtor', 'number'] }, { history: [call(noon.at, { value: '+2' }), call(noon.at, { value: undefined })] }, 'allowed'],
    ['events of nobody’s debt count for the debtor', { scope: ['debtor'] }, { history: [call(noon.at, { debts: undefined })] }, '2026-06-11T00:00:00Z'],
    ['a future event does not count, not even later', {}, { history: [call('2026-06-10T12:00:01Z')] }, 'allowed'],
    ['an event of the same instant counts', {}, { history: [call('2026-06-10T12:00:00Z')] }, '2026-06-11T00:00:00Z'],
    ['what is excluded does not count', { exclude: ['consented', 'not_in_service', 'attorney_or_creditor'] }, { history: [call(noon.at, { consented: true }), call(noon.at, { outcome: 'not_in_service' }), call(noon.at, { role: 'creditor' })] }, 'allowed'],
    ['another channel would be one too many', { count: 'any_contact', count_distinct: 'channel' }, { history: [call(noon.at, { channel: 'sms', outcome: 'sent' })] }, '2026-06-11T00:00:00Z'],
    ['the same channel again would not', { count: 'any_contact', count_distinct: 'channel' }, { history: [noon, noon] }, 'allowed'],
    ['a rule that ends before the cap releases', { window: 'calendar_month', effective: { to: '2026-06-12' } }, { history: [noon] }, '2026-06-13T00:00:00Z'],
  ])('%s', (_name, rule, change, expected) => {
    expect(next([cap(rule)], change)).toBe(expected);
  }); // prettier-ignore
});

describe('a recent consent lifts presumptions that list it', () => {
  const rule = cap({ force: 'presumption', exclude: ['consented'], window: { rolling_days: 30 } });
  const history = [call('2026-06-10T11:00:00Z')];
  test.each<[string, Fields, Fields, string]>([
    ['on the seventh local date', rule, { level: 'express', at: '2026-06-04T00:00:00Z' }, 'allowed'],
    ['not on the eighth', rule, { level: 'express', at: '2026-06-03T23:59:59Z' }, '2026-07-10T00:00:00Z'],
    ['not a rule that must be', { ...rule, force: 'must' }, { level: 'written', at: '2026-06-09T00:00:00Z' }, '2026-07-10T00:00:00Z'],
    ['not one without the exclusion', { ...rule, exclude: [] }, { level: 'written', at: '2026-06-09T00:00:00Z' }, '2026-07-10T00:00:00Z'],
    ['not by a consent to other hours', rule, { level: 'written', at: '2026-06-09T00:00:00Z', outsideHours: true }, '2026-07-10T00:00:00Z'],
    ['not by a consent for another number', rule, { level: 'written', at: '2026-06-09T00:00:00Z', number: '+2' }, '2026-07-10T00:00:00Z'],
  ])('%s', (_name, lifted, consent, expected) => {
    expect(next([lifted], { history, ...consents(consent) })).toBe(expected);
  }); // prettier-ignore
});

describe('cooldowns, prerequisites, holds and effective dates', () => {
  const hold = (more: Fields) => ({ holds: [{ kind: 'dispute', from: '2026-06-01', ...more }] });
  const fact = (...at: string[]) => ({ facts: at.map((each) => ({ kind: 'notice_letter_sent', at: each })) });
  const letter = { kind: 'prerequisite', require: 'notice_letter_sent', min_age: { days: 6 } };
  test.each<[string, readonly Fields[], Fields, string | null]>([
    ['day one is the event’s own', [{ kind: 'cooldown', after: 'conversation', for: { calendar_days: 7 } }], { history: [heard('2026-06-09T23:00:00Z'), call('2026-06-09T23:00:00Z', { outcome: 'conversation', direction: 'inbound' })] }, '2026-06-16T00:00:00Z'],
    ['hours end at the hour', [{ kind: 'cooldown', after: 'call_placed', for: { hours: 2 } }], { history: [call('2026-06-10T10:30:00Z')] }, '2026-06-10T12:30:00Z'],
    ['six whole dates lie between', [letter], fact('2026-06-08T10:00:00Z'), '2026-06-15T00:00:00Z'],
    ['the oldest fact counts', [letter], fact('2026-06-08T10:00:00Z', '2026-06-03T10:00:00Z'), 'allowed'],
    ['a missing fact is never made up', [letter], fact('2026-06-10T12:00:01Z'), null],
    ['a hold includes its last date', [], hold({ until: '2026-06-12' }), '2026-06-13T00:00:00Z'],
    ['a hold without end has no next instant', [], hold({}), null],
    ['a rule gives a hold its length', [{ kind: 'hold', kinds: ['dispute'], days: 60 }], hold({}), '2026-07-31T00:00:00Z'],
    ['a rule may say that a kind does not suspend', [{ kind: 'hold', kinds: ['dispute'], suspend: false }], hold({}), 'allowed'],
    ['a kind is mentioned even by a rule that does not apply', [{ kind: 'hold', kinds: ['dispute'], channels: ['sms'] }], hold({}), 'allowed'],
    ['but not by one that is unverified', [{ kind: 'hold', kinds: ['dispute'], suspend: false, status: 'unverified' }], hold({}), null],
    ['a hold that begins later holds then', [{ kind: 'window', allow: { daily: ['08:00-09:00'] } }], { holds: [{ kind: 'dispute', from: '2026-06-11', until: '2026-06-13' }] }, '2026-06-14T08:00:00Z'],
    ['a rule before its first date', [{ ...never, effective: { from: '2026-06-11' } }], {}, 'allowed'],
    ['a rule on its last date', [{ ...never, effective: { to: '2026-06-10' } }], {}, '2026-06-11T00:00:00Z'],
    ['a rule is in force when it is in any zone', [{ ...never, effective: { to: '2026-06-10' } }], inZone('Asia/Tokyo', 'America/New_York'), '2026-06-11T04:00:00Z'],
    ['the search includes the last instant of sixty days', [{ ...never, effective: { to: '2026-08-08' } }], { at: '2026-06-10T00:00:00Z' }, '2026-08-09T00:00:00Z'],
    ['and no later one', [{ ...never, effective: { to: '2026-08-08' } }], { at: '2026-06-09T23:59:59.999Z' }, null],
  ])('%s', (_name, rules, change, expected) => {
    expect(next(rules, change)).toBe(expected);
  }); // prettier-ignore
});

describe('consent', () => {
  const needs = (level: string) => [{ kind: 'consent', level }];
  test.each<[string, readonly Fields[], readonly Fields[], boolean]>([
    ['express is enough for express', needs('express'), [{ level: 'express', at: '2026-01-01T00:00:00Z' }], true],
    ['express is too low for written', needs('written'), [{ level: 'express', at: '2026-01-01T00:00:00Z' }], false],
    ['the newest counts', needs('express'), [{ level: 'none', at: '2026-02-01T00:00:00Z' }, { level: 'written', at: '2026-01-01T00:00:00Z' }], false],
    ['a future one does not', needs('express'), [{ level: 'express', at: '2026-06-10T12:00:01Z' }], false],
    ['one for another channel does not', needs('express'), [{ level: 'express', at: '2026-01-01T00:00:00Z', channel: 'sms' }], false],
    ['an opt-out denies without a rule', [], [{ level: 'optout', at: '2026-01-01T00:00:00Z' }], false],
    ['a later consent opens the channel again', [], [{ level: 'optout', at: '2026-01-01T00:00:00Z' }, { level: 'express', at: '2026-02-01T00:00:00Z' }], true],
    ['an opt-out of another number does not', [], [{ level: 'optout', at: '2026-01-01T00:00:00Z', number: '+2' }], true],
    ['of two of one instant the stricter stands', [], [{ level: 'optout', at: '2026-01-01T00:00:00Z' }, { level: 'express', at: '2026-01-01T00:00:00Z' }], false],
    ['a consent to other hours dispenses from the window', [{ ...never, unless: ['outside_hours_consent'] }], [{ level: 'express', at: '2026-01-01T00:00:00Z', outsideHours: true }, { level: 'express', at: '2026-02-01T00:00:00Z' }], true],
    ['a usual consent does not', [{ ...never, unless: ['outside_hours_consent'] }], [{ level: 'express', at: '2026-02-01T00:00:00Z' }], false],
    ['a direct one dispenses from rules that say so', [{ ...never, unless: ['direct_consent'] }], [{ level: 'express', at: '2026-02-01T00:00:00Z' }], true],
  ])('%s', (_name, rules, list, allowed) => {
    expect(ask(rules, consents(...list)).allowed).toBe(allowed);
  }); // prettier-ignore
});

describe('purposes', () => {
  const strict = [never, { kind: 'consent', level: 'express' }];
  const optedOut = consents({ level: 'optout', at: '2026-01-01T00:00:00Z' });
  test.each<[string, readonly Fields[], Fields, string | null]>([
    ['a statutory notice passes rules, opt-outs, holds and unknown zones', strict, { ...optedOut, purpose: 'statutory_notice', holds: [{ kind: 'cease', from: '2026-01-01' }], debtor: { id: 'P', zones: [], consents: optedOut.debtor.consents } }, 'allowed'],
    ['unless a rule names it', [{ ...never, purposes: ['statutory_notice'] }], { purpose: 'statutory_notice' }, null],
    ['a reply within 24 hours passes, inclusive', strict, { purpose: 'reply_to_debtor', history: [heard('2026-06-09T12:00:00Z')] }, 'allowed'],
    ['a reply after 24 hours does not', strict, { purpose: 'reply_to_debtor', history: [heard('2026-06-09T11:59:59.999Z')] }, null],
    ['nor one that something outbound has followed', strict, { purpose: 'reply_to_debtor', history: [heard('2026-06-10T10:00:00Z'), call('2026-06-10T11:00:00Z', { channel: 'email', outcome: 'sent' })] }, null],
    ['nor one to another channel', strict, { purpose: 'reply_to_debtor', history: [heard('2026-06-10T10:00:00Z', 'sms')] }, null],
    ['a confirmation within five minutes passes, inclusive', strict, { purpose: 'optout_confirmation', history: [heard('2026-06-10T11:55:00Z')] }, 'allowed'],
    ['a confirmation later does not', strict, { purpose: 'optout_confirmation', history: [heard('2026-06-10T11:54:59.999Z')] }, null],
    ['what denies only the reply ends with its time', [{ ...never, purposes: ['reply_to_debtor'] }], { purpose: 'reply_to_debtor', history: [heard('2026-06-10T10:00:00Z')] }, '2026-06-11T10:00:00.001Z'],
    ['asking for consent needs none', [{ kind: 'consent', level: 'express' }], { purpose: 'consent_request' }, 'allowed'],
    ['but is collection to every other rule', [never], { purpose: 'consent_request' }, null],
    ['a rule for collection does not see a reminder', [{ ...never, purposes: ['collection'] }], { purpose: 'reminder' }, 'allowed'],
  ])('%s', (_name, rules, change, expected) => {
    expect(next(rules, change)).toBe(expected);
  }); // prettier-ignore
});

describe('zones', () => {
  const hours = [{ kind: 'window', allow: { daily: ['09:00-18:00'] } }];
  const zones = (...list: [string, string][]) => ({ debtor: { id: 'P', zones: list.map(([zone, evidence]) => ({ zone, evidence })) } }); // prettier-ignore
  test.each<[string, Fields, Fields, string | null]>([
    ['all zones must be open', {}, zones(['UTC', 'address'], ['Asia/Tokyo', 'number']), null],
    ['a number’s area is presumed where nothing better is known', { tz: { mode: 'presume_number_area' } }, zones(['UTC', 'number']), 'allowed'],
    ['and gives way to an address', { tz: { mode: 'presume_number_area' } }, zones(['Asia/Tokyo', 'number'], ['UTC', 'stated']), 'allowed'],
    ['a fixed zone is all that a pack needs', { tz: { mode: 'fixed', zone: 'UTC' } }, zones(), 'allowed'],
    ['an unknown zone has no next instant', {}, zones(), null],
  ])('%s', (_name, more, change, expected) => {
    expect(next(hours, change, more)).toBe(expected);
  }); // prettier-ignore

  test('an unknown zone denies even where the pack has no rule at all', () => {
    expect(ask([], { debtor: { id: 'P' } }).reasons).toMatchObject([{ rule: 'builtin/zone', kind: 'zone' }]);
  });
});

describe('when', () => {
  test.each<[string, Fields, Fields, boolean]>([
    ['party', { party: 'third_party' }, {}, true],
    ['party, matching', { party: ['third_party', 'first_party'] }, {}, false],
    ['automation, by default a recording', { automation: 'live' }, {}, true],
    ['automation of a letter is unknown', { automation: 'live' }, { channel: 'letter' }, false],
    ['a product that the request lacks', { product: 'loan' }, {}, false],
    ['another product', { product: 'loan' }, { debt: { id: 'D1', product: 'credit_card' } }, true],
    [
      'days past due above the limit',
      { daysPastDue: { lte: 15 } },
      { debt: { id: 'D1', daysPastDue: 16 } },
      true,
    ],
    [
      'days past due at the limit',
      { daysPastDue: { gte: 15, lte: 15 } },
      { debt: { id: 'D1', daysPastDue: 15 } },
      false,
    ],
    ['a destination that the request lacks', { destination: 'work' }, { destination: undefined }, false],
  ])('%s', (_name, when, change, allowed) => {
    expect(ask([{ ...never, when }], change).allowed).toBe(allowed);
  });
});

describe('what a deployment decides', () => {
  test('a house rule is relaxed with a reason that the decision carries', () => {
    const decision = ask(
      [{ ...never, force: 'house' }],
      {},
      {},
      { relax: { 'p/r0': 'agreed with the works council' } },
    );
    expect(decision).toMatchObject({ allowed: true, relaxed: [{ rule: 'p/r0', reason: 'agreed with the works council' }] }); // prettier-ignore
  });
  test('an unverified rule denies only when turned on', () => {
    const rule = { ...never, status: 'unverified' };
    expect(ask([rule]).allowed).toBe(true);
    expect(ask([rule], {}, {}, { enforceUnverified: ['p/r0'] }).allowed).toBe(false);
  });
  test.each<[string, RuleDecisions, string]>([
    [
      'the law',
      { relax: { 'p/r0': 'because' } },
      'relax.p/r0 is a rule of force must: only should and house relax',
    ],
    ['without a reason', { relax: { 'p/r1': ' ' } }, 'relax.p/r1 has no reason'],
    ['a rule that no pack has', { relax: { 'p/r9': 'because' } }, 'relax.p/r9 is a rule that no pack has'],
    ['a verified rule', { enforceUnverified: ['p/r0'] }, 'which is no unverified rule'],
  ])('%s can’t be relaxed or turned on', (_name, decisions, message) => {
    const pack = onePack([never, { ...never, force: 'house' }]);
    expect(() => compilePacks([pack], {}, decisions)).toThrow(message);
  });
});

test('every rule that denies is a reason, with its citation, and the message’s duties are listed', () => {
  const decision = ask([
    { ...never, source: { cite: 'Art. 1' } },
    cap({ max: 0, force: 'should' }),
    { kind: 'content', require: ['rights', 'amount_due'] },
  ]);
  expect(decision).toMatchObject({ allowed: false, nextAt: null, obligations: ['amount_due', 'rights'], packs: { p: '1' } }); // prettier-ignore
  expect(decision.reasons).toEqual([
    { rule: 'p/r0', kind: 'window', force: 'must', cite: 'Art. 1' },
    { rule: 'p/r1', kind: 'cap', force: 'should', cite: null },
  ]);
});
