import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Prices } from '#shared/contracts/prices.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { fillText } from '#shared/core/messages/fill-text.ts';
import { subjectOf, type MessageSubject } from '#shared/core/messages/message-subject.ts';
import { billedCountries, costMicros, type BilledMessage } from '#shared/core/render/message-cost.ts';
import { renderSms, renderVoice } from '#shared/core/render/render.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { CostOf } from '#shared/usecases/preview-portfolio.ts';
import { samplePages } from '../config/sample-facts.ts';
import { callSeconds } from '../templates/call-length.ts';

/**
 * What contacts cost at the prices of a configuration, each text as it would really read for the person. A call is billed
 * when somebody answers it, for as long as its words take.
 */
export function contactCost(rules: DecisionRules, prices: Prices | undefined): CostOf | null {
  if (prices === undefined) return null;
  return (entry, person) =>
    costMicros(billedOf(entry, person, rules), billedCountries(entry.destination), prices);
}

function billedOf(entry: LedgerEntry, person: Person, rules: DecisionRules): BilledMessage {
  const { channel } = entry;
  switch (channel) {
    case 'email':
      return { channel };
    case 'sms':
      return { channel, segments: segmentsOf(entry, person, rules) };
    case 'call':
      return { channel, seconds: entry.state === 'conversation' ? secondsOf(entry, person, rules) : 0 };
  }
}

function segmentsOf(entry: LedgerEntry, person: Person, rules: DecisionRules): number {
  const filled = fillText('sms', spokenOf(entry, person, rules), renderSms);
  return 'refused' in filled ? 0 : filled.rendered.segments;
}

function secondsOf(entry: LedgerEntry, person: Person, rules: DecisionRules): number {
  const filled = fillText('call', spokenOf(entry, person, rules), renderVoice);
  return 'refused' in filled ? 0 : callSeconds(filled.rendered);
}

/** With a personal link of usual length, where the creditor's messages carry one. */
function spokenOf(entry: LedgerEntry, person: Person, rules: DecisionRules): MessageSubject {
  const subject = subjectOf(entry, { person, rules, now: toInstant(entry.reservedAt) });
  return subject.creditor.links === true ? { ...subject, pages: samplePages } : subject;
}
