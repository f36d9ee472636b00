import { describe, expect, it } from 'vitest';
import { readChanged, smallConfig, type Change } from './small-config.ts';

const agreements = 'agreements.yaml';
const holds = 'holds.yaml';
const creditor = 'creditors/bank.yaml';
const dispute =
  '  dispute: { scope: account, days: 30, daysMax: 90, opensCase: true, atEnd: review, queue: human }';

function overridden(override: string, more: Change = {}): Change {
  return { ...more, [agreements]: ['overrides: []', `overrides:\n  - when: { product: loan }\n${override}`] };
}

const queues = {
  'agencies/agent.yaml': 'agency: agent\ntitle: Agent\ncountries: [US]\n',
  'queues/away.yaml': 'queue: away\nkind: outsourced\nagency: agent\ntitle: Away\nfirstContactDays: 5\n',
};

/** Each row: what somebody did wrong, the change, and the whole text of each error that they are told. */
const rows: readonly [string, Change, ...string[]][] = [
  ['no file', { [agreements]: null }, 'agreements.yaml:1: is missing; add the file'],
  [
    'a queue that does not exist',
    { [agreements]: ['queue: human', 'queue: desk'] },
    'agreements.yaml:24: queue is "desk", which has no file in queues/; add queues/desk.yaml or use one of human',
  ],
  [
    'a queue that an agency works',
    { ...queues, [holds]: [dispute, dispute.replace('human', 'away')] },
    'holds.yaml:2: holds.dispute.queue is "away", which an agency works; use one that people work: human',
  ],
  [
    'a kind of hold without a rule',
    { [holds]: [`${dispute}\n`, ''] },
    'holds.yaml:1: holds.dispute is missing; give fields of its own',
  ],
  [
    'a hold that is longer than anybody may ask for',
    { [holds]: [dispute, dispute.replace('days: 30', 'days: 91')] },
    'holds.yaml:2: holds.dispute.days is 91, and daysMax 90; lower it or raise daysMax',
  ],
  [
    'a reminder before the promise',
    { [agreements]: ['remindDaysBefore: 1', 'remindDaysBefore: 21'] },
    'agreements.yaml:8: promises.remindDaysBefore reminds 21 days before the date of a promise that may be at most 21 days ahead; remind later or let promises be longer',
  ],
  [
    'an override by which promises are shorter than their reminder',
    overridden('    promises: { horizonDays: 1 }'),
    'agreements.yaml:25: overrides[0].promises.horizonDays reminds 1 days before the date of a promise that may be at most 1 days ahead; remind later or let promises be longer',
  ],
  [
    'more instalments than fit',
    { [agreements]: ['termDays: 190', 'termDays: 60'] },
    'agreements.yaml:11: plans.instalmentsMax offers 6 instalments, which take at least 70 days: more than termDays, 60; lower it or raise termDays',
  ],
  [
    'an override by which more instalments are offered than fit',
    overridden('    plans: { instalmentsMax: 24 }'),
    'agreements.yaml:25: overrides[0].plans.instalmentsMax offers 24 instalments, which take at least 322 days: more than termDays, 190; lower it or raise termDays',
  ],
  [
    'a first instalment after the last',
    { [agreements]: ['firstWithinDays: 30', 'firstWithinDays: 200'] },
    'agreements.yaml:13: plans.firstWithinDays lets the first instalment be 200 days ahead, and the last only 190; lower it or raise termDays',
  ],
  [
    'an override of plans where none are offered',
    {
      [agreements]: (smallConfig[agreements] ?? '')
        .replace(/plans:\n(?: {2}.*\n)+/u, 'plans: null\n')
        .replace('overrides: []', 'overrides: [{ when: { product: loan }, plans: { missedMax: 1 } }]'),
    },
    'agreements.yaml:14: overrides[0].plans changes plans, and none are offered in general; write `plans` above, or remove it here',
  ],
  [
    'an override that changes nothing',
    { [agreements]: ['overrides: []', 'overrides: [{ when: { product: loan } }]'] },
    'agreements.yaml:23: overrides[0] changes nothing; say what is other for these accounts, or remove it',
  ],
  [
    'an override for a segment that does not exist',
    { [agreements]: ['overrides: []', 'overrides: [{ when: { segment: dreamy }, extensions: null }]'] },
    'agreements.yaml:23: overrides[0].when.segment is "dreamy", which is no segment; add it to segments.yaml or use one of ordinary',
  ],
  [
    'an amount with more decimals than its currency',
    { [agreements]: ['amountMax: { USD: 35 }', 'amountMax: { USD: 35, JPY: 2500.5, KWD: 1.2345 }'] },
    'agreements.yaml:22: feeWaiver.amountMax.JPY is 2500.5, and JPY has no decimals; round it',
    'agreements.yaml:22: feeWaiver.amountMax.KWD is 1.2345, and KWD has 3 decimals; round it',
  ],
  [
    'a confirmation without a text',
    { [agreements]: ['channels: []', 'channels: [call]'] },
    ...['promise-confirmation', 'promise-reminder', 'broken-promise', 'plan-confirmation', 'receipt'].map(
      (name) =>
        `agreements.yaml:25: confirm.channels[0] sends "${name}" by call, which has no text in en; add templates/en/${name}.voice.yaml or leave call out`,
    ),
  ],
  [
    'a survey by messages that lead nowhere',
    { [agreements]: ['invite: false', 'invite: true'] },
    'agreements.yaml:27: survey.invite asks by message, and messages of bank carry no personal link to answer by; write `links: true` in creditors/bank.yaml, or invite: false',
  ],
  [
    'a zone that does not exist',
    { [creditor]: ['party:', 'timeZone: Europe/Atlantis\nparty:'] },
    'creditors/bank.yaml:5: timeZone is "Europe/Atlantis", which is no time zone; write its IANA name, such as Europe/Berlin',
  ],
  [
    'holidays of a place that nobody knows',
    { [creditor]: ['party:', 'calendar: { holidays: US-XX, weekend: [sat, sun] }\nparty:'] },
    'creditors/bank.yaml:5: calendar.holidays is "US-XX", a place whose public holidays are not known; write a country, such as US, or a country and its state, such as US-CA',
  ],
  [
    'a country whose holidays nobody knows, and no calendar',
    { [creditor]: ['country: US', 'country: AQ'] },
    'creditors/bank.yaml:4: country is AQ, whose public holidays are not known; add `calendar` with a place whose holidays are observed',
  ],
];

describe('a broken file of agreements or holds is refused', () => {
  it.each(rows)('%s', async (_title, change, ...expected) => {
    expect((await readChanged(change)).errors).toEqual(expected);
  });
});

describe('the holiday table', () => {
  it('has the places of the creditors, besides those of the packs', async () => {
    const { read } = await readChanged({
      [creditor]: ['party:', 'calendar: { holidays: GB-ENG, weekend: [sat, sun] }\nparty:'],
    });
    expect(read.ok && Object.keys(read.bundle.holidays)).toEqual(['GB-ENG']);
    expect(read.ok && read.bundle.holidays['GB-ENG']).toContain('2026-12-25');
  });
});
