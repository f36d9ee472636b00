import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import type { Person } from '#shared/contracts/person.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { localTextAt } from '#shared/core/time/local-time.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { liveThrough } from '#test/builders/life.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const zone = 'Pacific/Auckland';

/** What operations write to serve a new country: no line of code. */
const newFiles: Readonly<Record<string, string>> = {
  'policies/nz.yaml': `pack: nz
version: 2026.11.0
title: House rules for New Zealand
attach: { country: NZ, by: residence }
tz: { mode: intersect_all, unknown: deny }
calendar: { country: NZ, state: null, dates: [], exclude: [] }
rules:
  - { id: hours, kind: window, force: house, allow: { weekdays: ['10:00-12:00'], weekend: [], holiday: [] } }
`,
  'creditors/kiwi-lender.yaml': `creditor: kiwi-lender
names: { en: Kiwi Lender }
country: NZ
party: first_party
phone: '+12025550180'
payUrl: https://pay.example.com
smsFrom: '+12025550181'
voiceFrom: '+12025550182'
emailFrom: care@kiwi.example.com
`,
  'agencies/south.yaml': `agency: south
title: South Recoveries
countries: [NZ]
`,
  'queues/south.yaml': `queue: south
kind: outsourced
title: Placements in New Zealand
agency: south
firstContactDays: 5
`,
  'strategies/kiwi.yaml': `strategy: kiwi
version: 2026.11.0
title: Two friendly words, then the agency
creditors: [kiwi-lender]
preferred: { from: '10:30', to: '11:30' }
gaps: { hours: 20 }
stages:
  - id: early
    from: 1
    to: 10
    steps:
      - { id: hello, daysPastDue: 1, channel: [sms, email], template: kia-ora, purpose: reminder }
      - id: again
        daysPastDue: 4
        when: { lastOutcome: delivered }
        channel: sms
        template: kia-ora
        purpose: reminder
escalation:
  afterDays: 3
  queue: human
  routes:
    - { when: { country: NZ }, queue: south }
`,
  'templates/en/kia-ora.sms.liquid': `---
elements: [creditor_identity, optout_instruction, amount_due, how_to_pay]
---
{{ creditorName }}: Kia ora {{ givenName }}, we write about your account. {{ amountDue }} was due on {{ dueDate }}. Pay here: {{ payUrl }} Reply STOP to opt out.
`,
  'templates/en/kia-ora.email.mjml': `---
elements: [creditor_identity, optout_instruction, amount_due]
subject: '{{ creditorName }}: a message about your account'
text: |
  Kia ora {{ givenName }}, this is about your account with {{ creditorName }}: we have not received {{ amountDue }} yet. To stop e-mails, reply STOP.
---
<mj-text>Kia ora {{ givenName }}, this is about your account with {{ creditorName }}: we have not received {{ amountDue }} yet. To stop e-mails, reply STOP.</mj-text>
`,
};

let dir = '';
let person: Person;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dunwell-config-'));
  await cp(join(import.meta.dirname, '../../config'), dir, { recursive: true });
  for (const [path, text] of Object.entries(newFiles)) await writeFile(join(dir, path), text);
  const read = await readConfig(dir, { today: '2026-03-01' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
  const store = createFakeDebtorStore({ shards: 2 });
  await liveThrough({
    store,
    rules: compileRules(read.bundle),
    start: at('2026-03-01T12:00:00Z'),
    days: 30,
    debtor: debtor({ country: 'NZ', region: 'AUK', timeZone: zone, phone: '+64210000001' }),
    accounts: [account({ creditor: 'kiwi-lender', currency: 'NZD', dueDate: '2026-03-03' })],
    outcomes: ['delivered'],
    lateMinutes: [0],
  });
  person = (await store.load('P1'))!;
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('a new country, creditor, strategy, text, queue and agency, by files alone', () => {
  it('lead to the contacts of the new strategy, by the new text', () => {
    expect(
      person.attempts.map(({ about, template, channel }) => [about[0]?.step, template, channel]),
    ).toEqual([
      ['hello', 'kia-ora', 'sms'],
      ['again', 'kia-ora', 'sms'],
    ]);
    expect(person.attempts[0]?.about[0]?.strategy).toBe('kiwi@2026.11.0');
  });

  it('keep to the hours of the new rule pack', () => {
    const times = person.attempts.map(({ reservedAt }) => localTextAt(zone, toInstant(reservedAt)).slice(11));
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) expect(time >= '10:00' && time < '12:00', time).toBe(true);
  });

  it('give the account to the new agency when the steps are used up', () => {
    expect(person.cases).toEqual([]);
    expect(person.placements).toMatchObject([
      { accountId: 'A1', queue: 'south', agency: 'south', reason: 'steps_used_up', state: 'open' },
    ]);
  });
});
