import { describe, expect, it } from 'vitest';
import type { AttemptState } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { readConfig } from '#cli/read-config.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { segmentOf } from '#shared/core/segments/segment-of.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';

const now = at('2026-06-01T12:00:00+08:00');
const read = await readConfig(new URL('../../config', import.meta.url).pathname, { today: '2026-06-01' });
if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
const rules = compileRules(read.bundle);

interface Behaviour {
  readonly days: number;
  readonly columns?: Readonly<Record<string, string>>;
  /** What became of the contacts, oldest first. */
  readonly contacts?: readonly (readonly [Channel, AttemptState])[];
  readonly paid?: boolean;
  readonly changes?: Partial<Person>;
  readonly riskScore?: number;
}

function segmentFor({ days, columns = {}, contacts = [], paid = false, changes = {}, riskScore }: Behaviour) {
  const dueDate = addDays('2026-06-01', -days);
  const one = account({ dueDate, attributes: columns, ...(riskScore !== undefined && { riskScore }) });
  const payment = { paymentId: 'p', debtorId: 'P1', accountId: 'A1', amount: 1, currency: 'CNY' };
  const who = person({
    accounts: [one],
    attempts: contacts.map(([channel, state], index) => {
      const about = [{ accountId: 'A1', strategy: 's@1', stage: 'early', step: `s${index}`, dueDate }];
      const when = now - (contacts.length - index) * dayMs;
      return entry({ contactId: `c${index}`, about, channel, state, reservedAt: when, stateAt: when });
    }),
    payments: paid ? [{ ...payment, bookedAt: now - 5 * dayMs }] : [],
    ...changes,
  });
  const view = viewOf(who, rules, now);
  if (view === null) throw new Error('nobody');
  return segmentOf(factScope(one, view), rules.segments);
}

const { phone: _phone, email: _email, ...bare } = debtor();
const silent = [
  ['call', 'no_answer'],
  ['sms', 'delivered'],
  ['call', 'voicemail'],
] as const;

describe('the shipped segments', () => {
  it.each<[string, string, Behaviour]>([
    ['late for once, three days', 'forgetful', { days: 3, columns: { x_times_late_3: '1' } }],
    ['after one reminder', 'forgetful', { days: 3, columns: { x_times_late_3: '0' }, contacts: [['sms', 'delivered']] }],
    ['after a second one', 'ordinary', { days: 3, columns: { x_times_late_3: '0' }, contacts: [['sms', 'delivered'], ['email', 'delivered']] }],
    ['of low risk by the feed', 'forgetful', { days: 3, riskScore: 0.1 }],
    ['of unknown record', 'ordinary', { days: 3 }],
    ['late in every month', 'ordinary', { days: 3, columns: { x_times_late_3: '3' } }],
    ['late for once, but for two weeks', 'ordinary', { days: 14, columns: { x_times_late_3: '1' } }],
    ['before the due date', 'ordinary', { days: -2, columns: { x_times_late_3: '0' } }],
    ['a complaint in the second month', 'touchy', { days: 40, columns: { x_complaints: '1' } }],
    ['a complaint in the first days', 'touchy', { days: 3, columns: { x_complaints: '1', x_times_late_3: '0' } }],
    ['a complaint, after four months', 'ordinary', { days: 120, columns: { x_complaints: '1' } }],
    ['two broken promises in the second month', 'stalling', { days: 45, columns: { x_broken_promises: '2' } }],
    ['one broken promise', 'ordinary', { days: 45, columns: { x_broken_promises: '1' } }],
    ['broken promises and a complaint', 'touchy', { days: 45, columns: { x_broken_promises: '2', x_complaints: '1' } }],
    ['four months, calls never answered', 'wilful', { days: 120, contacts: silent }],
    ['the same in the third month', 'ordinary', { days: 80, contacts: silent }],
    ['the same, but paid something', 'ordinary', { days: 120, contacts: silent, paid: true }],
    ['the same, but spoke once', 'ordinary', { days: 120, contacts: [...silent, ['call', 'conversation']] }],
    ['four months of silence with a disaster', 'special', { days: 120, contacts: silent, columns: { x_special: 'disaster' } }],
    ['told to be nothing special', 'ordinary', { days: 20, columns: { x_special: 'no', x_hardship: 'no' } }],
    ['lost the job, broke promises', 'hardship', { days: 45, columns: { x_hardship: 'job_loss', x_broken_promises: '3' } }],
    ['no number and no address', 'unreachable', { days: 5, changes: { debtor: bare } }],
    ['refused every channel', 'ordinary', { days: 5, changes: { debtor: debtor({ consents: (['sms', 'email', 'call'] as const).map((channel) => ({ channel, level: 'optout' as const, at: now - dayMs })) }) } }],
    ['everything got lost', 'unreachable', { days: 20, contacts: [['sms', 'undelivered'], ['email', 'undelivered'], ['call', 'not_in_service']] }],
    ['something arrived', 'ordinary', { days: 20, contacts: [['sms', 'undelivered'], ['email', 'undelivered'], ['call', 'not_in_service'], ['email', 'delivered']] }],
  ])('%s: %s', (_name, segment, behaviour) => expect(segmentFor(behaviour).segment).toBe(segment)); // prettier-ignore

  it('are named in English and Chinese as the department names them', () => {
    expect(rules.segments.all.map(({ segment, title }) => `${segment} ${title.zh}`)).toEqual([
      'special 特殊逾期',
      'hardship 还款能力不足',
      'unreachable 失联',
      'touchy 色厉内荏型',
      'wilful 恶意透支型',
      'stalling 敷衍拖沓型',
      'forgetful 诚信健忘型',
      'ordinary 一般逾期',
    ]);
  });

  it('tell by which facts they were decided', () => {
    expect(segmentFor({ days: 45, columns: { x_broken_promises: '3' } }).features).toEqual([
      { fact: 'daysPastDue', value: 45 },
      { fact: 'brokenPromises', value: 3 },
    ]);
    const everything = segmentFor({ days: 45 }).features;
    expect(everything).toContainEqual({ fact: 'x_special', value: null });
    expect(everything).toContainEqual({ fact: 'reachable', value: ['sms', 'email', 'call'] });
    expect(new Set(everything.map(({ fact }) => fact)).size).toBe(everything.length);
  });
});
