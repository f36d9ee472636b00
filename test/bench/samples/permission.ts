import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { RulePackSchema } from '#shared/contracts/rule-pack.ts';
import type { PermitRequest } from '#shared/contracts/permission.ts';

/** Three packs of the size that a card issuer's contact meets: federal, state and city rules, ten in all. */
export const threePacks: readonly RulePack[] = [
  {
    pack: 'federal',
    version: '1',
    rules: [
      { id: 'hours', kind: 'window', channels: ['call', 'sms', 'email'], allow: { daily: ['08:00-21:00'] } },
      {
        id: 'seven',
        kind: 'cap',
        force: 'presumption',
        channels: ['call'],
        count: 'call_placed',
        max: 7,
        window: { rolling_days: 7 },
        scope: ['debtor', 'debt'],
        exclude: ['not_in_service', 'consented', 'attorney_or_creditor'],
      },
      {
        id: 'after-talk',
        kind: 'cooldown',
        force: 'presumption',
        channels: ['call'],
        after: 'conversation',
        for: { calendar_days: 7 },
        scope: ['debtor', 'debt'],
        exclude: ['consented'],
      },
      { id: 'optout-text', kind: 'content', channels: ['sms', 'email'], require: ['optout_instruction'] },
    ],
  },
  {
    pack: 'state',
    version: '1',
    calendar: { dates: ['2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'] },
    rules: [
      { id: 'hours', kind: 'window', allow: { daily: ['08:00-20:00'], sun: [], holiday: [] } },
      {
        id: 'four',
        kind: 'cap',
        count: 'phone_or_sms',
        max: 40,
        window: { rolling_days: 7 },
        scope: ['debtor', 'debt'],
      },
      { id: 'work', kind: 'recipient', deny_destinations: ['work', 'work_email'] },
    ],
  },
  {
    pack: 'city',
    version: '1',
    rules: [
      {
        id: 'three',
        kind: 'cap',
        count: 'any_contact',
        max: 60,
        window: 'calendar_month',
        scope: ['debtor'],
      },
      { id: 'consent', kind: 'consent', channels: ['sms', 'email'], level: 'express' },
      { id: 'breathing', kind: 'hold', kinds: ['breathing_space'], days: 60 },
    ],
  },
].map((pack) => RulePackSchema.parse(pack));

const minuteMs = 60_000;
const eventCount = 50;
const outcomes = ['no_answer', 'busy', 'voicemail', 'delivered', 'answered'] as const;
const channels = ['call', 'sms', 'email', 'call', 'call'] as const;

/** A request with two zones and fifty events of the last month; the nth of a series, each at another minute. */
export function sampleRequest(nth: number): PermitRequest {
  const at = Date.UTC(2026, 5, 1) + nth * 37 * minuteMs;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    id: String(nth),
    at: iso(at),
    channel: nth % 3 === 0 ? 'call' : 'sms',
    packs: ['federal', 'state', 'city'],
    debtor: {
      id: `P${String(nth)}`,
      zones: [
        { zone: 'America/New_York', evidence: 'address' },
        { zone: 'America/Los_Angeles', evidence: 'number' },
      ],
      consents: [{ channel: 'sms', level: 'express', at: '2026-01-05T10:00:00-05:00' }],
    },
    debt: { id: 'D1', daysPastDue: 20, product: 'credit_card' },
    destination: { kind: 'mobile', value: '+12125550123' },
    history: Array.from({ length: eventCount }, (_, index) => ({
      at: iso(at - (index + 1) * 14 * 60 * minuteMs),
      channel: channels[index % channels.length] ?? 'call',
      direction: 'outbound' as const,
      outcome: outcomes[(index + nth) % outcomes.length] ?? 'busy',
      debts: [index % 2 === 0 ? 'D1' : 'D2'],
      value: '+12125550123',
      by: 'issuer',
    })),
    content: { elements: ['optout_instruction', 'creditor_identity'] },
  };
}
