import { describe, expect, it } from 'vitest';
import { RulePackSchema, type Rule } from '#shared/contracts/rule-pack.ts';
import { relaxations } from '#shared/core/config-diff/rule-risks.ts';

function rule(fields: object): Rule {
  return RulePackSchema.parse({ pack: 'p', version: '1', rules: [{ id: 'r', ...fields }] }).rules[0]!;
}

const hours = (...daily: string[]) => ({ kind: 'window', allow: { daily } });
const cap = { kind: 'cap', count: 'any_contact', max: 3, window: { rolling_days: 7 } };
const pause = { kind: 'cooldown', after: 'conversation', for: { calendar_days: 7 } };
const hold = { kind: 'hold', kinds: ['dispute', 'bereavement'], days: 30 };
const content = { kind: 'content', require: ['amount_due', 'rights'], forbid: ['mini_miranda'] };
const notice = { kind: 'prerequisite', require: 'notice_letter_sent', min_age: { days: 14 } };

describe('a changed rule', () => {
  it.each<[string, object, object, string[]]>([
    ['is as strict when nothing changes', cap, cap, []],
    ['is as strict when only its source changes', cap, { ...cap, source: { cite: 'art. 2' } }, []],
    ['allows more with a raised cap', cap, { ...cap, max: 4 }, ['cap is raised: 3 → 4']],
    ['allows no more with a lowered cap', cap, { ...cap, max: 2 }, []],
    [
      'allows more when it counts over fewer days',
      cap,
      { ...cap, window: 'calendar_day' },
      ['counts over a shorter time: { rolling_days: 7 } → calendar_day'],
    ],
    ['allows no more when it counts over more days', cap, { ...cap, window: { rolling_hours: 200 } }, []],
    [
      'may allow more when it counts something else',
      cap,
      { ...cap, count: 'conversation' },
      ['counts otherwise, which may allow more: any_contact → conversation'],
    ],
    [
      'allows more when its count leaves something out',
      cap,
      { ...cap, exclude: ['consented'] },
      ['leaves out of its count consented now'],
    ],
    [
      'allows more with wider hours',
      hours('09:00-19:00'),
      hours('09:00-20:00'),
      ['hours are widened: { daily: [09:00-19:00] } → { daily: [09:00-20:00] }'],
    ],
    ['allows no more with narrower hours', hours('09:00-19:00'), hours('10:00-12:00', '14:00-19:00'), []],
    [
      'allows no more when the same hours are written otherwise',
      hours('09:00-12:00', '12:00-19:00'),
      hours('09:00-19:00'),
      [],
    ],
    [
      'allows more when Sundays open',
      { kind: 'window', allow: { daily: ['09:00-19:00'], sun: [] } },
      hours('09:00-19:00'),
      ['hours are widened: { daily: [09:00-19:00], sun: [] } → { daily: [09:00-19:00] }'],
    ],
    [
      'allows more when holidays open',
      { kind: 'window', allow: { daily: ['09:00-19:00'], holiday: [] } },
      { kind: 'window', allow: { daily: ['09:00-19:00'], holiday: ['10:00-11:00'] } },
      [
        'hours are widened: { daily: [09:00-19:00], holiday: [] } → { daily: [09:00-19:00], holiday: [10:00-11:00] }',
      ],
    ],
    [
      'allows more with a shorter pause',
      pause,
      { ...pause, for: { hours: 24 } },
      ['pause is shortened: { calendar_days: 7 } → { hours: 24 }'],
    ],
    [
      'allows more when it heeds fewer holds, for a shorter time',
      hold,
      { ...hold, kinds: ['dispute'], days: 10 },
      ['does not heed holds of kind bereavement now', 'lasts less long: 30 → 10'],
    ],
    [
      'allows more when its holds suspend nothing',
      hold,
      { ...hold, suspend: false },
      ['does not suspend contact any more'],
    ],
    [
      'allows more when texts need less',
      content,
      { ...content, require: ['rights'], forbid: [] },
      ['does not ask for amount_due now', 'does not forbid mini_miranda now'],
    ],
    [
      'allows no more when texts need more',
      content,
      { ...content, require: [...content.require, 'how_to_pay'] },
      [],
    ],
    [
      'allows more when a notice may be younger',
      notice,
      { ...notice, min_age: { days: 7 } },
      ['asks for a younger fact: { days: 14 } → { days: 7 }'],
    ],
    [
      'may allow more when it needs another fact',
      notice,
      { ...notice, require: 'called_once' },
      ['asks for another fact: notice_letter_sent → called_once'],
    ],
    [
      'allows more when less consent is enough',
      { kind: 'consent', level: 'written' },
      { kind: 'consent', level: 'express' },
      ['asks for less consent: written → express'],
    ],
    [
      'allows more when it keeps from fewer kinds of address',
      { kind: 'recipient', deny_destinations: ['work', 'work_email'] },
      { kind: 'recipient', deny_destinations: ['work'] },
      ['does not keep from work_email now'],
    ],
    ['allows more with weaker force', cap, { ...cap, force: 'house' }, ['binds less: force must → house']],
    ['allows no more with stronger force', { ...cap, force: 'house' }, cap, []],
    [
      'allows more when it is not verified any more',
      cap,
      { ...cap, status: 'unverified' },
      ['does not deny any more: status unverified'],
    ],
    [
      'allows more when it covers fewer channels',
      cap,
      { ...cap, channels: ['call'] },
      ['covers fewer channels'],
    ],
    [
      'allows no more when it covers more channels',
      { ...cap, channels: ['call'] },
      { ...cap, channels: ['call', 'sms'] },
      [],
    ],
    [
      'allows more when it covers fewer purposes',
      cap,
      { ...cap, purposes: ['collection'] },
      ['covers fewer purposes'],
    ],
    [
      'may allow more under a condition',
      cap,
      { ...cap, when: { party: 'third_party' } },
      ['has other conditions, so that it may cover less'],
    ],
    [
      'allows more when it gives way to somebody’s consent',
      cap,
      { ...cap, unless: ['direct_consent'] },
      ['gives way to direct_consent now'],
    ],
    [
      'allows more before it is in force',
      cap,
      { ...cap, effective: { from: '2027-01-01' } },
      ['is in force at other dates: { from: 2027-01-01 }'],
    ],
    ['is looked at when it is of another kind', cap, pause, ['is another kind of rule: cap → cooldown']],
  ])('%s', (_, before, after, expected) => {
    expect(relaxations(rule(before), rule(after))).toEqual(expected);
  });
});
