import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { planChanges } from '#shared/core/preview/plan-changes.ts';
import type { HandedOver, Walk } from '#shared/core/preview/walk.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { at } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';

/** `10 sms reminder first A1,A2`: day of March, channel, template, step, accounts; `12 case unreachable A1`. */
function walk(...events: string[]): Walk {
  const contacts: LedgerEntry[] = [];
  const handedOver: HandedOver[] = [];
  for (const event of events) {
    const [day, what, ...others] = event.split(' ');
    const moment = at(`2026-03-${day}T07:00:00Z`);
    if (what === 'case') {
      const [reason, accountId] = others;
      handedOver.push({
        accountId: accountId!,
        at: moment,
        queue: 'human',
        reason: reason as 'unreachable',
        because: [],
      });
      continue;
    }
    const [template, step, accounts] = others;
    const about = accounts!.split(',').map((accountId) => ({ ...entry().about[0]!, accountId, step: step! }));
    contacts.push(entry({ channel: what as Channel, template: template!, about, reservedAt: moment }));
  }
  return { debtorId: 'P1', contacts, handedOver, heldBackBy: [], end: 'rest' };
}

function changes(before: Walk, after: Walk): string[] {
  return planChanges(before, after).map(({ accountId, kinds, before: old, after: next }) => {
    const sides = [old, next].map((one) =>
      one === null ? '-' : `${formatIsoInstant(one.at).slice(8, 10)} ${one.channel ?? 'case'} ${one.what}`,
    );
    return `${accountId} ${kinds.join('+')}: ${sides.join(' > ')}`;
  });
}

describe('what differs between two plans', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing', ['10 sms reminder first A1'], ['10 sms reminder first A1'], []],
    ['nothing when a step has another name', ['10 sms reminder first A1'], ['10 sms reminder one A1'], []],
    ['a new contact', [], ['10 sms reminder first A1'], ['A1 new_contact: - > 10 sms first']],
    ['a dropped one', ['10 sms reminder first A1'], [], ['A1 dropped_contact: 10 sms first > -']],
    [
      'another time',
      ['10 sms reminder first A1'],
      ['11 sms reminder first A1'],
      ['A1 other_time: 10 sms first > 11 sms first'],
    ],
    [
      'another text',
      ['10 sms reminder first A1'],
      ['10 sms notice first A1'],
      ['A1 other_template: 10 sms first > 10 sms first'],
    ],
    [
      'another channel, text and time of one step',
      ['10 sms reminder first A1'],
      ['12 email notice first A1'],
      ['A1 other_channel+other_template+other_time: 10 sms first > 12 email first'],
    ],
    [
      'a fallback that is left when the first channel has gone',
      ['10 sms reminder first A1', '11 email reminder first A1'],
      ['10 email reminder first A1'],
      ['A1 dropped_contact: 10 sms first > -', 'A1 other_time: 11 email first > 10 email first'],
    ],
    [
      'only the account that a message does not speak of any more',
      ['10 sms reminder first A1,A2'],
      ['10 sms reminder first A1'],
      ['A2 dropped_contact: 10 sms first > -'],
    ],
    ['a new case', [], ['12 case unreachable A1'], ['A1 new_case: - > 12 case unreachable/human']],
    ['a dropped case', ['12 case unreachable A1'], [], ['A1 dropped_case: 12 case unreachable/human > -']],
    [
      'an earlier case',
      ['12 case unreachable A1'],
      ['11 case unreachable A1'],
      ['A1 earlier_case: 12 case unreachable/human > 11 case unreachable/human'],
    ],
    [
      'a later case for another reason',
      ['12 case unreachable A1'],
      ['13 case not_permitted A1'],
      ['A1 other_case+later_case: 12 case unreachable/human > 13 case not_permitted/human'],
    ],
    [
      'accounts in order, their contacts in order of time',
      ['10 sms reminder first A2', '12 sms reminder second A1'],
      ['11 sms reminder third A1'],
      [
        'A1 new_contact: - > 11 sms third',
        'A1 dropped_contact: 12 sms second > -',
        'A2 dropped_contact: 10 sms first > -',
      ],
    ],
  ])('is %s', (_, before, after, expected) => {
    expect(changes(walk(...before), walk(...after))).toEqual(expected);
  });
});
