import { describe, expect, it } from 'vitest';
import { readChanged, smallConfig, type Change } from './small-config.ts';

const strategy = 'strategies/plain.yaml';
const plain = smallConfig[strategy] ?? '';

/** Each row: what somebody did wrong, the change, and the whole text of each error that they are told. */
const rows: readonly [string, Change, ...string[]][] = [
  [
    'a condition on an unknown fact',
    {
      [strategy]: [
        '        template: note\n        purpose: reminder',
        '        template: note\n        when: { shoeSize: 43 }\n        purpose: reminder',
      ],
    },
    'strategies/plain.yaml:14: stages[0].steps[0].when.shoeSize is not a known field; remove it or use one of daysPastDue, balance, pastDue, minimumDue, instalmentsLate, accountsLate, risk, recovery, contacts, contactsSms, contactsEmail, contactsCall, conversations, unansweredCalls, delivered, undelivered, daysSinceContact, responseSms, responseEmail, responseCall, payments, daysSincePayment, brokenPromises, keptPromises, complaints, creditor, product, currency, country, region, language, phoneKind, reachable, optedOut, lastChannel, lastOutcome, segment, holds, riskClass, attributes, any, none',
  ],
  [
    'a condition that says nothing',
    { [strategy]: ['title: Plain', 'title: Plain\nwhen: {}'] },
    'strategies/plain.yaml:4: when says nothing: name a fact, or leave it out to mean always; correct it. Further condition on the accounts it is for.',
  ],
  [
    'a number test without a bound',
    { [strategy]: ['title: Plain', 'title: Plain\nwhen: { pastDue: {} }'] },
    "strategies/plain.yaml:4: when.pastDue names no bound: use gt, gte, lt or lte; correct it. What is past due, in the account's currency.",
  ],
  [
    'an attribute that is no column of a feed',
    { [strategy]: ['title: Plain', 'title: Plain\nwhen: { attributes: { vip: yes } }'] },
    'strategies/plain.yaml:4: when.attributes.vip is no name that may stand here; name a column x_…',
  ],
  [
    'a queue without a file',
    { [strategy]: ['queue: human', 'queue: desk'] },
    'strategies/plain.yaml:21: escalation.queue is "desk", which has no file in queues/; add queues/desk.yaml or use one of human',
  ],
  [
    'a route to a queue without a file',
    { [strategy]: ['afterDays: 5 }', 'afterDays: 5, routes: [{ when: { pastDue: 1 }, queue: desk }] }'] },
    'strategies/plain.yaml:21: escalation.routes[0].queue is "desk", which has no file in queues/; add queues/desk.yaml or use one of human',
  ],
  [
    'a stop condition that hands over to nobody',
    {
      [strategy]: [
        'title: Plain',
        'title: Plain\nstopWhen:\n  - { id: old, when: { daysPastDue: 9 }, then: hand_over }',
      ],
    },
    'strategies/plain.yaml:5: stopWhen[0].queue is for `hand_over`, which needs one; correct it. Queue for `hand_over`: a file in config/queues.',
  ],
  [
    'a stop condition twice',
    {
      [strategy]: [
        'title: Plain',
        'title: Plain\nstopWhen:\n  - { id: old, when: { daysPastDue: 9 }, then: wait }\n  - { id: old, when: { daysPastDue: 8 }, then: wait }',
      ],
    },
    'strategies/plain.yaml:6: stopWhen[1].id is "old" a second time; correct it. Name of the condition, unique in the strategy; it is the reason that people see.',
  ],
  [
    'no queue that takes the rest',
    {
      'queues/human.yaml': null,
      'queues/desk.yaml': 'queue: desk\nkind: human\ntitle: Desk\nfirstContactDays: 2\n',
      [strategy]: ['queue: human', 'queue: desk'],
    },
    'queues/desk.yaml:1: queue stands beside no queue "human"; add queues/human.yaml: it takes what nothing else was said about',
  ],
  [
    'an outsourced queue without an agency',
    { 'queues/human.yaml': ['kind: human', 'kind: outsourced'] },
    'queues/human.yaml:1: agency is for an `outsourced` queue, and every outsourced queue needs one; correct it. Agency that gets the placements: a file in config/agencies.',
  ],
  [
    'an agency without a file',
    {
      'queues/north.yaml':
        'queue: north\nkind: outsourced\ntitle: North\nagency: north\nfirstContactDays: 5\n',
    },
    'queues/north.yaml:4: agency is "north", which has no file in agencies/; add agencies/north.yaml',
  ],
  [
    'one channel twice in a step',
    { [strategy]: ['channel: email, template: note', 'channel: sms, template: note'] },
    'strategies/plain.yaml:15: stages[0].steps[0].fallback.channel names sms a second time in step "first"; try each channel once in a step, or make a further step',
  ],
  [
    'a second version without a date',
    { 'strategies/plain@2026.12.0.yaml': plain.replace('2026.11.0', '2026.12.0') },
    'strategies/plain@2026.12.0.yaml:1: effective.from is absent, as in another version of "plain"; say by `effective: { from: DATE }` from when this version is in force',
  ],
  [
    'a version twice',
    { 'strategies/plain@2026.11.0.yaml': `${plain}effective: { from: 2026-12-01 }\n` },
    'strategies/plain@2026.11.0.yaml:2: version is 2026.11.0, as in another file; raise it: each version is a file of its own',
  ],
  [
    'a stage to finish by a version that is not there',
    { [strategy]: ['title: Plain', 'title: Plain\nrunning: finish_stage'] },
    'strategies/plain.yaml:4: running is "finish_stage", but there is no earlier version to finish by; keep the earlier version in a file plain@VERSION.yaml, or write migrate',
  ],
  [
    'dates in the wrong order',
    { [strategy]: ['title: Plain', 'title: Plain\neffective: { from: 2026-12-02, to: 2026-12-01 }'] },
    'strategies/plain.yaml:4: effective.to must not be before `from`; correct it. Last date of the strategy, inclusive; absent: for ever.',
  ],
  [
    'an exception without an end',
    {
      'accounts.yaml':
        'accounts:\n  - { account: A1, action: exclude, from: 2026-11-01, reason: agreed, by: Ana }\n',
    },
    'accounts.yaml:2: accounts[0].until is missing; give a text. Last date, inclusive. Every exception ends; renew it by another date.',
  ],
  [
    'an exception that follows no strategy',
    {
      'accounts.yaml':
        'accounts:\n  - { account: A1, action: strategy, from: 2026-11-01, until: 2026-12-01, reason: agreed, by: Ana }\n',
    },
    'accounts.yaml:2: accounts[0].strategy is for the action `strategy`, which needs one; correct it. Name of a strategy, for the action `strategy`.',
  ],
  [
    'an exception that follows a strategy without a file',
    {
      'accounts.yaml':
        'accounts:\n  - { account: A1, action: strategy, strategy: vip, from: 2026-11-01, until: 2026-12-01, reason: agreed, by: Ana }\n',
    },
    'accounts.yaml:2: accounts[0].strategy is "vip", which has no file in strategies/; add strategies/vip.yaml or use one of plain',
  ],
];

describe('a broken strategy, queue or decision on an account is refused', () => {
  it.each(rows)('%s', async (_title, change, ...expected) => {
    expect((await readChanged(change)).errors).toEqual(expected);
  });
});
